using System.Runtime.CompilerServices;

namespace Tessera.Pools;

/// <summary>
/// Inputs that come when they come. They are read ahead of the workers, as far as these are allowed to work ahead of the caller.
/// </summary>
internal sealed class AsyncInputs<T>(IAsyncEnumerable<T> items, Action arrived) : Inputs<T>
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _room = new(0);
    private readonly Lock _gate = new();
    private readonly Queue<T> _waiting = [];
    private Exception? _failure;
    private bool _isOver;
    private bool _begun;
    private long _allowed;

    public override void Allow(long end)
    {
        if (end > _allowed)
            _room.Release((int)(end - _allowed));
        _allowed = Math.Max(end, _allowed);
    }

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

        return count;
    }

    public override void Dispose() => _stopping.Cancel();

    private async Task ReadAsync()
    {
        try
        {
            IAsyncEnumerator<T> source = items.GetAsyncEnumerator(_stopping.Token);
            await using ConfiguredAsyncDisposable _ = source.ConfigureAwait(false);
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
        }

        lock (_gate)
            _isOver = true;
        arrived();
    }
}
