using System.Buffers.Binary;
using System.IO.Compression;

namespace Tessera.TiffFormat;

/// <summary>
/// A PNG file (ISO/IEC 15948): signature, IHDR (sizes), IDATs (the filtered rows through zlib), IEND; each chunk is length, type, data and
/// their CRC-32. Numbers are big end first.
/// </summary>
internal static class PngEncoder
{
    /// <summary>Writes beside a path, and renames.</summary>
    public static void Write(string path, Shape shape, ReadOnlySpan<byte> samples, int sampleBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Check(shape);
        using var beside = new FileBeside(path);
        using (var file = new FileStream(beside.Handle, FileAccess.Write))
            Encode(file, shape, samples, sampleBytes);
        beside.Commit();
    }

    /// <summary>Writes into a stream, one byte after the other.</summary>
    /// <exception cref="ArgumentException">The stream can't be written.</exception>
    public static void Write(Stream stream, Shape shape, ReadOnlySpan<byte> samples, int sampleBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new ArgumentException($"'{StreamBytes.NameOf(stream)}' was to be written, and is a stream that can't be written; it is closed, or for reading only.", nameof(stream));
        Check(shape);
        Encode(stream, shape, samples, sampleBytes);
    }

    private static void Check(Shape shape)
    {
        if (shape.Rank is not (2 or 3) || (shape.Rank == 3 && shape[2] is not (3 or 4)) || shape.Length == 0 || shape[0] > int.MaxValue || shape[1] > int.MaxValue)
        {
            throw new NotSupportedException(
                $"A PNG holds one image of shape (height, width), (height, width, 3) or (height, width, 4), with at least one pixel; the tensor has the shape {shape}.");
        }
    }

    private static void Encode(Stream file, Shape shape, ReadOnlySpan<byte> samples, int sampleBytes)
    {
        int channels = shape.Rank == 2 ? 1 : (int)shape[2], pixelBytes = channels * sampleBytes;
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteHeader(file, shape, channels, sampleBytes);
        using (var data = new PngChunkStream(file))
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal))
            WriteRows(zlib, samples, checked((int)shape[1] * pixelBytes), pixelBytes, sampleBytes);
        PngChunkStream.WriteChunk(file, "IEND"u8, []);
    }

    private static void WriteHeader(Stream file, Shape shape, int channels, int sampleBytes)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, (int)shape[1]);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], (int)shape[0]);
        header[8] = (byte)(sampleBytes * 8);
        header[9] = (byte)(channels switch { 1 => 0, 3 => 2, _ => 6 }); // grey, RGB, RGBA
        header[10..].Clear();                                           // deflate, the usual filters, not interlaced
        PngChunkStream.WriteChunk(file, "IHDR"u8, header);
    }

    /// <summary>Each row goes unfiltered, or as differences from the left or from above, whichever gives the smallest numbers (the standard's own advice).</summary>
    private static void WriteRows(Stream zlib, ReadOnlySpan<byte> samples, int rowBytes, int pixelBytes, int sampleBytes)
    {
        using var rented = new RentedBytes(checked(rowBytes * 2 + 3 * (rowBytes + 1)));
        Span<byte> above = rented.Span[..rowBytes], row = rented.Span.Slice(rowBytes, rowBytes), filtered = rented.Span[(2 * rowBytes)..];
        above.Clear();
        for (int at = 0; at < samples.Length; at += rowBytes)
        {
            samples.Slice(at, rowBytes).CopyTo(row);
            if (BitConverter.IsLittleEndian)
                ByteOrder.Swap(row, sampleBytes);

            int best = 0;
            long least = long.MaxValue;
            for (int filter = 0; filter < 3; filter++)
            {
                long size = Filter(filter, row, above, pixelBytes, filtered.Slice(filter * (rowBytes + 1), rowBytes + 1));
                if (size < least)
                    (best, least) = (filter, size);
            }

            zlib.Write(filtered.Slice(best * (rowBytes + 1), rowBytes + 1));
            row.CopyTo(above);
        }
    }

    /// <summary>Writes the filter's number (0 none, 1 left, 2 above) and the row; returns the sum of the bytes taken as signed sizes.</summary>
    private static long Filter(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, Span<byte> filtered)
    {
        filtered[0] = (byte)filter;
        long size = 0;
        for (int i = 0; i < row.Length; i++)
        {
            int predicted = filter switch { 0 => 0, 1 => i < pixelBytes ? 0 : row[i - pixelBytes], _ => above[i] };
            byte value = (byte)(row[i] - predicted);
            filtered[i + 1] = value;
            size += Math.Abs((int)(sbyte)value);
        }

        return size;
    }
}
