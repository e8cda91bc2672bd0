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
        long[] strides = Shape.DenseStrides(), index = region.Start.ToArray();
        foreach (int value in values)
        {
            long offset = 0;
            for (int axis = 0; axis < index.Length; axis++)
                offset += index[axis] * strides[axis];
            Elements[offset] = value;
            for (int axis = index.Length - 1; axis >= 0 && ++index[axis] == region.End(axis); axis--)
                index[axis] = region.Start[axis];
        }
    }

    public void Complete() => Completed++;

    public void Abandon()
    {
        Abandoned++;
        Abandoning();
    }
}
