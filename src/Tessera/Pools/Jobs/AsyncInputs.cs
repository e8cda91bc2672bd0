using System.Runtime.ExceptionServices;

namespace Tessera.Pools;

/// <summary>
/// Inputs that come when they come. They are read ahead of the workers, as far as these are allowed to work ahead of the caller.
/// </summary>
/// <param name="items">Are read once.</param>
/// <param name="arrived">Is called when there is something to take.</param>
internal sealed class AsyncInputs<T>(IAsyncEnumerable<T> items, Action arrived) : Inputs<T>
{
    private static readonly AsyncLocal<object?> Reader = new(); // whose sequence is running

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _room = new(0);
    private readonly Lock _gate = new();
    private readonly Queue<T> _waiting = [];
    private Task? _reading;
    private Exception? _failure;
    private Exception? _failureOfEnd;
    private bool _isOver;
    private long _allowed;

    /// <summary>How long a sequence that doesn't heed its token is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    public override void Allow(long end)
    {
        if (end > _allowed)
            _room.Release((int)(end - _allowed));
        _allowed = Math.Max(end, _allowed);
    }

    public override int Take(Span<T> destination, out bool isOver)
    {
        _reading ??= Task.Run(ReadAsync); // elsewhere: the first worker that asks shall not wait for the source
        int count = 0;
        lock (_gate)
        {
            while (count < destination.Length && _waiting.TryDequeue(out T? item))
                destination[count++] = item;
            isOver = _isOver && _waiting.Count == 0;
            if (count == 0 && isOver && _failure is { } failure)
                throw failure;
            isOver &= _failure is null;
        }

        return count;
    }

    /// <summary>Ends the reading. When this returns the sequence has been disposed of, unless it takes too long.</summary>
    public override void Dispose()
    {
        CallCancellation.Fire(_stopping);
        if (_reading is null || Reader.Value == this) // a sequence that stops its own reading can't be waited for
            return;
        if (_reading.Wait(Patience) && _failureOfEnd is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    private async Task ReadAsync()
    {
        Reader.Value = this;
        IAsyncEnumerator<T>? source = null;
        try
        {
            source = items.GetAsyncEnumerator(_stopping.Token);
            while (true)
            {
                await _room.WaitAsync(_stopping.Token).ConfigureAwait(false);
                if (!await source.MoveNextAsync().ConfigureAwait(false))
                    break;
                lock (_gate)
                    _waiting.Enqueue(source.Current);
                arrived();
            }
        }
        catch (Exception failure)
        {
            _failure = failure;
            if (failure is not OperationCanceledException && _stopping.IsCancellationRequested)
                _failureOfEnd = failure; // of an iterator's finally, which the stopping led to
        }

        await DisposeAsync(source).ConfigureAwait(false);
        lock (_gate)
            _isOver = true;
        arrived();
    }

    private async Task DisposeAsync(IAsyncEnumerator<T>? source)
    {
        try
        {
            if (source is not null)
                await source.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // One that was stopped has not failed before; one that came to its end fails with this.
            bool wasStopped = _failure is OperationCanceledException && _stopping.IsCancellationRequested;
            if (_failure is null || wasStopped)
                (_failure, _failureOfEnd) = (failure, failure);
        }
    }
}
