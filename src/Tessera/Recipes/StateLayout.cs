using Tessera.Kernels;

namespace Tessera.Recipes;

/// <summary>
/// How the states of a reduction lie in a block: component after component, each an array with an element for each result, that begins at a cache line.
/// <code>
/// variance of 100 results:   bytes 0 … 799 means · bytes 832 … 1631 squares · 1664 bytes in all
/// </code>
/// </summary>
internal static class StateLayout
{
    private const long CacheLine = 64;

    /// <summary>The bytes of the states of so many results.</summary>
    public static long Bytes(Reduction reduction, long results) => OffsetOf(reduction.State.Length, reduction, results);

    /// <summary>Where a component begins.</summary>
    public static long OffsetOf(int component, Reduction reduction, long results)
    {
        long bytes = 0;
        for (int before = 0; before < component; before++)
            bytes += ((results * reduction.State[before].Type.Size) + CacheLine - 1) & -CacheLine;
        return bytes;
    }
}
