namespace Tessera.Hdf5Format;

/// <summary>What undoing filters costs: nanoseconds for each byte of a chunk, and bytes that a codec takes beyond what goes in and comes out.</summary>
internal static class FilterCost
{
    private const long Window = 64 << 10;

    /// <summary>Of one core: gzip and lzf as measured with camera counts, the others their usual figures. The same on every machine, as plans are.</summary>
    public static double NanosecondsPerByte(FilterSpec filter) => filter.Id switch
    {
        KnownFilters.Shuffle => 0.1,
        KnownFilters.Fletcher32 => 0.3,
        KnownFilters.Bitshuffle => 0.5,
        KnownFilters.Lz4 or KnownFilters.Blosc => 0.7,
        KnownFilters.Zstd => 1.2,
        KnownFilters.Lzf => 0.8,
        KnownFilters.Deflate => 1.5,
        KnownFilters.Nbit or KnownFilters.ScaleOffset => 3,
        KnownFilters.Szip => 5,
        KnownFilters.Bzip2 => 40,
        _ => ReadCost.Decoding.NanosecondsPerByte,
    };

    /// <summary>The same for writing: states of encoders are the larger ones.</summary>
    public static long StateBytes(FilterSpec filter, long chunk, bool encodes) => filter.Id switch
    {
        KnownFilters.Shuffle or KnownFilters.Fletcher32 or KnownFilters.Nbit or KnownFilters.ScaleOffset => 0,
        KnownFilters.Deflate => encodes ? 8 * Window : Window, // window, hash chains and pending bits of zlib-ng
        KnownFilters.Bzip2 => 64 * Window, // 3.6 MB for blocks of 900 kB
        KnownFilters.Blosc or KnownFilters.Bitshuffle or KnownFilters.Szip => RentedBytes.Capacity(chunk) + (4 * Window), // blocks between two steps
        KnownFilters.Zstd => 4 * Window,
        _ => Window,
    };
}
