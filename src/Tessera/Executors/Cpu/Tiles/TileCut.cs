using Tessera.Recipes;

namespace Tessera.Executors;

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

    /// <summary>The sizes of the tiles in which a kernel goes through a region.</summary>
    /// <param name="extent">Of the region.</param>
    /// <param name="alignment">Where it is best cut.</param>
    /// <param name="bytesPerElement">Of working memory, for the inputs and the result.</param>
    public static long[] Extent(Shape extent, Alignment alignment, long bytesPerElement) =>
        BoxExtent.Of(extent, alignment, Elements(bytesPerElement, TileBytes));

    /// <summary>The sizes of the tiles in which a region enters states. They have no more results than there is room for beside the inputs.</summary>
    /// <param name="domain">The extent of the region.</param>
    /// <param name="alignment">Where it is best cut.</param>
    /// <param name="bytesPerElement">Of working memory, for the inputs.</param>
    /// <param name="stateBytes">Of a result.</param>
    /// <param name="reduced">Which axes go away.</param>
    public static long[] FoldedExtent(Shape domain, Alignment alignment, long bytesPerElement, long stateBytes, ReadOnlySpan<bool> reduced) => BoxExtent.Of(
        domain,
        alignment,
        Elements(bytesPerElement, reduced.Contains(false) ? FoldedBytes : TileBytes),
        Elements(bytesPerElement + stateBytes, TileBytes),
        reduced);

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

    private static Region Between(long[] start, long[] end)
    {
        Span<long> size = stackalloc long[start.Length];
        for (int axis = 0; axis < size.Length; axis++)
            size[axis] = end[axis] - start[axis];
        return new Region(start, Shape.Create(size));
    }
}
