namespace Tessera.Expressions;

/// <summary>
/// What elements cost, in nanoseconds of one worker: rough figures of a machine that reads memory at 19 GB/s from one core. Only their relations matter, and
/// none is changed by the machine at hand, so that plans are the same on all. What an operation costs is in its row of the table of operations.
/// </summary>
internal static class Cost
{
    /// <summary>A byte of memory, read once: 30 GB/s while other cores read, too.</summary>
    public const double ReadByte = 0.03;

    /// <summary>A byte of a source that is cheap: an uncompressed file in the system's cache, 10 GB/s.</summary>
    public const double CheapByte = 0.1;

    /// <summary>A byte of a source that is expensive: a decoder of 500 MB/s.</summary>
    public const double ExpensiveByte = 2;

    /// <summary>A generated element: a random number.</summary>
    public const double Generated = 1;

    /// <summary>An element by a user's function, called through a delegate with an index.</summary>
    public const double Function = 50;

    /// <summary>An element of memory or of a block.</summary>
    public static double Reading(ElementType type) => ReadByte * type.Size;
}
