using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Tessera.TiffFormat;

/// <summary>
/// Deflate in a zlib wrapper, which ends with a checksum of all that was deflated. Streams that are wanted whole are decoded by libdeflate if it is
/// there, all others by the decoder that .NET brings.
/// </summary>
internal static class Inflate
{
    // A strip may hold more rows than its page has, and a tile sticks out of it. Past this much the rest is left unread, and its checksum
    // with it: at 1000 to 1 a small file could keep a reader busy for very long.
    private const long MostSurplus = 64 << 20;

    /// <summary>Decodes until the destination is full or the data end; returns the number of bytes decoded, and what was wrong if something was.</summary>
    /// <param name="source">Holds the coded bytes.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="destination">Where the decoded bytes go.</param>
    /// <param name="whole">How many bytes the stream should give to its end.</param>
    /// <param name="toEnd">
    /// Whether to go on behind the last byte that is wanted to the end of the stream. The decoder compares the checksum only there, and a
    /// flipped bit may decode to as many bytes as were wanted.
    /// </param>
    /// <param name="fault">What is wrong: also of bytes that were decoded in full.</param>
    public static int Decode(byte[] source, int count, Span<byte> destination, long whole, bool toEnd, out string? fault)
    {
        fault = null;
        return TryWhole(source.AsSpan(0, count), destination, whole, toEnd, out int written)
            ? written
            : ByStream(source, count, destination, toEnd, out fault);
    }

    /// <summary>The same with .NET's decoder alone, which can stop at any byte.</summary>
    public static int ByStream(byte[] source, int count, Span<byte> destination, bool toEnd, out string? fault)
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

    /// <summary>
    /// Decodes the whole stream at once, into a buffer where only its beginning is wanted. That pays if all of it must be decoded anyway for its
    /// checksum, or if the beginning is half of it, because to the end is then no further than half as fast to the middle.
    /// </summary>
    private static bool TryWhole(ReadOnlySpan<byte> source, Span<byte> destination, long whole, bool toEnd, out int written)
    {
        written = 0;
        if (!Libdeflate.IsInstalled || whole - destination.Length > (toEnd ? MostSurplus : destination.Length))
            return false;

        int room = (int)Math.Min(whole, Math.Min(Expansion.MostBytes(TiffCompression.Deflate, source.Length), Array.MaxLength));
        if (room <= destination.Length)
            return Libdeflate.TryDecode(source, destination, out written);
        using var buffer = new RentedBytes(room);
        if (!Libdeflate.TryDecode(source, buffer.Span, out int decoded))
            return false;
        written = Math.Min(decoded, destination.Length);
        buffer.Span[..written].CopyTo(destination);
        return true;
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
