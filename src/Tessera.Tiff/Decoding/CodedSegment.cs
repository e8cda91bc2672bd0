namespace Tessera.TiffFormat;

/// <summary>
/// Reads pixels of a compressed segment: it is decoded from its start to the last row that is wanted, straight into the destination where
/// that is all of it, else into a buffer. Where its last row is wanted the decoder also compares the checksum that Deflate has; a part that
/// ends before is read unchecked, because the rest would have to be decoded for it.
/// </summary>
internal static class CodedSegment
{
    private const long CodecState = 64 << 10; // windows and tables

    /// <summary>
    /// Of the largest segment that the file can hold: coded, in as many bytes and a few, because that is what noise takes; decoded; and of Deflate once more, since
    /// streams may be decoded whole where a part is wanted.
    /// </summary>
    public static long WorkingBytes(PageLayout layout)
    {
        long most = Math.Min(Expansion.MostBytes(layout.Compression, layout.File.Length), Array.MaxLength);
        long rows = Math.Min(layout.SegmentRows, layout.Height), decoded = Math.Min(most, rows * layout.StoredRowBytes);
        long whole = Math.Min(most, (layout.IsTiled ? layout.SegmentRows : rows) * layout.StoredRowBytes);
        long coded = Math.Min(layout.File.Length, whole + (whole >> 6) + 1024);
        return RentedBytes.Capacity(coded) + RentedBytes.Capacity(decoded) + CodecState +
            (layout.Compression == TiffCompression.Deflate ? RentedBytes.Capacity(whole) : 0) +
            (layout.Predictor == TiffPredictor.FloatingPoint ? RentedBytes.Capacity(Math.Min(most, layout.StoredRowBytes)) : 0);
    }

    public static void Read(PageLayout layout, Segment segment, PixelTarget target)
    {
        PageBox part = target.Part;
        long pitch = layout.StoredRowBytes;
        int decoded = CheckedSize(layout, segment, (part.EndRow - segment.FirstRow) * pitch);
        bool toEnd = part.EndRow == Math.Min(layout.Height, segment.FirstRow + layout.SegmentRows);

        if (target.IsDense && part.Row == segment.FirstRow && part.Columns == layout.SegmentColumns)
        {
            Span<byte> rows = target.Rows(part.Row, part.Rows);
            Decode(layout, segment, rows, toEnd);
            Finish(layout, rows);
            return;
        }

        using var buffer = new RentedBytes(decoded);
        Decode(layout, segment, buffer.Span, toEnd);
        Span<byte> wanted = buffer.Span[(int)((part.Row - segment.FirstRow) * pitch)..];
        Finish(layout, wanted); // rows are predicted each by itself, so the ones before needn't be finished

        long skippedBits = (part.Column - segment.FirstColumn) * layout.StoredPixelBits;
        for (long i = 0; i < part.Rows; i++)
            target.PutRow(part.Row + i, wanted.Slice((int)(i * pitch), (int)pitch)[(int)(skippedBits >> 3)..], (int)(skippedBits & 7));
    }

    /// <summary>Refuses a segment that the file can't hold or that can't hold so much, before memory is taken for it.</summary>
    private static int CheckedSize(PageLayout layout, Segment segment, long decoded)
    {
        (long offset, long count) = (segment.Offset, segment.Count);
        layout.File.Require(offset, count);
        if (decoded > Expansion.MostBytes(layout.Compression, count))
        {
            throw layout.Damaged(
                offset, $"{count} bytes of {layout.Compression} are said to hold {decoded} bytes of strip or tile {segment.Index}, more than they can");
        }

        if (decoded > Array.MaxLength || count > Array.MaxLength)
            throw layout.Damaged(offset, $"strip or tile {segment.Index} decodes to {decoded} bytes; compressed ones are read up to {Array.MaxLength} bytes");
        return (int)decoded;
    }

    private static void Decode(PageLayout layout, Segment segment, Span<byte> rows, bool toEnd)
    {
        using var coded = new RentedBytes((int)segment.Count);
        layout.File.Read(coded.Span, segment.Offset);
        if (layout.ReversesBits)
            ByteOrder.MirrorBits(coded.Span);

        string? fault = null;
        int produced = layout.Compression switch
        {
            TiffCompression.Lzw => Lzw.Decode(coded.Span, rows, out fault),
            TiffCompression.PackBits => PackBits.Decode(coded.Span, rows),
            _ => Inflate.Decode(coded.Array, coded.Span.Length, rows, WholeSize(layout, segment), toEnd, out fault),
        };
        if (produced < rows.Length || fault is not null)
        {
            throw layout.Damaged(
                segment.Offset,
                $"the {segment.Count} bytes of {layout.Compression} of strip or tile {segment.Index} " +
                (fault is null ? $"give {produced} of {rows.Length} bytes" : $"can't be decoded: {fault}") +
                (segment.Offset + segment.Count == layout.File.Length ? "; the file ends with them, so it may be truncated" : ""));
        }
    }

    /// <summary>How many bytes the segment decodes to. Tiles are stored whole; the last strip ends with the page.</summary>
    private static long WholeSize(PageLayout layout, Segment segment)
    {
        long rows = layout.IsTiled ? layout.SegmentRows : Math.Min(layout.SegmentRows, layout.Height - segment.FirstRow);
        return rows * layout.StoredRowBytes;
    }

    private static void Finish(PageLayout layout, Span<byte> rows)
    {
        int pitch = (int)layout.StoredRowBytes, size = layout.SampleBytes;
        if (layout.Predictor == TiffPredictor.FloatingPoint)
        {
            FloatingPointPredictor.Undo(rows, pitch, layout.SegmentSamples, size); // whose bytes have an order of their own
            return;
        }

        if (layout.SwapsBytes)
            ByteOrder.Swap(rows, size);
        if (layout.Predictor == TiffPredictor.Horizontal)
            HorizontalPredictor.Undo(rows, pitch, layout.SegmentSamples, size);
    }
}
