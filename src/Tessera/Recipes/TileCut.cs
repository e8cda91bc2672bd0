namespace Tessera.Recipes;

/// <summary>
/// Cuts a task's region into tiles that stay in the second-level cache while a kernel works on them. The cuts depend on the region and on
/// constants alone, never on the machine, so that every machine adds in the same order.
/// </summary>
internal static class TileCut
{
    /// <summary>Bytes of all operands of a tile.</summary>
    private const long TileBytes = 512 << 10;

    private const long FewestElements = 4096;

    /// <summary>Elements of a tile, when each needs this many bytes over all operands.</summary>
    public static long Elements(long bytesPerElement) => Math.Max(FewestElements, TileBytes / Math.Max(1, bytesPerElement));

    /// <summary>The sizes of a tile of about so many elements: the innermost axes first, in whole units of the alignment.</summary>
    public static long[] Extent(Shape extent, Alignment alignment, long elements)
    {
        var sizes = new long[extent.Rank];
        long room = elements;
        for (int axis = extent.Rank - 1; axis >= 0; axis--)
        {
            long unit = alignment.Sizes[axis];
            long size = Math.Clamp(room / unit * unit, Math.Min(unit, Math.Max(1, extent[axis])), Math.Max(1, extent[axis]));
            sizes[axis] = size;
            room = Math.Max(1, room / size);
        }

        return sizes;
    }

    /// <summary>
    /// The tiles of a region. Axes are walked in the given order, outermost first; within each, tiles come in ascending order.
    /// </summary>
    public static IEnumerable<Region> Tiles(Region region, Alignment alignment, long[] tile, int[] order)
    {
        if (region.Length == 0)
            yield break;

        int rank = region.Rank;
        var (start, end) = (region.Start.ToArray(), new long[rank]);
        for (int axis = 0; axis < rank; axis++)
            end[axis] = alignment.Next(axis, start[axis], tile[axis], region.End(axis));

        while (true)
        {
            yield return Between(start, end);
            int step = rank - 1;
            while (step >= 0)
            {
                int axis = order[step];
                if (end[axis] < region.End(axis))
                {
                    start[axis] = end[axis];
                    end[axis] = alignment.Next(axis, start[axis], tile[axis], region.End(axis));
                    break;
                }

                start[axis] = region.Start[axis];
                end[axis] = alignment.Next(axis, start[axis], tile[axis], region.End(axis));
                step--;
            }

            if (step < 0)
                yield break;
        }
    }

    private static Region Between(long[] start, long[] end)
    {
        Span<long> size = stackalloc long[start.Length];
        for (int axis = 0; axis < size.Length; axis++)
            size[axis] = end[axis] - start[axis];
        return new Region(start, Shape.Create(size));
    }
}
