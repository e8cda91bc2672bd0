using System.IO.Compression;

namespace Tessera.TiffFormat;

/// <summary>Deflate in a zlib wrapper, by the decoder that .NET brings.</summary>
internal static class Inflate
{
    /// <summary>Decodes until the destination is full or the data end; returns the number of bytes decoded, and what was wrong if the decoder complained.</summary>
    public static int Decode(byte[] source, int count, Span<byte> destination, out string? fault)
    {
        fault = null;
        int written = 0;
        using var input = new MemoryStream(source, 0, count, writable: false);
        using var zlib = new ZLibStream(input, CompressionMode.Decompress);
        try
        {
            while (written < destination.Length)
            {
                int read = zlib.Read(destination[written..]);
                if (read == 0)
                    break;
                written += read;
            }
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException)
        {
            fault = damage.Message.TrimEnd('.');
        }

        return written;
    }
}
