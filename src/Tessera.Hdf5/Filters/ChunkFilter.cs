namespace Tessera.Hdf5Format;

/// <summary>
/// One step between the elements of a chunk and its stored bytes. Holds its parameters and nothing else, so it serves any number of threads and
/// travels to other processes.
/// </summary>
internal abstract class ChunkFilter(int id)
{
    /// <summary>The number under which the filter is registered.</summary>
    public int Id => id;

    /// <summary>The name that users know: "gzip", "shuffle".</summary>
    public abstract string Name { get; }

    /// <summary>Whether writing leaves the filter out, if it is optional, for chunks that it doesn't make smaller.</summary>
    public virtual bool MustShrink => false;

    /// <summary>The most bytes that encoding so many bytes can give.</summary>
    public abstract long MostEncoded(long bytes);

    /// <summary>Undoes the filter.</summary>
    /// <param name="source">The stored bytes.</param>
    /// <param name="destination">Room for what they become: as many bytes as the step before may have given, at most.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="FilterException">The bytes are damaged; says what is wrong with them.</exception>
    /// <exception cref="NotSupportedException">Something that the filter needs isn't installed; names it and the package that brings it.</exception>
    public abstract int Decode(ReadOnlySpan<byte> source, Span<byte> destination);

    /// <summary>Applies the filter; <paramref name="destination"/> has room for <see cref="MostEncoded"/>.</summary>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="NotSupportedException">The filter is only read.</exception>
    public virtual int Encode(ReadOnlySpan<byte> source, Span<byte> destination) =>
        throw new NotSupportedException($"The filter '{Name}' is read, not written; write with gzip or lzf, with or without shuffle and fletcher32.");

    /// <summary>The one form of complaints about bytes that a filter can't have written.</summary>
    protected FilterException Damaged(string what, Exception? cause = null) => new($"the bytes of the filter '{Name}' are damaged: {what}", cause);

    /// <summary>What is said where more bytes come out than the chunk can have.</summary>
    protected FilterException TooLong(int room) => Damaged($"they give more than the {room} bytes that the chunk can have at this step");
}
