namespace Tessera.Recipes;

/// <summary>
/// Cuts a task's region into tiles that stay in the second-level cache while a kernel works on them, or nearly (<see cref="FoldedBytes"/>). The cuts
/// depend on the region and on constants alone, never on the machine, so that every machine adds in the same order.
/// </summary>
internal static class TileCut
{
    /// <summary>Bytes of all operands of a tile.</summary>
    private const long TileBytes = 512 << 10;

    /// <summary>
    /// Bytes of values that enter states of several results: somewhat more than the second-level cache holds, so that several rows of columns enter at
    /// once; and files copy to memory that lies in that cache at 12 GB/s, and to memory that doesn't at 20.
    /// </summary>
    private const long FoldedBytes = 3 * TileBytes;

    private const long FewestElements = 4096;

    /// <summary>Elements after which even a tile that takes no memory ends, so that a cancelled run does.</summary>
    private const long MostElements = 1L << 22;

    /// <summary>Elements of a tile, when each needs this many bytes of working memory.</summary>
    public static long Elements(long bytesPerElement) => Elements(bytesPerElement, TileBytes);

    /// <summary>The same for values that enter states of several results.</summary>
    public static long FoldedElements(long bytesPerElement) => Elements(bytesPerElement, FoldedBytes);

    /// <summary>The sizes of a tile of about so many elements: the innermost axes first, in whole units of the alignment.</summary>
    public static long[] Extent(Shape extent, Alignment alignment, long elements) => Extent(extent, alignment, elements, elements, []);

    /// <summary>
    /// The same, when a tile may also have but so many results: elements along the axes that are not reduced.
    /// </summary>
    public static long[] Extent(Shape extent, Alignment alignment, long elements, long results, ReadOnlySpan<bool> reduced)
    {
        var sizes = new long[extent.Rank];

        // A unit of the axes further out is had in any case, so an inner axis grows only as far as there is room beside it.
        (long outer, long outerResults) = (1, 1);
        for (int axis = 0; axis < extent.Rank; axis++)
        {
            long unit = Math.Clamp(extent[axis], 1, alignment.Sizes[axis]);
            (outer, outerResults) = (outer * unit, IsReduced(reduced, axis) ? outerResults : outerResults * unit);
        }

        for (int axis = extent.Rank - 1; axis >= 0; axis--)
        {
            bool isReduced = IsReduced(reduced, axis);
            long unit = alignment.Sizes[axis], whole = Math.Max(1, extent[axis]), least = Math.Min(unit, whole);
            (outer, outerResults) = (outer / least, isReduced ? outerResults : outerResults / least);
            long room = isReduced ? elements / outer : Math.Min(elements / outer, results / outerResults);
            long size = Math.Clamp(room / unit * unit, least, whole);
            sizes[axis] = Even(whole, size, unit);
            elements = Math.Max(1, elements / size);
            results = isReduced ? results : Math.Max(1, results / size);
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

    private static long Elements(long bytesPerElement, long tileBytes) =>
        bytesPerElement == 0 ? MostElements : Math.Clamp(tileBytes / bytesPerElement, FewestElements, MostElements);

    private static bool IsReduced(ReadOnlySpan<bool> reduced, int axis) => !reduced.IsEmpty && reduced[axis];

    /// <summary>A size at most this large that cuts the whole into as many, but more equal, parts.</summary>
    private static long Even(long whole, long size, long unit)
    {
        long parts = (whole + size - 1) / size, even = (whole + parts - 1) / parts;
        return Math.Min(size, (even + unit - 1) / unit * unit);
    }

    private static Region Between(long[] start, long[] end)
    {
        Span<long> size = stackalloc long[start.Length];
        for (int axis = 0; axis < size.Length; axis++)
            size[axis] = end[axis] - start[axis];
        return new Region(start, Shape.Create(size));
    }
}
