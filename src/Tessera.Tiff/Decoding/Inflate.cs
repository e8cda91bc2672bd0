using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Tessera.TiffFormat;

/// <summary>Deflate in a zlib wrapper, by the decoder that .NET brings. The wrapper ends with a checksum of all that was deflated.</summary>
internal static class Inflate
{
    // A strip may hold more rows than its page has, and a tile sticks out of it. Past this much the rest is left unread, and its checksum
    // with it: at 1000 to 1 a small file could keep a reader busy for very long.
    private const long MostSurplus = 64 << 20;

    /// <summary>Decodes until the destination is full or the data end; returns the number of bytes decoded, and what was wrong if something was.</summary>
    /// <param name="source">Holds the coded bytes.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="destination">Where the decoded bytes go.</param>
    /// <param name="toEnd">
    /// Whether to go on behind the last byte that is wanted to the end of the stream. The decoder compares the checksum only there, and a
    /// flipped bit may decode to as many bytes as were wanted.
    /// </param>
    /// <param name="fault">What is wrong: also of bytes that were decoded in full.</param>
    public static int Decode(byte[] source, int count, Span<byte> destination, bool toEnd, out string? fault)
    {
        fault = null;
        int written = 0;
        using var input = new CodedBytes(source, count);
        using var zlib = new ZLibStream(input, CompressionMode.Decompress);
        try
        {
            while (written < destination.Length)
            {
                int read = zlib.Read(destination[written..]);
                if (read == 0)
                    return written;
                written += read;
            }

            if (toEnd)
                ReadSurplus(zlib);
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException)
        {
            // What .NET says here is about entries of ZIP archives; and it compares the checksum as soon as it sees it, before it gives the bytes.
            fault = "the stream is damaged, or doesn't match its checksum (Adler-32)";
        }

        if (written == destination.Length && input.RanOut)
            fault = "the stream is damaged: it ends before its checksum (Adler-32)";
        return written;
    }

    [SkipLocalsInit]
    private static void ReadSurplus(ZLibStream zlib)
    {
        Span<byte> surplus = stackalloc byte[4096];
        int read;
        for (long total = 0; total < MostSurplus && (read = zlib.Read(surplus)) > 0;)
            total += read;
    }
}
