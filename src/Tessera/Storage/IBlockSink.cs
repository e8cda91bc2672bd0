namespace Tessera;

/// <summary>
/// Where the elements of an array go: a file, a device. One run writes each block once, from many threads and in any order, then
/// <see cref="Complete"/>s the sink; a run that fails or is cancelled calls <see cref="Abandon"/> instead, after which nothing half-written
/// may be left behind.
/// </summary>
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
}
