namespace Tessera.Hdf5Format;

/// <summary>
/// The indices that a selection takes along an axis: blocks that begin at equal distances, up to a number of indices. The k-th of them is what the
/// arithmetic is about.
/// </summary>
/// <remarks>By example, start 2, stride 5, block 3, length 7: indices 2 3 4, 7 8 9, 12.</remarks>
/// <param name="Start">The first index.</param>
/// <param name="Stride">From one block's start to the next one's.</param>
/// <param name="Block">Indices in a block.</param>
/// <param name="Length">Indices in all; <see cref="Unlimited"/> where there are as many as the dataset has.</param>
internal readonly record struct AxisSelection(long Start, long Stride, long Block, long Length)
{
    public const long Unlimited = -1;

    public bool IsUnlimited => Length == Unlimited;

    /// <summary>Whether the indices follow each other.</summary>
    public bool IsOneBlock => Block == Stride || (Length >= 0 && Length <= Block);

    /// <summary>Behind the last index.</summary>
    public long End => Length == 0 ? 0 : At(Length - 1) + 1;

    /// <summary>All indices of an axis.</summary>
    public static AxisSelection Whole(long size) => new(0, Math.Max(1, size), Math.Max(1, size), size);

    /// <summary>The k-th index.</summary>
    public long At(long k) => Start + k / Block * Stride + k % Block;

    /// <summary>How many of the indices lie before a position.</summary>
    public long Below(long position)
    {
        if (position <= Start)
            return 0;
        (long blocks, long rest) = Math.DivRem(position - Start, Stride);
        Int128 below = (Int128)blocks * Block + Math.Min(rest, Block);
        return (long)(Length == Unlimited ? below : Int128.Min(below, Length));
    }
}
