namespace Tessera.Hdf5Format;

/// <summary>The filters by the numbers under which The HDF Group lists them.</summary>
internal static class KnownFilters
{
    public const int Deflate = 1;
    public const int Shuffle = 2;
    public const int Fletcher32 = 3;
    public const int Lzf = 32000;

    /// <summary>Makes what undoes a filter; for one that isn't known, something that says so when it is used.</summary>
    public static ChunkFilter Create(FilterSpec spec) => spec.Id switch
    {
        Deflate => new DeflateFilter(spec.Parameters),
        Shuffle => new ShuffleFilter(spec.Parameters),
        Fletcher32 => new Fletcher32Filter(),
        Lzf => new LzfFilter(),
        _ => new UnreadFilter(spec.Id, NameOf(spec)),
    };

    /// <summary>The name that users know, else the one that the file gives.</summary>
    public static string NameOf(FilterSpec spec) => spec.Id switch
    {
        Deflate => "gzip",
        Shuffle => "shuffle",
        Fletcher32 => "fletcher32",
        4 => "szip",
        5 => "nbit",
        6 => "scaleoffset",
        305 => "lzo",
        307 => "bzip2",
        Lzf => "lzf",
        32001 => "blosc",
        32002 => "mafisc",
        32003 => "snappy",
        32004 => "lz4",
        32008 => "bitshuffle",
        32013 => "zfp",
        32014 => "fpzip",
        32015 => "zstd",
        32017 => "sz",
        32019 => "jpeg",
        32024 => "sz3",
        32026 => "blosc2",
        _ => string.IsNullOrEmpty(spec.Name) ? $"filter {spec.Id}" : spec.Name,
    };
}
