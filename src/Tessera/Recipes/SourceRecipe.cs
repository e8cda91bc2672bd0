namespace Tessera.Recipes;

/// <summary>Elements that a source delivers, dense, a region at a time.</summary>
internal sealed class SourceRecipe(IBlockSource source) : Recipe(source.ElementType, source.Shape)
{
    // A span holds at most 2^31 - 1 bytes; larger regions are read in slabs.
    private const long LargestRead = 1L << 30;

    public override Alignment Alignment { get; } = Alignment.Of(source.StorageChunks, source.Shape).WithWholeShortRows(source.Shape);

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        if (region.Length == 0)
            return;

        if (destination.IsDense(region.Extent, ElementType))
        {
            Read(region, destination.Address, context.Cancellation);
            return;
        }

        var mark = context.Scratch.Mark();
        Tile dense = Tile.Dense(context.Scratch.Take(region.Length * ElementType.Size), region.Extent, ElementType);
        Read(region, dense.Address, context.Cancellation);
        Copy(dense, destination, region.Extent);
        context.Scratch.Release(mark);
    }

    public override void Visit(Region region, IRecipeVisitor visitor) => visitor.Read(source, region);

    public override long ScratchBytes(Region within, Shape extent) => Rounded(extent.Length * ElementType.Size);

    public override long FillBytes(Region within, Shape extent, bool isDense) => isDense ? 0 : ScratchBytes(within, extent);

    private unsafe void Read(Region region, nint address, CancellationToken cancellation)
    {
        long bytes = region.Length * ElementType.Size;
        if (bytes <= LargestRead)
        {
            source.Read(region, new Span<byte>((void*)address, (int)bytes), cancellation);
            return;
        }

        int axis = 0;
        while (region.Extent[axis] == 1)
            axis++;
        long slab = Math.Max(1, LargestRead / (bytes / region.Extent[axis]));
        Span<long> start = stackalloc long[region.Rank], size = stackalloc long[region.Rank];
        region.Start.CopyTo(start);
        region.Extent.AsSpan().CopyTo(size);
        for (long done = 0; done < region.Extent[axis]; done += slab)
        {
            (start[axis], size[axis]) = (region.Start[axis] + done, Math.Min(slab, region.Extent[axis] - done));
            var part = new Region(start, Shape.Create(size));
            Read(part, address, cancellation);
            address += (nint)(part.Length * ElementType.Size);
        }
    }
}
