namespace Tessera;

/// <summary>How an array is written as a dataset. The defaults give chunks without filters, which every program reads.</summary>
/// <example><code>
/// array.SaveHdf5("cells.h5", "/raw", new Hdf5SaveOptions { Compression = Hdf5Compression.Gzip, Level = 1, Shuffle = true });
/// </code></example>
public sealed record Hdf5SaveOptions
{
    /// <summary>How chunks are compressed.</summary>
    public Hdf5Compression Compression { get; init; } = Hdf5Compression.None;

    /// <summary>How hard gzip tries: 0 to 9; 4 when left out. Goes with <see cref="Hdf5Compression.Gzip"/> alone.</summary>
    public int? Level { get; init; }

    /// <summary>Whether the bytes of a chunk's elements are regrouped, all first bytes first, which most data compress better.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Whether a checksum is stored with each chunk, which reading compares.</summary>
    public bool Fletcher32 { get; init; }

    /// <summary>
    /// The sizes of a storage chunk. Left out, they are chosen: along the array's own chunks, near 1 MB. Sizes beyond what the dataset can
    /// ever have are cut to that. Ignored where <see cref="Contiguous"/>, and for scalars, which have no chunks and no filters.
    /// </summary>
    public Shape? StorageChunks { get; init; }

    /// <summary>Whether the elements lie in one piece, without chunks: no compression, no growing.</summary>
    public bool Contiguous { get; init; }

    /// <summary>
    /// How far the dataset may grow later, an entry an axis; null is without limit. Left out, it has the array's sizes for good.
    /// </summary>
    public IReadOnlyList<long?>? MaxShape { get; init; }

    /// <summary>Attributes of the dataset: numbers, bool, strings, and arrays of them.</summary>
    public IReadOnlyDictionary<string, object>? Attributes { get; init; }

    /// <summary>
    /// Whether a dataset that is there already is replaced. Otherwise it is an error, before anything is computed. The file doesn't become smaller: the
    /// room of the old one stays unused, until a program such as h5repack writes the file anew.
    /// </summary>
    public bool Replace { get; init; }

    /// <summary>
    /// Which versions of the library can read what is written: those from 1.8 on (false), or only those from 1.10 on, with structures in which
    /// chunks are found faster (true). It applies to the dataset, and to the file if this makes one; a file that is there keeps its own.
    /// </summary>
    public bool LatestFormat { get; init; }

    /// <summary>
    /// Whether a file that is there is changed itself. Otherwise a copy is changed, which then takes its place, so that the file is intact whatever
    /// happens; file systems that can (APFS, Btrfs, XFS, ReFS) make it without copying. In place suits files too large to be copied; a process
    /// that dies while it writes, or a disk that is full, may leave such a file damaged.
    /// </summary>
    public bool InPlace { get; init; }
}
