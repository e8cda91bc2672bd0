namespace Tessera.Pools;

/// <summary>
/// How many inputs a worker takes at a time: as many as take some milliseconds by what the ones before took, and no more than leave something for the
/// other workers.
/// </summary>
internal sealed class BatchSize
{
    public const int DefaultConcurrency = 1000;

    private const int Largest = 1 << 13;
    private const int Growth = 8;

    private readonly int? _fixed;
    private readonly long _count;
    private readonly int _sharers; // batches that should be left when one is taken
    private readonly int _most;
    private double _secondsEach;   // 0 until it is known
    private int _last = 1;

    /// <param name="options">May fix it.</param>
    /// <param name="workers">That share the inputs.</param>
    /// <param name="lookAhead">Inputs that may be in hand at a time, or null.</param>
    /// <param name="count">How many inputs there are, or null.</param>
    /// <param name="isAsync">True where a worker process begins a whole batch at once.</param>
    /// <param name="isRemote">True where the workers are processes.</param>
    public BatchSize(MapOptions options, int workers, int? lookAhead, long? count, bool isAsync, bool isRemote)
    {
        (_count, _sharers) = (count ?? long.MaxValue, 2 * workers);
        _most = (int)Math.Clamp((lookAhead ?? int.MaxValue) / _sharers, 1, Largest);
        if (isAsync ? !isRemote : options.Timeout is not null || (isRemote && options.Retries == 0))
            _fixed = 1;
        else if (isAsync)
            _fixed = Math.Min(options.ChunkSize ?? int.MaxValue, AtOnce(options.Concurrency ?? DefaultConcurrency, lookAhead, workers));
        else
            _fixed = options.ChunkSize;
    }

    /// <summary>Calls that a process begins at once; where there are fewer than workers, the job lets some of these wait.</summary>
    private int AtOnce(int concurrency, int? lookAhead, int workers) =>
        (int)Math.Max(1, Math.Min(concurrency, Math.Min(_count, lookAhead ?? int.MaxValue)) / workers);

    /// <summary>True where it is worth knowing how long a batch took.</summary>
    public bool Learns => _fixed is null;

    /// <summary>The size of the next batch.</summary>
    /// <param name="taken">Inputs that were taken already.</param>
    /// <param name="aim">How long it should take.</param>
    public int Next(long taken, TimeSpan aim)
    {
        if (_fixed is { } size)
            return size;

        double each = Volatile.Read(ref _secondsEach);
        double wanted = each == 0 ? 1 : Math.Min(aim.TotalSeconds / each, (double)_last * Growth);
        long left = Math.Max(0, _count - taken); // more may come than were announced
        _last = (int)Math.Clamp(Math.Min(wanted, left / _sharers), 1, _most);
        return _last;
    }

    /// <summary>Some inputs took so long.</summary>
    public void Took(int inputs, TimeSpan elapsed)
    {
        if (inputs == 0 || !Learns)
            return;
        double each = Math.Max(1e-9, elapsed.TotalSeconds / inputs), known = Volatile.Read(ref _secondsEach);
        Volatile.Write(ref _secondsEach, known == 0 ? each : (known + each) / 2);
    }
}
