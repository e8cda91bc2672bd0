using Tessera.Serialization;

namespace Tessera.Storage;

/// <summary>Elements in memory that somebody else owns and that stays where it is for as long as this source lives.</summary>
internal sealed unsafe class MemorySource : IBlockSource
{
    private readonly object _owner; // keeps the memory alive

    /// <param name="name">For plans.</param>
    /// <param name="elementType">Of the elements.</param>
    /// <param name="shape">Dense in C order.</param>
    /// <param name="address">Of the first element.</param>
    /// <param name="owner">What must live for the memory to stay.</param>
    public MemorySource(string name, ElementType elementType, Shape shape, nint address, object owner) =>
        (Name, ElementType, Shape, Address, _owner) = (name, elementType, shape, address, owner);

    public string Name { get; }

    public ElementType ElementType { get; }

    public Shape Shape { get; }

    /// <summary>The one element, if it is a constant of an expression.</summary>
    public long? ConstantBits { get; private init; }

    /// <summary>The first element; the others follow dense in C order.</summary>
    public nint Address { get; }

    public Shape StorageChunks => Shape.Ones(Shape.Rank);

    public bool IsCheap => true;

    public ReadCost Cost => ReadCost.Memory;

    /// <summary>Lets go of memory that nobody will read any more, where that can be done before it is collected.</summary>
    public void Release() => (_owner as IDisposable)?.Dispose();

    /// <summary>The memory, if an array was persisted to it.</summary>
    public KeptMemory? Kept => _owner as KeptMemory ?? (_owner as MemorySource)?.Kept;

    /// <summary>Nobody needs a persisted array any more.</summary>
    public void End() => Kept?.End();

    /// <summary>An address means nothing to another process: it gets the elements, or where it finds them. A copy in this one has this.</summary>
    public ITravelForm<IBlockSource> TravelForm => (ITravelForm<IBlockSource>?)SharedSources.Find(this) ?? Copies.AsItself<IBlockSource>(this) ?? new SentMemory(this);

    /// <summary>A source of one element.</summary>
    public static MemorySource OfScalar(string name, ElementType type, long bits)
    {
        long[] cell = GC.AllocateArray<long>(1, pinned: true);
        cell[0] = bits;
        fixed (long* address = cell)
            return new MemorySource(name, type, Shape.Scalar, (nint)address, cell) { ConstantBits = bits };
    }

    public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        if (region.Length == 0)
            return;

        using var inUse = new MemoryInUse(this);
        int size = ElementType.Size;
        (int outer, long whole, long first, long row) = region.Rank == 0 ? (0, 1, 0, 1) : (region.Rank - 1, Shape[^1], region.Start[^1], region.Extent[^1]);
        int rowBytes = checked((int)(row * size));
        foreach (ReadOnlySpan<long> index in region.Indices(outer))
        {
            long offset = (Shape.PositionOf(index) * whole) + first;
            new ReadOnlySpan<byte>((void*)(Address + (nint)(offset * size)), rowBytes).CopyTo(destination);
            destination = destination[rowBytes..];
        }

        GC.KeepAlive(this); // and with it the memory, to the last byte
    }
}
