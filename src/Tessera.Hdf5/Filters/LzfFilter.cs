namespace Tessera.Hdf5Format;

/// <summary>
/// LZF, the fast compression that h5py brings. Its parameters (versions and the size of a chunk) aren't needed. H5py leaves it out for chunks that
/// it doesn't make smaller, and so does writing here.
/// </summary>
internal sealed class LzfFilter() : ChunkFilter(KnownFilters.Lzf)
{
    public override string Name => "lzf";

    public override bool MustShrink => true;

    public override long MostEncoded(long bytes) => bytes + bytes / Lzf.MostLiterals + 16;

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int written = Lzf.Decode(source, destination, out string? fault);
        return fault is null ? written : throw Damaged(fault);
    }

    public override int Encode(ReadOnlySpan<byte> source, Span<byte> destination) => Lzf.Encode(source, destination);
}
