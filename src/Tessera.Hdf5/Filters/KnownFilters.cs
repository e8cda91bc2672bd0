namespace Tessera.Hdf5Format;

/// <summary>The filters by the numbers under which The HDF Group lists them.</summary>
internal static class KnownFilters
{
    public const int Deflate = 1;
    public const int Shuffle = 2;
    public const int Fletcher32 = 3;
    public const int Szip = 4;
    public const int Nbit = 5;
    public const int ScaleOffset = 6;
    public const int Bzip2 = 307;
    public const int Lzf = 32000;
    public const int Blosc = 32001;
    public const int Lz4 = 32004;
    public const int Bitshuffle = 32008;
    public const int Zstd = 32015;

    /// <summary>Makes what undoes a filter; for one that isn't known, something that says so when it is used.</summary>
    public static ChunkFilter Create(FilterSpec spec) => spec.Id switch
    {
        Deflate => new DeflateFilter(spec.Parameters),
        Shuffle => new ShuffleFilter(spec.Parameters),
        Fletcher32 => new Fletcher32Filter(),
        Szip => new SzipFilter(spec.Parameters),
        Nbit => new NbitFilter(spec.Parameters),
        ScaleOffset => new ScaleOffsetFilter(spec.Parameters),
        Bzip2 => new Bzip2Filter(),
        Lzf => new LzfFilter(),
        Blosc => new BloscFilter(),
        Lz4 => new Lz4Filter(spec.Parameters),
        Bitshuffle => new BitshuffleFilter(spec.Parameters),
        Zstd => new ZstdFilter(),
        _ => new UnreadFilter(spec.Id, NameOf(spec)),
    };

    /// <summary>The name that users know, else the one that the file gives.</summary>
    public static string NameOf(FilterSpec spec) => spec.Id switch
    {
        Deflate => "gzip",
        Shuffle => "shuffle",
        Fletcher32 => "fletcher32",
        Szip => "szip",
        Nbit => "nbit",
        ScaleOffset => "scaleoffset",
        305 => "lzo",
        Bzip2 => "bzip2",
        Lzf => "lzf",
        Blosc => "blosc",
        32002 => "mafisc",
        32003 => "snappy",
        Lz4 => "lz4",
        Bitshuffle => "bitshuffle",
        32013 => "zfp",
        32014 => "fpzip",
        Zstd => "zstd",
        32017 => "sz",
        32019 => "jpeg",
        32024 => "sz3",
        32026 => "blosc2",
        _ => string.IsNullOrEmpty(spec.Name) ? $"filter {spec.Id}" : spec.Name,
    };
}
