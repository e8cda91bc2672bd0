namespace Tessera.Recipes;

/// <summary>The sizes of the boxes, of about so many elements each, into which a region is cut: the cells of a step, and tiles.</summary>
internal static class BoxExtent
{
    /// <summary>The innermost axes first, in whole units of the alignment.</summary>
    public static long[] Of(Shape extent, Alignment alignment, long elements) => Of(extent, alignment, elements, elements, []);

    /// <summary>
    /// The same, when a box may also have but so many results: elements along the axes that are not reduced.
    /// </summary>
    public static long[] Of(Shape extent, Alignment alignment, long elements, long results, ReadOnlySpan<bool> reduced)
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

    private static bool IsReduced(ReadOnlySpan<bool> reduced, int axis) => !reduced.IsEmpty && reduced[axis];

    /// <summary>A size at most this large that cuts the whole into as many, but more equal, parts.</summary>
    private static long Even(long whole, long size, long unit)
    {
        long parts = (whole + size - 1) / size, even = (whole + parts - 1) / parts;
        return Math.Min(size, (even + unit - 1) / unit * unit);
    }
}
