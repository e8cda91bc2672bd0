namespace Tessera.Hdf5Format;

/// <summary>Zstandard, by its own library: frames without anything around them. The parameter is the level of compression.</summary>
internal sealed class ZstdFilter() : ChunkFilter(KnownFilters.Zstd)
{
    public override string Name => "zstd";

    public override long MostEncoded(long bytes) => bytes + bytes / 128 + 512;

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        using var zstd = new ZstdLibrary();
        int written = zstd.Decode(source, destination);
        return written >= 0 ? written : throw Damaged($"they are no whole frames, or give more than the {destination.Length} bytes that fit");
    }
}
