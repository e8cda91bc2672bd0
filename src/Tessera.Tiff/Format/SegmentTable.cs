namespace Tessera.TiffFormat;

/// <summary>
/// Where the segments of a page lie in the file. Uncompressed strips that follow each other without a gap are seen as one strip of the
/// whole page, so that a box of full rows is one read however the writer cut them. A segment at offset 0, where the header lies, was never
/// written.
/// </summary>
/// <param name="rows">Rows of a segment, here: the page's height where strips were joined.</param>
/// <param name="offsets">First byte of each segment.</param>
/// <param name="counts">Bytes of each segment; null for uncompressed pages without holes, where the layout gives them.</param>
/// <param name="unwritten">The bits of the element that stands in for what was never written; null where everything was.</param>
internal sealed class SegmentTable(long rows, long[] offsets, long[]? counts, ulong? unwritten)
{
    /// <summary>Rows of a segment.</summary>
    public long Rows => rows;

    /// <summary>True where segments were never written.</summary>
    public bool HasHoles => unwritten is not null;

    /// <summary>The element that stands in for what was never written, in the lowest bytes.</summary>
    public ulong Unwritten => unwritten ?? 0;

    /// <summary>First byte of a segment; 0 if it was never written.</summary>
    public long OffsetOf(long segment) => offsets[segment];

    /// <summary>Bytes of a segment: of compressed ones, and of pages with holes.</summary>
    public long CountOf(long segment) => counts![segment];

    /// <summary>Reads the tables that the layout points to, which were checked to lie inside the file.</summary>
    public static SegmentTable Read(PageLayout layout)
    {
        long segments = layout.SegmentsAcross * layout.SegmentsDown * layout.Planes;
        using var window = new HeaderWindow(layout.File) { IsBigEndian = layout.IsBigEndian };
        long[] offsets = window.Table(layout.Offsets.ValuesAt, layout.Offsets.IntegerSize, segments);
        bool holes = offsets.AsSpan().Contains(0);
        if (!layout.IsCompressed && !holes)
            return Join(layout, offsets) is { } joined ? new SegmentTable(layout.Height, joined, null, null) : new SegmentTable(layout.SegmentRows, offsets, null, null);

        var counts = new long[segments]; // 0 where the file has none
        if (layout.ByteCounts is { } field)
            window.Table(field.ValuesAt, field.IntegerSize, Math.Min(field.Count, segments)).CopyTo(counts, 0);
        Bound(layout, offsets, counts);
        return new SegmentTable(layout.SegmentRows, offsets, counts, holes ? NoData.Read(layout, window) : null);
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

    /// <summary>
    /// Counts that are missing, 0, or reach past the end of the file are replaced by what lies before the next segment or the end. Decoders stop
    /// by themselves, so too much does no harm; but no more is read than an encoder could have made of the segment, with room.
    /// </summary>
    private static void Bound(PageLayout layout, long[] offsets, long[] counts)
    {
        long end = layout.File.Length, most = 2 * layout.SegmentRows * layout.StoredRowBytes + (1 << 16);
        long[]? sorted = null;
        for (int i = 0; i < offsets.Length; i++)
        {
            long offset = offsets[i];
            if (offset <= 0 || (counts[i] > 0 && counts[i] <= end - offset))
                continue;

            if (sorted is null)
            {
                sorted = [.. offsets];
                Array.Sort(sorted);
            }

            counts[i] = Math.Max(0, Math.Min(most, NextAfter(sorted, offset, end) - offset));
        }
    }

    private static long NextAfter(long[] sorted, long offset, long end)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = sorted[middle] > offset ? (low, middle) : (middle + 1, high);
        }

        return low < sorted.Length ? Math.Min(sorted[low], end) : end;
    }
}
