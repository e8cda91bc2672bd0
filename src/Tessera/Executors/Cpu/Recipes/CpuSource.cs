using Tessera.Memory;
using Tessera.Recipes;

namespace Tessera.Executors;

/// <summary>Has a source write its elements where they are needed, or to scratch memory first, since it writes them dense.</summary>
internal sealed class CpuSource(SourceRecipe recipe) : CpuRecipe(recipe)
{
    // A span holds at most 2^31 - 1 bytes; larger regions are read in slabs.
    private const long LargestRead = 1L << 30;

    private IBlockSource Source => recipe.Source;

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

    public override long ScratchBytes(Region within, Shape extent) => Rounded(extent.Length * ElementType.Size);

    public override long FillBytes(Region within, Shape extent, bool isDense) => isDense ? 0 : ScratchBytes(within, extent);

    /// <summary>Reads a region, dense, by tasks that hold no worker while they wait.</summary>
    public async Task ReadAsync(Region region, nint address, CancellationToken cancellation)
    {
        if (region.Length == 0)
            return;

        foreach (Region part in Slabs(region))
        {
            int bytes = (int)BytesOf(part);
            using var memory = new BlockMemory(address, bytes);
            await Source.ReadAsync(part, memory.Memory, cancellation).ConfigureAwait(false);
            address += bytes;
        }
    }

    private unsafe void Read(Region region, nint address, CancellationToken cancellation)
    {
        if (BytesOf(region) <= LargestRead)
        {
            Source.Read(region, new Span<byte>((void*)address, (int)BytesOf(region)), cancellation);
            return;
        }

        foreach (Region part in Slabs(region))
        {
            Source.Read(part, new Span<byte>((void*)address, (int)BytesOf(part)), cancellation);
            address += (nint)BytesOf(part);
        }
    }

    private long BytesOf(Region region) => region.Length * ElementType.Size;

    /// <summary>A region in parts that follow one another in memory, each small enough for a read.</summary>
    private IEnumerable<Region> Slabs(Region region)
    {
        if (BytesOf(region) <= LargestRead)
        {
            yield return region;
            yield break;
        }

        int axis = 0;
        while (region.Extent[axis] == 1)
            axis++;
        long slab = Math.Max(1, LargestRead / (BytesOf(region) / region.Extent[axis]));
        long[] start = region.Start.ToArray(), size = region.Extent.ToArray();
        for (long done = 0; done < region.Extent[axis]; done += slab)
        {
            (start[axis], size[axis]) = (region.Start[axis] + done, Math.Min(slab, region.Extent[axis] - done));
            foreach (Region part in Slabs(new Region(start, Shape.Create(size))))
                yield return part;
        }
    }
}
