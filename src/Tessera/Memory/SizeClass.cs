using System.Diagnostics;
using System.Numerics;

namespace Tessera.Memory;

/// <summary>
/// The sizes in which blocks are made, so that a returned block fits the next one asked for: every power of two from 256 bytes on, cut in
/// four. A block is at most a quarter larger than what was asked.
/// </summary>
/// <example>Classes 0, 1, 2, 3, 4, … hold 256, 320, 384, 448, 512, … bytes; 330 bytes come from class 2.</example>
internal static class SizeClass
{
    private const int SmallestLog2 = 8;

    /// <summary>The largest block that can be asked for: more than any process can address today.</summary>
    public const long LargestBytes = 1L << 50;

    /// <summary>How many classes there are.</summary>
    public const int Count = 4 * (50 - SmallestLog2) + 1;

    /// <summary>The smallest class that holds <paramref name="bytes"/>.</summary>
    public static int IndexOf(long bytes)
    {
        Debug.Assert(bytes is >= 0 and <= LargestBytes, "Sizes are checked by the pool.");
        if (bytes <= 1L << SmallestLog2)
            return 0;

        long last = bytes - 1;
        int log2 = BitOperations.Log2((ulong)last);
        int quarter = (int)(last >> (log2 - 2)) & 3;
        return 4 * (log2 - SmallestLog2) + quarter + 1;
    }

    /// <summary>The bytes of a block of this class: a multiple of 64.</summary>
    public static long BytesOf(int index) => (4L + index % 4) << (SmallestLog2 - 2 + index / 4);
}
