using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tessera.Kernels;

/// <summary>The innermost one or two axes of a <see cref="StridedCopy"/>.</summary>
internal static unsafe class StridedRow
{
    private const int SquaresPerStrip = 8;
    private const int RowsAhead = 16;

    // Optimized from the first call, as the squares below: one call may be the whole work.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(nint source, nint destination, CopyAxis axis)
        where T : unmanaged
    {
        if (axis.Destination == sizeof(T) && axis.Source == sizeof(T))
        {
            Buffer.MemoryCopy((void*)source, (void*)destination, axis.Extent * sizeof(T), axis.Extent * sizeof(T));
        }
        else if (axis.Destination == sizeof(T) && axis.Source == 0 && axis.Extent <= int.MaxValue)
        {
            new Span<T>((void*)destination, (int)axis.Extent).Fill(*(T*)source);
        }
        else
        {
            CopyEach<T>(source, (nint)axis.Source, destination, (nint)axis.Destination, axis.Extent);
        }
    }

    /// <summary>Whether rows of so many bytes are copied faster by <see cref="CopyRows"/>.</summary>
    public static bool IsShort(long bytes) => bytes is >= 16 and <= 1024;

    /// <summary>
    /// Copies short rows, dense in both layouts. The processor fetches ahead along a row, and would wait at the beginning of each of these; so those
    /// some rows ahead are asked for here.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyRows(nint source, nint destination, CopyAxis rows, long bytes)
    {
        long fetched = rows.Extent - RowsAhead, distance = RowsAhead * rows.Source;
        for (long row = 0; row < rows.Extent; row++)
        {
            byte* from = (byte*)source, to = (byte*)destination;
            for (long at = 0; row < fetched && at < bytes + KernelMemory.LineBytes - 1; at += KernelMemory.LineBytes)
                KernelMemory.Fetch(from + distance + at);

            long done = 0;
            for (; done + Vector256<byte>.Count <= bytes; done += Vector256<byte>.Count)
                Vector256.Load(from + done).Store(to + done);
            if (bytes - done >= Vector128<byte>.Count)
                Vector128.Load(from + done).Store(to + done);
            if (done < bytes)
                Vector128.Load(from + bytes - Vector128<byte>.Count).Store(to + bytes - Vector128<byte>.Count); // over what is there already
            source += (nint)rows.Source;
            destination += (nint)rows.Destination;
        }
    }

    /// <summary>
    /// Copies where the source is denser along <paramref name="across"/> and the destination along <paramref name="inner"/>: in squares of
    /// one cache line each way, so that each line is fetched once, and several squares along the source's lines before the next lines,
    /// so that each page is too.
    /// </summary>
    public static void CopySquares<T>(nint source, nint destination, CopyAxis across, CopyAxis inner)
        where T : unmanaged
    {
        long edge = KernelMemory.LineBytes / sizeof(T);
        for (long strip = 0; strip < across.Extent; strip += edge * SquaresPerStrip)
        {
            long end = Math.Min(strip + (edge * SquaresPerStrip), across.Extent);
            for (long column = 0; column < inner.Extent; column += edge)
            {
                CopyAxis columns = inner with { Extent = Math.Min(edge, inner.Extent - column) };
                for (long row = strip; row < end; row += edge)
                {
                    nint from = source + (nint)((row * across.Source) + (column * inner.Source));
                    nint to = destination + (nint)((row * across.Destination) + (column * inner.Destination));
                    CopySquare<T>(from, to, across with { Extent = Math.Min(edge, end - row) }, columns);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopySquare<T>(nint source, nint destination, CopyAxis across, CopyAxis inner)
        where T : unmanaged
    {
        long rows = 0, columns = 0;
        if (sizeof(T) < sizeof(ulong) && across.Source == sizeof(T) && inner.Destination == sizeof(T))
        {
            int perWord = sizeof(ulong) / sizeof(T);
            rows = across.Extent / perWord * perWord;
            columns = inner.Extent / perWord * perWord;
            for (long column = 0; column < columns; column += perWord)
            {
                nint from = source + (nint)(column * inner.Source), to = destination + (nint)(column * sizeof(T));
                for (long row = 0; row < rows; row += perWord)
                {
                    TransposeWords<T>(from, (nint)inner.Source, to, (nint)across.Destination);
                    from += sizeof(ulong);
                    to += perWord * (nint)across.Destination;
                }
            }
        }

        bool isDone = rows == across.Extent && columns == inner.Extent;
        for (long row = 0; row < across.Extent && !isDone; row++)
        {
            long column = row < rows ? columns : 0;
            nint from = source + (nint)((row * across.Source) + (column * inner.Source));
            nint to = destination + (nint)((row * across.Destination) + (column * inner.Destination));
            if (inner.Destination == sizeof(T))
                CopyEach<T>(from, (nint)inner.Source, to, sizeof(T), inner.Extent - column);
            else
                CopyEach<T>(from, (nint)inner.Source, to, (nint)inner.Destination, inner.Extent - column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyEach<T>(nint source, nint sourceStride, nint destination, nint destinationStride, long count)
        where T : unmanaged
    {
        for (long i = 0; i < count; i++)
        {
            *(T*)destination = *(T*)source;
            source += sourceStride;
            destination += destinationStride;
        }
    }

    /// <summary>
    /// Transposes 8 × 8 bytes, 4 × 4 shorts or 2 × 2 ints, each row a 64-bit word: halves of words are exchanged between rows, then quarters,
    /// then eighths (Warren, "Hacker's Delight", section 7-3).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeWords<T>(nint source, nint sourceStride, nint destination, nint destinationStride)
        where T : unmanaged
    {
        if (sizeof(T) == 1)
        {
            ulong a = Take(ref source, sourceStride), b = Take(ref source, sourceStride);
            ulong c = Take(ref source, sourceStride), d = Take(ref source, sourceStride);
            ulong e = Take(ref source, sourceStride), f = Take(ref source, sourceStride);
            ulong g = Take(ref source, sourceStride), h = Take(ref source, sourceStride);
            Exchange(ref a, ref e, 32, 0x00000000FFFFFFFF);
            Exchange(ref b, ref f, 32, 0x00000000FFFFFFFF);
            Exchange(ref c, ref g, 32, 0x00000000FFFFFFFF);
            Exchange(ref d, ref h, 32, 0x00000000FFFFFFFF);
            Exchange(ref a, ref c, 16, 0x0000FFFF0000FFFF);
            Exchange(ref b, ref d, 16, 0x0000FFFF0000FFFF);
            Exchange(ref e, ref g, 16, 0x0000FFFF0000FFFF);
            Exchange(ref f, ref h, 16, 0x0000FFFF0000FFFF);
            Exchange(ref a, ref b, 8, 0x00FF00FF00FF00FF);
            Exchange(ref c, ref d, 8, 0x00FF00FF00FF00FF);
            Exchange(ref e, ref f, 8, 0x00FF00FF00FF00FF);
            Exchange(ref g, ref h, 8, 0x00FF00FF00FF00FF);
            Put(ref destination, destinationStride, a);
            Put(ref destination, destinationStride, b);
            Put(ref destination, destinationStride, c);
            Put(ref destination, destinationStride, d);
            Put(ref destination, destinationStride, e);
            Put(ref destination, destinationStride, f);
            Put(ref destination, destinationStride, g);
            Put(ref destination, destinationStride, h);
        }
        else if (sizeof(T) == 2)
        {
            ulong a = Take(ref source, sourceStride), b = Take(ref source, sourceStride);
            ulong c = Take(ref source, sourceStride), d = Take(ref source, sourceStride);
            Exchange(ref a, ref c, 32, 0x00000000FFFFFFFF);
            Exchange(ref b, ref d, 32, 0x00000000FFFFFFFF);
            Exchange(ref a, ref b, 16, 0x0000FFFF0000FFFF);
            Exchange(ref c, ref d, 16, 0x0000FFFF0000FFFF);
            Put(ref destination, destinationStride, a);
            Put(ref destination, destinationStride, b);
            Put(ref destination, destinationStride, c);
            Put(ref destination, destinationStride, d);
        }
        else
        {
            ulong a = Take(ref source, sourceStride), b = Take(ref source, sourceStride);
            Exchange(ref a, ref b, 32, 0x00000000FFFFFFFF);
            Put(ref destination, destinationStride, a);
            Put(ref destination, destinationStride, b);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Take(ref nint address, nint stride)
    {
        ulong word = *(ulong*)address;
        address += stride;
        return word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref nint address, nint stride, ulong word)
    {
        *(ulong*)address = word;
        address += stride;
    }

    /// <summary>Exchanges the upper parts of the first word with the lower parts of the second, each <paramref name="bits"/> wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(ref ulong first, ref ulong second, int bits, ulong lower)
    {
        ulong differing = ((first >> bits) ^ second) & lower;
        second ^= differing;
        first ^= differing << bits;
    }
}
