namespace Tessera.Hdf5Format;

/// <summary>Elements that lie in the object header and were read with it.</summary>
internal sealed class CompactReader : StorageReader
{
    private readonly byte[] _stored;

    public CompactReader(FileBytes file, CompactLayout layout, Shape shape, NumberFormat format)
        : base(file, shape, format)
    {
        if (layout.Data.Length < shape.Length * format.Size)
            throw file.Damaged(FileBytes.Undefined, $"{shape} elements of {format.Size} bytes should lie in the header, and {layout.Data.Length} bytes do");
        _stored = layout.Data;
    }

    public override Shape StorageChunks => Shape.Create([.. Enumerable.Repeat(1L, Shape.Rank)]);

    public override bool IsCheap => true;

    public override long WorkingBytes(Region region) => CopyingBytes(region.Length);

    public override void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        Span<long> origin = stackalloc long[region.Rank];
        origin.Clear();
        CopyBox(_stored, Shape, region.Start, destination, region.Extent, origin, region.Extent);
    }
}
