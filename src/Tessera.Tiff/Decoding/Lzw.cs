using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tessera.TiffFormat;

/// <summary>
/// LZW as TIFF 6.0, section 13, has it: codes of 9 to 12 bits, most significant bit first, each width left one code early. What was written
/// before goes to <see cref="OldLzw"/>.
/// </summary>
/// <remarks>
/// The table doesn't hold strings: the string of a new code is the previous string and the byte that follows it in the output, so it is
/// kept as (where it starts in the output, its length).
/// <code>
/// codes  A B 258 …         output  A B A B
/// 258 = string of A and one more = output[0..2] = "AB", known as soon as B is read
/// </code>
/// </remarks>
internal static class Lzw
{
    private const int Clear = 256, End = 257, First = 258, TableSize = 4096;

    private readonly record struct Entry(int Start, int Length);

    /// <summary>Decodes until the destination is full or the data end or break; returns the number of bytes decoded, and what was wrong.</summary>
    [SkipLocalsInit]
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> destination, out string? fault)
    {
        fault = null;
        if (OldLzw.Is(source))
            return OldLzw.Decode(source, destination, out fault);

        Span<Entry> table = stackalloc Entry[TableSize];
        ulong bits = 0;            // the next bits, from the top
        int held = 0;              // how many of them are whole
        int read = 0, written = 0, width = 9, next = First;
        Entry previous = default;  // of length 0 after a clear code
        while (written < destination.Length)
        {
            if (held < width && !Refill(source, ref read, ref bits, ref held, width))
                return written;

            int code = (int)(bits >> (64 - width));
            bits <<= width;
            held -= width;

            if (code == Clear)
            {
                (width, next, previous) = (9, First, default);
                continue;
            }

            if (code == End)
                return written;

            // The entry that this code completes; its last byte is the one about to be written, so a code may refer to it at once.
            if (previous.Length > 0 && next < TableSize)
            {
                table[next++] = new Entry(previous.Start, previous.Length + 1);
                if (next >= (1 << width) - 1 && width < 12)
                    width++;
            }

            Entry current;
            if (code < Clear)
            {
                destination[written] = (byte)code;
                current = new Entry(written, 1);
            }
            else if (code < next)
            {
                Entry entry = table[code];
                current = new Entry(written, Math.Min(entry.Length, destination.Length - written));
                Copy(destination, entry.Start, written, current.Length);
            }
            else
            {
                fault = $"code {code} comes before it is defined";
                return written;
            }

            previous = current;
            written += current.Length;
        }

        return written;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Refill(ReadOnlySpan<byte> source, ref int read, ref ulong bits, ref int held, int width)
    {
        if (source.Length - read >= sizeof(ulong))
        {
            // The bits past the last whole byte come again with the next refill, and are the same then.
            bits |= BinaryPrimitives.ReadUInt64BigEndian(source[read..]) >> held;
            int bytes = (63 - held) >> 3;
            read += bytes;
            held += bytes * 8;
            return true;
        }

        while (held <= 56 && read < source.Length)
        {
            bits |= (ulong)source[read++] << (56 - held);
            held += 8;
        }

        return held >= width;
    }

    /// <summary>
    /// Copies a string that ends at <paramref name="to"/> or before, or one byte past it: that byte is the string's own first one. Sixteen
    /// bytes at a time where there is room: what is written past the string is overwritten by what comes next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(Span<byte> bytes, int from, int to, int length)
    {
        int known = Math.Min(length, to - from);
        if (bytes.Length - to >= known + Vector128<byte>.Count)
        {
            ref byte first = ref MemoryMarshal.GetReference(bytes);
            for (int i = 0; i < known; i += Vector128<byte>.Count)
                Vector128.LoadUnsafe(ref first, (nuint)(from + i)).StoreUnsafe(ref first, (nuint)(to + i));
        }
        else
        {
            bytes.Slice(from, known).CopyTo(bytes[to..]);
        }

        if (known < length)
            bytes[to + known] = bytes[from];
    }
}
