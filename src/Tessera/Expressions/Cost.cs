namespace Tessera.Expressions;

/// <summary>
/// What elements cost, in nanoseconds of one worker: rough figures of a machine that reads memory at 19 GB/s from one core. Only their relations matter, and
/// none is changed by the machine at hand, so that plans are the same on all. What an operation costs is in its row of the table of operations.
/// </summary>
internal static class Cost
{
    /// <summary>A byte of memory, read once: 30 GB/s while other cores read, too.</summary>
    public const double ReadByte = 0.03;

    /// <summary>That a source reads at a time, at least: as many as a tile has.</summary>
    public const double ElementsOfARead = 1 << 16;

    /// <summary>An element of memory or of a block.</summary>
    public static double Reading(ElementType type) => ReadByte * type.Size;
}
