namespace Tessera.Pools;

/// <summary>
/// Inputs that come when they come. They are read ahead of the workers, as far as these are allowed to work ahead of the caller.
/// </summary>
internal sealed class AsyncInputs<T>(IAsyncEnumerable<T> items, int lookAhead, Action arrived) : Inputs<T>
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _room = new(lookAhead);
    private readonly Lock _gate = new();
    private readonly Queue<T> _waiting = [];
    private Exception? _failure;
    private bool _isOver;
    private bool _begun;

    public override int Take(Span<T> destination, out bool isOver)
    {
        if (!_begun)
        {
            _begun = true;
            Task.Run(ReadAsync); // elsewhere: the first worker that asks shall not wait for the source
        }

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

        if (count > 0)
            _room.Release(count);
        return count;
    }

    public override void Dispose() => _stopping.Cancel();

    private async Task ReadAsync()
    {
        try
        {
            await foreach (T item in items.WithCancellation(_stopping.Token).ConfigureAwait(false))
            {
                await _room.WaitAsync(_stopping.Token).ConfigureAwait(false);
                lock (_gate)
                    _waiting.Enqueue(item);
                arrived();
            }
        }
        catch (Exception failure)
        {
            _failure = failure;
        }

        lock (_gate)
            _isOver = true;
        arrived();
    }
}
