namespace Tessera.Pools;

/// <summary>
/// A function mapped over inputs. Workers take batches of neighbouring inputs; what fails first in the order of the inputs is the job's failure, whoever
/// comes upon it first, because inputs before it are still worked on.
/// </summary>
/// <remarks>
/// Example: 0 to 9 in batches of 3, two workers. A has 0 to 2, B has 3 to 5. B fails at 4: 5 is not begun, nor is 6 or later, but A goes on; when 1 fails
/// as well, that is the failure that the caller hears of. Once neither has a batch, the job is over.
/// </remarks>
internal sealed partial class MapJob<T, TResult> : Job
{
    private const int InputsAhead = 16; // left for each worker, while batches are sent ahead

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(1);

    private readonly Crew _crew;
    private readonly JobState _state;
    private readonly Inputs<T> _inputs;
    private readonly Results<TResult> _results;
    private readonly BatchSize _size;
    private readonly JobProgress? _progress;
    private readonly CancellationTokenSource _calls = new(); // of asynchronous functions
    private CancellationTokenRegistration _cancellation;
    private readonly Lock _taking = new(); // one worker at a time asks the inputs
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _mostBatches;
    private SentWork? _sent;
    private bool _areInputsGone; // written while taking
    private bool _isRefused;     // a worker found another one asking the inputs, and went on

    public MapJob(Crew crew, MapFunction<T, TResult> function, string name, Inputs<T> inputs, Results<TResult> results, MapOptions options, int? lookAhead)
    {
        (_crew, Function, FunctionName, _inputs, _results, Options) = (crew, function, name, inputs, results, options);
        _state = new JobState(crew.Turns);
        _size = new BatchSize(options, crew.Workers, lookAhead, inputs.Count, isAsync: function.Call is null, crew.IsRemote);
        _mostBatches = function.Call is null ? options.Concurrency ?? BatchSize.DefaultConcurrency : int.MaxValue;
        _progress = options.Progress is { } progress ? new JobProgress(progress, inputs.Count) : null;
    }

    public MapFunction<T, TResult> Function { get; }

    public override string FunctionName { get; }

    /// <summary>Null for a function that is applied once, to no inputs.</summary>
    public bool HasInputs { get; init; } = true;

    public override MapOptions Options { get; }

    public CancellationToken Calls => _calls.Token;

    /// <inheritdoc cref="BatchSize.Learns"/>
    public bool LearnsSize => _size.Learns;

    /// <summary>Ends when no input is being worked on any more.</summary>
    public Task Over => _over.Task;

    public override SentWork Sent => _sent ??= _crew.Send(new MapWork<T, TResult>(Function, Options.Timeout), FunctionName);

    public override TimeSpan? TimeOfProcess => Function.Call is null ? null : Options.Timeout;

    /// <summary>Not near the end, where workers that are idle would better have the inputs; nor where an input must not run twice.</summary>
    public override bool MaySendAhead =>
        Options.Timeout is null && Options.Retries > 0 && _inputs.IsPlain && _inputs.Count is { } count && count - _state.Taken >= (long)_crew.Workers * InputsAhead;

    public override bool IsOver => _state.IsOver;

    public override long StopAt => _state.StopAt;

    /// <summary>Lets the workers begin, and heeds the caller's token from now on.</summary>
    public void Begin()
    {
        _crew.Turns?.Await(this);
        if (Options.Cancellation.IsCancellationRequested)
        {
            Cancel(new OperationCanceledException(Options.Cancellation)); // before any input is begun
            return;
        }

        if (!Options.Cancellation.CanBeCanceled)
        {
            _crew.Add(this);
            return;
        }

        // Before any worker sees the job: once the token has fired, no input is begun.
        _crew.Turns?.Await(this);
        _cancellation = Options.Cancellation.UnsafeRegister(_ => Cancel(new OperationCanceledException(Options.Cancellation)), null);
        try
        {
            _crew.Add(this);
        }
        catch
        {
            _cancellation.Unregister(); // the pool takes no more work
            throw;
        }

        Interlocked.MemoryBarrier(); // the end sees what is written here, or we see the end
        if (!IsOver)
            return;
        _cancellation.Unregister(); // it ended before there was anything to unregister,
        _crew.Remove(this);         // or anything to remove
    }

    public override Batch? Take(int most, TimeSpan aim)
    {
        if (TakeReturned(most) is { } again)
            return again;

        // Whoever finds a sequence that lets another worker wait goes on to other jobs: one of them may be what it waits for.
        _crew.Turns?.Await(this);
        if (!_taking.TryEnter(_crew.Turns is null ? LongestWait : TimeSpan.Zero))
        {
            _crew.Turns?.Await(this);
            Interlocked.Exchange(ref _isRefused, true); // before the second look, for whoever leaves meanwhile
            _crew.Turns?.Await(this);
            if (!_taking.TryEnter())
                return null;
        }

        try
        {
            return TakeNext(most, aim);
        }
        finally
        {
            _crew.Turns?.Await(this);
            _taking.Exit();
            _crew.Turns?.Await(this);
            if (Volatile.Read(ref _isRefused) && Interlocked.Exchange(ref _isRefused, false))
                _crew.Wake();
            if (_state.IsAbandoned)
                LetInputsGo();
        }
    }

    private MapBatch<T, TResult>? TakeReturned(int most)
    {
        if (most <= 0 || _state.TakeBack() is not MapBatch<T, TResult> again)
            return null;
        if (again.Count > most)
        {
            (again, MapBatch<T, TResult> rest) = again.Split(most);
            _state.PutBack(rest);
            _crew.Wake();
        }

        return again;
    }

    private MapBatch<T, TResult>? TakeNext(int most, TimeSpan aim)
    {
        // Entered first and looked at then, so that the job doesn't end in between.
        bool mayTake = _state.Enter(_mostBatches);
        long first = _state.Taken;
        int room = mayTake ? _results.Room(first) : 0;
        int count = room <= 0 ? 0 : Math.Min(Math.Min(most, room), _size.Next(first, aim));
        if (count <= 0)
        {
            Leave();
            return null;
        }

        var taken = new T[count];
        int got = 0;
        bool areAll = false;
        try
        {
            _inputs.Allow(first + room);
            got = _inputs.Take(taken, out areAll);
        }
        catch (Exception failure)
        {
            Fail(first, failure); // the caller's own, told as it is
        }

        _state.Took(got, areAll);
        _progress?.Taken(got);
        if (got > 0)
            return new MapBatch<T, TResult>(this, first, got == count ? taken : taken[..got]);
        Leave();
        return null;
    }

    /// <summary>A worker is done with a batch.</summary>
    /// <param name="batch">Its inputs.</param>
    /// <param name="results">Of the first ones.</param>
    /// <param name="failure">What the one after them failed with, or null: then they are all, or the worker was told to stop.</param>
    /// <param name="elapsed">How long it took, where <see cref="LearnsSize"/> is true.</param>
    public void Finish(Batch batch, ReadOnlySpan<TResult> results, Exception? failure, TimeSpan elapsed)
    {
        _size.Took(results.Length, elapsed);
        if (results.Length > 0)
            _results.Deliver(batch.First, results);
        if (failure is not null)
            Fail(batch.First + results.Length, Wrap(batch.First + results.Length, failure));
        if (_progress is not null)
            Report(batch.First, results.Length);

        if (Leave() >= _mostBatches - 1)
            _crew.Wake(); // whoever was refused for there were too many
    }

    /// <summary>A batch ended without results: inputs of it are to be taken anew, or one has failed for good.</summary>
    public void Return(ReadOnlySpan<MapBatch<T, TResult>> batches, long failedAt = 0, Exception? failure = null)
    {
        if (failure is not null)
            Fail(failedAt, Wrap(failedAt, failure));

        EndWith(_state.Return([.. batches]));
        _crew.Wake();
    }
}
