namespace Tessera.TiffFormat;

/// <summary>
/// LZW as TIFF 5.0's first writers had it, before 1989: the codes of <see cref="Lzw"/>, but each with its least significant bit first, and each width
/// kept until its last code is used. Such data begin with a clear code all the same, 0 and then an odd byte, which is how they are recognized.
/// </summary>
internal static class OldLzw
{
    private const int Clear = 256, End = 257, First = 258, TableSize = 4096;

    /// <summary>Whether the data are of this kind.</summary>
    public static bool Is(ReadOnlySpan<byte> source) => source.Length >= 2 && source[0] == 0 && (source[1] & 1) != 0;

    /// <summary>Decodes until the destination is full or the data end or break; returns the number of bytes decoded, and what was wrong.</summary>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> destination, out string? fault)
    {
        fault = null;
        Span<int> starts = stackalloc int[TableSize], lengths = stackalloc int[TableSize]; // of strings, in the output
        long bit = 0, bits = source.Length * 8L;
        int written = 0, width = 9, next = First, previousStart = 0, previousLength = 0;
        while (written < destination.Length && bit + width <= bits)
        {
            int code = Code(source, bit, width);
            bit += width;
            if (code == Clear)
            {
                (width, next, previousLength) = (9, First, 0);
                continue;
            }

            if (code == End)
                return written;

            // The entry that this code completes: the previous string and the byte about to be written.
            if (previousLength > 0 && next < TableSize)
            {
                (starts[next], lengths[next]) = (previousStart, previousLength + 1);
                next++;
                if (next == 1 << width && width < 12)
                    width++;
            }

            (int start, int length) = (written, 1);
            if (code < Clear)
            {
                destination[written] = (byte)code;
            }
            else if (code < next)
            {
                length = Math.Min(lengths[code], destination.Length - written);
                for (int i = 0; i < length; i++) // a string may end with the byte that it writes first
                    destination[written + i] = destination[starts[code] + i];
            }
            else
            {
                fault = $"code {code} comes before it is defined";
                return written;
            }

            (previousStart, previousLength) = (start, length);
            written += length;
        }

        return written;
    }

    private static int Code(ReadOnlySpan<byte> source, long bit, int width)
    {
        int at = (int)(bit >> 3), code = 0;
        for (int i = Math.Min(2, source.Length - 1 - at); i >= 0; i--) // three bytes hold any code of 12 bits
            code = (code << 8) | source[at + i];
        return (code >> (int)(bit & 7)) & ((1 << width) - 1);
    }
}
