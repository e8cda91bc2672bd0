namespace Tessera.TiffFormat;

/// <summary>Reads pixels that are stored as they are: straight into the destination where they lie there as in the file, else through a band of rows.</summary>
internal static class RawSegment
{
    // A system call costs about as much as copying 4 KB: where fewer bytes lie between the wanted parts of two rows, they are read too.
    private const int WorthSkipping = 4096;
    private const int BandBytes = 128 * 1024; // stays in the second-level cache
    private const int PieceBytes = 16 * 1024 * 1024; // of a long read, between two looks at the cancellation token

    /// <summary>Of a band, which the file must have, and of the pixels that are widened at a time.</summary>
    public static long WorkingBytes(PageLayout layout) =>
        RentedBytes.Capacity(Math.Min(layout.File.Length, Math.Max(BandBytes, layout.StoredRowBytes))) +
        (layout.IsWidened ? RentedBytes.Capacity(PixelTarget.PieceBytes) : 0);

    public static void Read(PageLayout layout, Segment segment, PixelTarget target, CancellationToken cancellation)
    {
        PageBox part = target.Part;
        long pitch = layout.StoredRowBytes, skippedBits = (part.Column - segment.FirstColumn) * layout.StoredPixelBits;
        int firstBit = (int)(skippedBits & 7); // 0 unless pixels aren't whole bytes
        long wanted = (firstBit + part.Columns * layout.StoredPixelBits + 7) >> 3;
        long at = segment.Offset + (part.Row - segment.FirstRow) * pitch + (skippedBits >> 3);

        if (target.IsDense && wanted == pitch)
            ReadRun(layout, at, pitch, target, cancellation);
        else if (target.IsStraight && pitch - wanted > WorthSkipping)
            ReadRows(layout, at, pitch, target, cancellation);
        else
            ReadBands(layout, at, pitch, wanted, firstBit, target, cancellation);
    }

    /// <summary>Whole rows that follow each other, here and there.</summary>
    private static void ReadRun(PageLayout layout, long at, long pitch, PixelTarget target, CancellationToken cancellation)
    {
        PageBox part = target.Part;
        long rowsAPiece = Math.Max(1, PieceBytes / pitch);
        for (long row = part.Row; row < part.EndRow; row += rowsAPiece)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<byte> rows = target.Rows(row, Math.Min(rowsAPiece, part.EndRow - row));
            Fill(layout, rows, at + (row - part.Row) * pitch);
        }
    }

    /// <summary>Parts of rows, each by itself.</summary>
    private static void ReadRows(PageLayout layout, long at, long pitch, PixelTarget target, CancellationToken cancellation)
    {
        PageBox part = target.Part;
        for (long row = part.Row; row < part.EndRow; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            Fill(layout, target.Row(row), at + (row - part.Row) * pitch);
        }
    }

    /// <summary>Several rows at a time into a buffer, and from there the wanted pixels.</summary>
    private static void ReadBands(
        PageLayout layout, long at, long pitch, long wanted, int firstBit, PixelTarget target, CancellationToken cancellation)
    {
        PageBox part = target.Part;
        long rowsABand = pitch - wanted > WorthSkipping ? 1 : Math.Clamp(BandBytes / pitch, 1, part.Rows);
        long bandBytes = (rowsABand - 1) * pitch + wanted;
        layout.File.Require(at, bandBytes);
        if (bandBytes > Array.MaxLength)
            throw layout.Damaged(at, $"{bandBytes} bytes of one row hold what was asked for; ask for fewer columns at a time");

        using var band = new RentedBytes((int)bandBytes);
        for (long row = part.Row; row < part.EndRow; row += rowsABand)
        {
            cancellation.ThrowIfCancellationRequested();
            long rows = Math.Min(rowsABand, part.EndRow - row);
            Fill(layout, band.Span[..(int)((rows - 1) * pitch + wanted)], at + (row - part.Row) * pitch);
            for (long i = 0; i < rows; i++)
                target.PutRow(row + i, band.Span.Slice((int)(i * pitch), (int)wanted), firstBit);
        }
    }

    private static void Fill(PageLayout layout, Span<byte> bytes, long at)
    {
        layout.File.Read(bytes, at);
        if (layout.ReversesBits)
            ByteOrder.MirrorBits(bytes);
        if (layout.SwapsBytes)
            ByteOrder.Swap(bytes, layout.SampleBytes);
    }
}
