namespace Tessera;

/// <summary>
/// Where the elements of an array come from: a file, a device, a formula. Opening a source reads headers at most;
/// elements are read when an array over it is computed, by many threads at once.
/// </summary>
public interface IBlockSource
{
    /// <summary>What the source is, for plans and error messages: a file name, a formula.</summary>
    string Name { get; }

    /// <summary>The type of one element.</summary>
    ElementType ElementType { get; }

    /// <summary>The sizes of the whole array.</summary>
    Shape Shape { get; }

    /// <summary>
    /// The smallest box that can be read without extra work, starting from index 0 along each axis: the strip, tile or chunk that is
    /// decoded as a whole. Sizes of 1 say that any box can be read at the cost of its own elements.
    /// </summary>
    Shape StorageChunks { get; }

    /// <summary>
    /// True where making the elements again costs little more than reading them from memory (a formula, an uncompressed file), so that a plan
    /// which needs them twice may read them twice.
    /// </summary>
    bool IsCheap { get; }

    /// <summary>
    /// Fills <paramref name="destination"/> with the elements of <paramref name="region"/>, dense in C order, in the machine's byte order.
    /// Called by several threads at once.
    /// </summary>
    /// <param name="region">A box inside <see cref="Shape"/>.</param>
    /// <param name="destination">Exactly the bytes of the region's elements.</param>
    /// <param name="cancellation">Ends a long read early with an <see cref="OperationCanceledException"/>.</param>
    void Read(Region region, Span<byte> destination, CancellationToken cancellation);
}
