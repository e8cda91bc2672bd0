namespace Tessera.Hdf5Format;

/// <summary>
/// Groups the bytes of a chunk by their place in an element: all first bytes, then all second ones. The parameter is the size of an element; bytes
/// at the end that make no whole element stay there.
/// </summary>
internal sealed class ShuffleFilter(uint[] parameters) : ChunkFilter(KnownFilters.Shuffle)
{
    public override string Name => "shuffle";

    public override long MostEncoded(long bytes) => bytes;

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        destination = Matching(source, destination);
        ByteShuffle.Undo(source, destination, ElementSize(source.Length));
        return source.Length;
    }

    public override int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        destination = Matching(source, destination);
        ByteShuffle.Apply(source, destination, ElementSize(source.Length));
        return source.Length;
    }

    private Span<byte> Matching(ReadOnlySpan<byte> source, Span<byte> destination) =>
        source.Length <= destination.Length ? destination[..source.Length] : throw TooLong(destination.Length);

    /// <summary>An element that is larger than the chunk leaves it as it is, as does one of a byte.</summary>
    private int ElementSize(int length) => parameters.Length > 0 && parameters[0] is > 0 and var size && size <= (uint)length ? (int)size : 1;
}
