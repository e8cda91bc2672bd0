namespace Tessera;

/// <summary>
/// Where the elements of an array come from: a file, a device, a formula. Opening a source reads headers at most;
/// elements are read when an array over it is computed, by many threads at once.
/// </summary>
/// <remarks>
/// The members down to <see cref="Read"/> are all that a source must have. The others have defaults, and tell a plan more: what reading costs
/// (<see cref="Cost"/>), what memory it takes (<see cref="WorkingBytes"/>), whether it mostly waits (<see cref="ReadsAsync"/>), and in which form the source
/// goes to worker processes (<see cref="TravelForm"/>).
/// </remarks>
public interface IBlockSource : ITravels
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

    /// <summary>
    /// What a read costs. Unless a source says, <see cref="ReadCost.UncompressedFile"/> where it is cheap, else <see cref="ReadCost.Decoding"/>.
    /// </summary>
    ReadCost Cost => IsCheap ? ReadCost.UncompressedFile : ReadCost.Decoding;

    /// <summary>
    /// The most bytes that one read of the region, or of any part of it, takes at a time beyond its destination: coded and decoded chunks, states of codecs, but not
    /// what a cache of the source keeps between reads. From 0 to 2^50; 0 unless a source says. They are reserved in the memory budget for each task that reads, so this must be quick: a plan asks for every task.
    /// </summary>
    long WorkingBytes(Region region) => 0;

    /// <summary>
    /// True where a read waits more than it computes (an object store, a server), so that <see cref="ReadAsync"/> is better: tasks of their own read such a
    /// source into memory, many at once, and occupy no worker while they wait. False unless a source says.
    /// </summary>
    bool ReadsAsync => false;

    /// <summary>
    /// Does what <see cref="Read"/> does, and may return before it is done. Called where <see cref="ReadsAsync"/> is true, as often at a time as the memory budget
    /// has room for the elements; a source that serves fewer requests at once lets the others wait, and one whose storage chunks are small, of which a region has
    /// several, may ask for these at once. <see cref="Read"/> is still called where elements are
    /// needed at once: where memory is too small to keep them, and by code of others.
    /// </summary>
    /// <param name="region">A box inside <see cref="Shape"/>.</param>
    /// <param name="destination">Exactly the bytes of the region's elements; not to be used any more once the read is done, well or not.</param>
    /// <param name="cancellation">Ends the read early. A computation that stops waits for its reads to end, so they should heed it.</param>
    ValueTask ReadAsync(Region region, Memory<byte> destination, CancellationToken cancellation)
    {
        Read(region, destination.Span, cancellation);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// What goes to worker processes in the place of the source: what it is opened with, such as a path and what was read of the file. Null unless a source says;
    /// then the source goes there by its fields, whatever these are, and what can't travel among them is refused. What is opened there must say of itself what this
    /// source does.
    /// </summary>
    /// <remarks>
    /// Its type in a class must be exactly this one, whatever the form makes: a member of another type, such as <c>ITravelForm&lt;Mine&gt;</c>, doesn't implement it,
    /// and <see cref="ChunkedArray.FromSource{T}(IBlockSource, Chunks)"/> refuses the source. This is true of all members with defaults: one in a class that derives from another, which
    /// implements the interface, counts only if the derived class names the interface again.
    /// </remarks>
    new ITravelForm<IBlockSource>? TravelForm => null;

    /// <inheritdoc/>
    ITravelForm<object>? ITravels.TravelForm => TravelForm;
}
