namespace Tessera.TiffFormat;

/// <summary>Reads a box of a page: the segments that it touches, one after the other, and of those what it needs.</summary>
internal static class PageReader
{
    /// <summary>Fills <paramref name="destination"/> with the elements of <paramref name="box"/> as (row, column, sample).</summary>
    public static void Read(PageLayout layout, in PageBox box, Span<byte> destination, CancellationToken cancellation)
    {
        if (destination.IsEmpty)
            return;

        int planes = layout.IsPlanar ? box.Samples : 1;
        for (int i = 0; i < planes; i++)
            ReadPlane(layout, layout.IsPlanar ? box.Sample + i : 0, box, destination, cancellation);
    }

    /// <summary>The most bytes that reading any box of a page takes beyond its destination: one segment at a time, coded and decoded, or a band of rows.</summary>
    public static long WorkingBytes(PageLayout layout) => layout.IsCompressed ? CodedSegment.WorkingBytes(layout) : RawSegment.WorkingBytes(layout);

    private static void ReadPlane(PageLayout layout, int plane, in PageBox box, Span<byte> destination, CancellationToken cancellation)
    {
        SegmentTable table = layout.Table;
        (long height, long width) = (table.Rows, layout.SegmentColumns);
        long across = layout.SegmentsAcross, down = (layout.Height + height - 1) / height;

        for (long i = box.Row / height; i * height < box.EndRow; i++)
        {
            for (long j = box.Column / width; j * width < box.EndColumn; j++)
            {
                cancellation.ThrowIfCancellationRequested();
                long row = Math.Max(box.Row, i * height), column = Math.Max(box.Column, j * width);
                var part = new PageBox(
                    row, Math.Min(box.EndRow, (i + 1) * height) - row, column, Math.Min(box.EndColumn, (j + 1) * width) - column, box.Sample, box.Samples);
                var segment = new Segment(table, (plane * down + i) * across + j, i * height, j * width);
                var target = new PixelTarget(destination, layout, box, part, plane);
                if (table.HasHoles && segment.Offset == 0)
                    UnwrittenSegment.Read(layout, segment, target);
                else if (layout.IsCompressed)
                    CodedSegment.Read(layout, segment, target);
                else
                    RawSegment.Read(layout, segment, target, cancellation);
            }
        }
    }
}
