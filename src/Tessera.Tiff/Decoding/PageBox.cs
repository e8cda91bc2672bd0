namespace Tessera.TiffFormat;

/// <summary>A box of pixels and samples inside a page.</summary>
internal readonly record struct PageBox(long Row, long Rows, long Column, long Columns, int Sample, int Samples)
{
    public long EndRow => Row + Rows;

    public long EndColumn => Column + Columns;

    /// <summary>The part of an array's region that falls on one page, the axes before <paramref name="axis"/> being frames.</summary>
    public static PageBox Of(in Region region, int axis)
    {
        ReadOnlySpan<long> start = region.Start;
        Shape extent = region.Extent;
        bool sampled = extent.Rank > axis + 2;
        return new PageBox(
            start[axis], extent[axis], start[axis + 1], extent[axis + 1],
            sampled ? (int)start[axis + 2] : 0, sampled ? (int)extent[axis + 2] : 1);
    }
}
