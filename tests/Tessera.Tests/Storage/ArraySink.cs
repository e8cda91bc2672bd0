using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Tessera.Tests.Storage;

/// <summary>Takes an array of ints into memory, and keeps account of what it was told.</summary>
internal sealed class ArraySink(Shape storageChunks) : IBlockSink
{
    private readonly ConcurrentQueue<Region> _writes = new();

    public string Name => "array sink";

    public Shape StorageChunks => storageChunks;

    /// <summary>Called before a region is taken; may throw.</summary>
    public Action<Region> Writing { get; init; } = _ => { };

    /// <summary>Called when it is abandoned; may throw.</summary>
    public Action Abandoning { get; init; } = () => { };

    public int[] Elements { get; private set; } = [];

    public Shape Shape { get; private set; }

    public IReadOnlyCollection<Region> Writes => _writes;

    public int Begun { get; private set; }

    public int Completed { get; private set; }

    public int Abandoned { get; private set; }

    public void Begin(ElementType elementType, Shape shape)
    {
        Assert.Equal(ElementType.Int32, elementType);
        (Shape, Elements, Begun) = (shape, new int[shape.Length], Begun + 1);
    }

    public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
    {
        _writes.Enqueue(region);
        Writing(region);
        ReadOnlySpan<int> values = MemoryMarshal.Cast<byte, int>(elements);
        Assert.Equal(region.Length, values.Length);
        int at = 0;
        foreach (ReadOnlySpan<long> index in region.Indices())
            Elements[Shape.PositionOf(index)] = values[at++];
    }

    public void Complete() => Completed++;

    public void Abandon()
    {
        Abandoned++;
        Abandoning();
    }
}
