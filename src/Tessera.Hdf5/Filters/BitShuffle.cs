using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tessera.Hdf5Format;

/// <summary>
/// Turns rows of bits back into elements. Of n elements (a multiple of 8) of s bytes there are 8 s rows of n / 8 bytes: row 8 p + k holds bit k of
/// byte p of all elements, the first element's in the lowest bit. Woven together, the eight rows of a byte p give for each eight elements a square
/// of 8 by 8 bits, which is transposed as one 64-bit number. That makes a plane of <see cref="ByteShuffle"/>, which sorts planes into elements.
/// </summary>
internal static class BitShuffle
{
    /// <summary>Undoes it; both have the same length, 8 elements or a multiple of that.</summary>
    public static void Undo(ReadOnlySpan<byte> rows, Span<byte> elements, int size)
    {
        int count = elements.Length / size;
        using var planes = new RentedBytes(elements.Length);
        for (int p = 0; p < size; p++)
        {
            Span<byte> plane = planes.Span.Slice(p * count, count);
            ByteShuffle.Undo(rows.Slice(p * count, count), plane, 8);
            Transpose(MemoryMarshal.Cast<byte, ulong>(plane));
        }

        ByteShuffle.Undo(planes.Span, elements, size);
    }

    private static void Transpose(Span<ulong> squares)
    {
        int i = 0;
        ref ulong first = ref MemoryMarshal.GetReference(squares);
        for (; i <= squares.Length - Vector256<ulong>.Count; i += Vector256<ulong>.Count)
            Transposed(Vector256.LoadUnsafe(ref first, (nuint)i)).StoreUnsafe(ref first, (nuint)i);
        for (; i < squares.Length; i++)
            squares[i] = Transposed(Vector256.Create(squares[i]))[0];
    }

    /// <summary>Transposes squares of 8 by 8 bits, a byte being a row: first single bits change places across the diagonal, then pairs, then fours.</summary>
    private static Vector256<ulong> Transposed(Vector256<ulong> x)
    {
        Vector256<ulong> t = (x ^ x >>> 7) & Vector256.Create(0x00AA00AA00AA00AAul);
        x ^= t ^ t << 7;
        t = (x ^ x >>> 14) & Vector256.Create(0x0000CCCC0000CCCCul);
        x ^= t ^ t << 14;
        t = (x ^ x >>> 28) & Vector256.Create(0x00000000F0F0F0F0ul);
        return x ^ t ^ t << 28;
    }
}
