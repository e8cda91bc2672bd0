using System.Collections.Concurrent;

namespace Tessera.Tests.Storage;

/// <summary>The elements of another source, read asynchronously. Keeps what was asked of it, and how many reads were under way at once.</summary>
internal sealed class AwaitedSource(IBlockSource elements) : IBlockSource
{
    private readonly ConcurrentQueue<Region> _reads = new();
    private int _underWay, _most, _synchronous;

    public string Name => "awaited source";

    public ElementType ElementType => elements.ElementType;

    public Shape Shape => elements.Shape;

    public Shape StorageChunks => elements.StorageChunks;

    public bool IsCheap => true;

    public bool ReadsAsync => true;

    /// <summary>What a read waits for before it reads.</summary>
    public Func<Region, CancellationToken, Task> Waiting { get; init; } = static async (_, _) => await Task.Yield();

    /// <summary>Is told how many are under way, as one begins.</summary>
    public Action<int> Begun { get; init; } = _ => { };

    /// <summary>What goes to worker processes.</summary>
    public ITravelForm<IBlockSource>? TravelForm { get; init; }

    public IReadOnlyCollection<Region> Reads => _reads;

    public int UnderWay => Volatile.Read(ref _underWay);

    public int Most => _most;

    public int Synchronous => _synchronous;

    public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _synchronous);
        elements.Read(region, destination, cancellation);
    }

    public async ValueTask ReadAsync(Region region, Memory<byte> destination, CancellationToken cancellation)
    {
        int now = Interlocked.Increment(ref _underWay);
        for (int most = _most; now > most; most = _most)
            Interlocked.CompareExchange(ref _most, now, most);
        _reads.Enqueue(region);
        Begun(now);
        try
        {
            await Waiting(region, cancellation);
            elements.Read(region, destination.Span, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
