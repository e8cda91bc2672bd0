using System.Collections.Concurrent;
using Tessera.Tests.Expressions;

namespace Tessera.Tests.Storage;

/// <summary>Elements in a managed array that are delivered row by row, with storage chunks of any size. Keeps what was asked of it.</summary>
internal sealed class ArraySource(Elements elements, Shape storageChunks) : IBlockSource
{
    private readonly ConcurrentQueue<Region> _reads = new();

    public string Name { get; init; } = "array source";

    public Elements Elements => elements;

    public ElementType ElementType => elements.Type;

    public Shape Shape => elements.Shape;

    public Shape StorageChunks => storageChunks;

    public bool IsCheap { get; init; }

    /// <summary>What a read works with.</summary>
    public long Working { get; init; }

    public long WorkingBytes(Region region) => Working;

    /// <summary>Called before a region is read; may throw, wait or cancel.</summary>
    public Action<Region> Reading { get; init; } = _ => { };

    /// <summary>Called while a region is read, as a source that takes its time: it may wait for the token.</summary>
    public Action<CancellationToken> Waiting { get; init; } = _ => { };

    public IReadOnlyCollection<Region> Reads => _reads;

    public long ElementsRead => _reads.Sum(region => region.Length);

    /// <summary>Integers by the formula of <see cref="RandomTrees.Data"/>.</summary>
    public static ArraySource OfInts(Shape shape, Shape storageChunks) =>
        new(Elements.OfFormula(ElementType.Int32, shape, [7, -50, 1000, 0]), storageChunks);

    /// <summary>Ints that are all 0.</summary>
    public static ArraySource OfZeros(Shape shape, Shape storageChunks) =>
        new(new Elements(ElementType.Int32, shape, new byte[shape.Length * sizeof(int)]), storageChunks);

    public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        Assert.Equal(region.Length * ElementType.Size, destination.Length);
        for (int axis = 0; axis < region.Rank; axis++)
            Assert.InRange(region.End(axis), region.Start[axis], Shape[axis]);
        _reads.Enqueue(region);
        Reading(region);
        Waiting(cancellation);

        int size = ElementType.Size;
        (int outer, long whole, long first, long row) = region.Rank == 0 ? (0, 1, 0, 1) : (region.Rank - 1, Shape[^1], region.Start[^1], region.Extent[^1]);
        foreach (ReadOnlySpan<long> index in region.Indices(outer))
        {
            long offset = (Shape.PositionOf(index) * whole) + first;
            elements.Bytes.AsSpan((int)offset * size, (int)row * size).CopyTo(destination);
            destination = destination[((int)row * size)..];
        }
    }
}
