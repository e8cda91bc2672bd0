using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>The innermost one or two axes of a <see cref="StridedCopy"/>.</summary>
internal static unsafe class StridedRow
{
    private const int CacheLine = 64;

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
            for (long i = 0; i < axis.Extent; i++)
                *(T*)(destination + (nint)(i * axis.Destination)) = *(T*)(source + (nint)(i * axis.Source));
        }
    }

    /// <summary>
    /// Copies where the source is denser along <paramref name="across"/> and the destination along <paramref name="inner"/>: in squares of
    /// one cache line each way, so that each line is fetched once.
    /// </summary>
    public static void CopySquares<T>(nint source, nint destination, CopyAxis across, CopyAxis inner)
        where T : unmanaged
    {
        long edge = CacheLine / sizeof(T);
        for (long row = 0; row < across.Extent; row += edge)
        {
            CopyAxis rows = across with { Extent = Math.Min(edge, across.Extent - row) };
            nint sourceRow = source + (nint)(row * across.Source), destinationRow = destination + (nint)(row * across.Destination);
            for (long column = 0; column < inner.Extent; column += edge)
            {
                CopyAxis columns = inner with { Extent = Math.Min(edge, inner.Extent - column) };
                CopySquare<T>(sourceRow + (nint)(column * inner.Source), destinationRow + (nint)(column * inner.Destination), rows, columns);
            }
        }
    }

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
                for (long row = 0; row < rows; row += perWord)
                {
                    TransposeWords<T>(
                        source + (nint)((column * inner.Source) + (row * sizeof(T))), inner.Source,
                        destination + (nint)((row * across.Destination) + (column * sizeof(T))), across.Destination);
                }
            }
        }

        for (long row = 0; row < across.Extent; row++)
        {
            nint from = source + (nint)(row * across.Source), to = destination + (nint)(row * across.Destination);
            for (long column = row < rows ? columns : 0; column < inner.Extent; column++)
                *(T*)(to + (nint)(column * inner.Destination)) = *(T*)(from + (nint)(column * inner.Source));
        }
    }

    /// <summary>
    /// Transposes 8 × 8 bytes, 4 × 4 shorts or 2 × 2 ints, each row a 64-bit word: halves of words are exchanged between rows, then quarters,
    /// then eighths (Warren, "Hacker's Delight", section 7-3).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeWords<T>(nint source, long sourceStride, nint destination, long destinationStride)
        where T : unmanaged
    {
        if (sizeof(T) == 1)
        {
            ulong a = Word(source, sourceStride, 0), b = Word(source, sourceStride, 1);
            ulong c = Word(source, sourceStride, 2), d = Word(source, sourceStride, 3);
            ulong e = Word(source, sourceStride, 4), f = Word(source, sourceStride, 5);
            ulong g = Word(source, sourceStride, 6), h = Word(source, sourceStride, 7);
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
            Word(destination, destinationStride, 0) = a;
            Word(destination, destinationStride, 1) = b;
            Word(destination, destinationStride, 2) = c;
            Word(destination, destinationStride, 3) = d;
            Word(destination, destinationStride, 4) = e;
            Word(destination, destinationStride, 5) = f;
            Word(destination, destinationStride, 6) = g;
            Word(destination, destinationStride, 7) = h;
        }
        else if (sizeof(T) == 2)
        {
            ulong a = Word(source, sourceStride, 0), b = Word(source, sourceStride, 1);
            ulong c = Word(source, sourceStride, 2), d = Word(source, sourceStride, 3);
            Exchange(ref a, ref c, 32, 0x00000000FFFFFFFF);
            Exchange(ref b, ref d, 32, 0x00000000FFFFFFFF);
            Exchange(ref a, ref b, 16, 0x0000FFFF0000FFFF);
            Exchange(ref c, ref d, 16, 0x0000FFFF0000FFFF);
            Word(destination, destinationStride, 0) = a;
            Word(destination, destinationStride, 1) = b;
            Word(destination, destinationStride, 2) = c;
            Word(destination, destinationStride, 3) = d;
        }
        else
        {
            ulong a = Word(source, sourceStride, 0), b = Word(source, sourceStride, 1);
            Exchange(ref a, ref b, 32, 0x00000000FFFFFFFF);
            Word(destination, destinationStride, 0) = a;
            Word(destination, destinationStride, 1) = b;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref ulong Word(nint address, long stride, int row) => ref *(ulong*)(address + (nint)(row * stride));

    /// <summary>Exchanges the upper parts of the first word with the lower parts of the second, each <paramref name="bits"/> wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(ref ulong first, ref ulong second, int bits, ulong lower)
    {
        ulong differing = ((first >> bits) ^ second) & lower;
        second ^= differing;
        first ^= differing << bits;
    }
}
