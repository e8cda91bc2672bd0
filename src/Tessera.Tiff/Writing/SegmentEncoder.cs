using System.IO.Compression;

namespace Tessera.TiffFormat;

/// <summary>From the elements of a block to the bytes of a segment.</summary>
internal static class SegmentEncoder
{
    private const long EncoderState = 512 << 10; // window, hash chains and pending bits of zlib-ng

    /// <summary>
    /// Copies a segment out of a block that holds <paramref name="box"/>, from a row and column of it on. What a tile has beyond the page is 0.
    /// </summary>
    public static void Gather(SinkLayout layout, PageBox box, long fromRow, long fromColumn, ReadOnlySpan<byte> elements, Span<byte> segment)
    {
        int pixel = layout.Samples * layout.ElementType.Size, pitch = (int)layout.RowBytes;
        int rows = (int)Math.Min(layout.SegmentRows, box.Rows - fromRow), columns = (int)Math.Min(layout.SegmentColumns, box.Columns - fromColumn);
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<byte> row = elements.Slice((int)(((fromRow + i) * box.Columns + fromColumn) * pixel), columns * pixel);
            Span<byte> stored = segment.Slice(i * pitch, pitch);
            if (layout.IsBilevel)
            {
                BilevelRow.Pack(row, stored);
            }
            else
            {
                row.CopyTo(stored);
                stored[row.Length..].Clear();
            }
        }

        segment[(rows * pitch)..].Clear();
    }

    /// <summary>What Deflate needs at the most for a number of bytes: zlib-ng's fastest level spends 9 bits on a byte that it can't shorten.</summary>
    public static int MostDeflated(int bytes) => checked(bytes + bytes / 8 + bytes / 64 + 256);

    /// <summary>What making a segment takes: its pixels, the coded bytes and the encoder's state.</summary>
    public static long WorkingBytes(SinkLayout layout)
    {
        if (!layout.IsCompressed && !layout.IsTiled && !layout.IsBilevel)
            return 0;
        int pixels = (int)(layout.SegmentRows * layout.RowBytes);
        return RentedBytes.Capacity(pixels) + (layout.IsCompressed ? RentedBytes.Capacity(MostDeflated(pixels)) + EncoderState : 0);
    }

    /// <summary>Applies the predictor to a segment, in place, and compresses it; returns the number of bytes in <paramref name="coded"/>.</summary>
    public static int Deflate(SinkLayout layout, Span<byte> segment, byte[] coded)
    {
        int pitch = (int)layout.RowBytes, size = layout.ElementType.Size;
        if (layout.Options.Predictor == TiffPredictor.Horizontal)
            HorizontalPredictor.Apply(segment, pitch, layout.Samples, size);
        else if (layout.Options.Predictor == TiffPredictor.FloatingPoint)
            FloatingPointPredictor.Apply(segment, pitch, layout.Samples, size);

        using var output = new MemoryStream(coded);
        using (var zlib = new ZLibStream(output, layout.Options.Level, leaveOpen: true))
            zlib.Write(segment);
        return (int)output.Position;
    }
}
