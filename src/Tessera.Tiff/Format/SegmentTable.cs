namespace Tessera.TiffFormat;

/// <summary>
/// Where the segments of a page lie in the file. Uncompressed strips that follow each other without a gap are seen as one strip of the
/// whole page, so that a box of full rows is one read however the writer cut them.
/// </summary>
/// <param name="rows">Rows of a segment, here: the page's height where strips were joined.</param>
/// <param name="offsets">First byte of each segment.</param>
/// <param name="counts">Bytes of each segment; null for uncompressed pages, where the layout gives them.</param>
internal sealed class SegmentTable(long rows, long[] offsets, long[]? counts)
{
    /// <summary>Rows of a segment.</summary>
    public long Rows => rows;

    /// <summary>First byte of a segment.</summary>
    public long OffsetOf(long segment) => offsets[segment];

    /// <summary>Bytes of a compressed segment.</summary>
    public long CountOf(long segment) => counts![segment];

    /// <summary>Reads the tables that the layout points to, which were checked to lie inside the file.</summary>
    public static SegmentTable Read(PageLayout layout)
    {
        long segments = layout.SegmentsAcross * layout.SegmentsDown * layout.Planes;
        using var window = new HeaderWindow(layout.File) { IsBigEndian = layout.IsBigEndian };
        long[] offsets = window.Table(layout.Offsets.ValuesAt, layout.Offsets.IntegerSize, segments);
        if (!layout.IsCompressed)
            return Join(layout, offsets) is { } joined ? new SegmentTable(layout.Height, joined, null) : new SegmentTable(layout.SegmentRows, offsets, null);

        Field counts = layout.ByteCounts!.Value;
        return new SegmentTable(layout.SegmentRows, offsets, window.Table(counts.ValuesAt, counts.IntegerSize, segments));
    }

    /// <summary>The offset of each plane, where the strips of every plane follow each other; else null.</summary>
    private static long[]? Join(PageLayout layout, long[] offsets)
    {
        if (layout.IsTiled)
            return null;

        long down = layout.SegmentsDown, stripBytes = layout.SegmentRows * layout.StoredRowBytes;
        for (long i = 0; i < offsets.Length; i++)
        {
            if (i % down != 0 && offsets[i] - offsets[i - 1] != stripBytes)
                return null;
        }

        return [.. Enumerable.Range(0, layout.Planes).Select(plane => offsets[plane * down])];
    }
}
