namespace Tessera;

/// <summary>
/// Where the elements of an array go: a file, a device. One run writes each block once, from many threads and in any order, then
/// <see cref="Complete"/>s the sink; a run that fails or is cancelled calls <see cref="Abandon"/> instead, after which nothing half-written
/// may be left behind.
/// </summary>
/// <remarks>
/// A sink stays in the process that saves: where tasks are done in worker processes, these make the elements, and this one writes them. The members down to
/// <see cref="Abandon"/> are all that a sink must have; the others have defaults.
/// </remarks>
public interface IBlockSink
{
    /// <summary>What the sink is, for plans and error messages: a file name.</summary>
    string Name { get; }

    /// <summary>The sizes of a storage chunk. Every region that is written begins at a multiple of these and ends at one, or at the array's end.</summary>
    Shape StorageChunks { get; }

    /// <summary>Called once, before anything is written.</summary>
    /// <param name="elementType">The type of the elements to come.</param>
    /// <param name="shape">The sizes of the whole array.</param>
    /// <exception cref="NotSupportedException">The sink can't hold such an array.</exception>
    void Begin(ElementType elementType, Shape shape);

    /// <summary>Takes the elements of <paramref name="region"/>, dense in C order, in the machine's byte order. Called by several threads at once.</summary>
    void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation);

    /// <summary>Every block has been written: finish, and make the result visible.</summary>
    void Complete();

    /// <summary>The run failed: remove what was written.</summary>
    void Abandon();

    /// <summary>
    /// The most bytes that one write of the region takes at a time beside its elements: coded chunks, states of codecs. From 0 to 2^50; 0 unless a sink says. They are reserved in
    /// the memory budget for each task that writes, so this must be quick. Asked before <see cref="Begin"/>, too.
    /// </summary>
    long WorkingBytes(Region region) => 0;

    /// <summary>
    /// True where a region may be written again between <see cref="Begin"/> and <see cref="Complete"/>, after a write of it that was done, that failed or that was
    /// cut off, by the same bounds and with the same elements, and the sink is then as if it had been written once. False unless a sink says: then no region is
    /// written twice, and what fails or dies while it writes ends the run, whatever may be repeated otherwise.
    /// </summary>
    bool IsRewritable => false;

    /// <summary>
    /// True if a write waits more than it computes, so that <see cref="WriteAsync"/> is called instead of <see cref="Write"/>, and tasks occupy no worker while
    /// they wait for it. False unless a sink says.
    /// </summary>
    bool WritesAsync => false;

    /// <summary>Does what <see cref="Write"/> does, and may return before it is done.</summary>
    /// <param name="region">What is written.</param>
    /// <param name="elements">Not to be used any more once the write is done, well or not.</param>
    /// <param name="cancellation">Ends the write early. A computation that stops waits for its writes to end, so they should heed it.</param>
    ValueTask WriteAsync(Region region, ReadOnlyMemory<byte> elements, CancellationToken cancellation)
    {
        Write(region, elements.Span, cancellation);
        return ValueTask.CompletedTask;
    }
}
