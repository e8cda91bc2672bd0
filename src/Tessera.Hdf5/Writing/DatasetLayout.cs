namespace Tessera.Hdf5Format;

/// <summary>
/// How an array is stored as a dataset: in one piece, or in chunks with filters. Checked when made, so that what can't be written is refused
/// before anything is computed.
/// </summary>
internal sealed class DatasetLayout
{
    /// <summary>A chunk and what it may become when it is encoded are arrays.</summary>
    private const long MostChunkBytes = 1 << 30;

    private const int MostRank = 32;
    private const int UsualLevel = 4; // of gzip

    /// <param name="elementType">Of the array.</param>
    /// <param name="shape">Of the array.</param>
    /// <param name="options">What the user says.</param>
    /// <param name="grid">The array's own chunks, along which storage chunks are chosen where the user says nothing.</param>
    public DatasetLayout(ElementType elementType, Shape shape, Hdf5SaveOptions options, ChunkGrid? grid = null)
    {
        (ElementType, Shape, Options) = (elementType, shape, options);
        if (shape.Rank > MostRank)
            throw new NotSupportedException($"A dataset has at most {MostRank} axes; the array has the shape {shape}. Reshape it.");
        CheckOptions(shape, options);
        IsChunked = !options.Contiguous && shape.Rank > 0;
        Chunk = IsChunked ? ChunkOf(grid) : ChunkChoice.Slabs(shape, elementType.Size);
        Filters = IsChunked ? FiltersOf() : [];
    }

    public ElementType ElementType { get; }

    public Shape Shape { get; }

    public Hdf5SaveOptions Options { get; }

    /// <summary>False where the elements lie in one piece, as those of scalars always do.</summary>
    public bool IsChunked { get; }

    /// <summary>The sizes of a storage chunk; without chunks, those of the pieces that are written at once.</summary>
    public Shape Chunk { get; }

    public IReadOnlyList<FilterSpec> Filters { get; }

    private Shape ChunkOf(ChunkGrid? grid)
    {
        Shape asked = Options.StorageChunks ?? ChunkChoice.Of(Shape, ElementType.Size, grid, Options.MaxShape);
        if (asked.Rank != Shape.Rank || asked.Any(size => size < 1))
        {
            throw new ArgumentException(
                $"StorageChunks is {asked}, and the array has the shape {Shape}; give a size of 1 or more for each axis, or leave it out.", "options");
        }

        // The library has no chunks that are longer than their axis can become.
        Shape chunk = [.. asked.Select((size, axis) => Options.MaxShape is { } most ? Math.Min(size, Math.Max(1, most[axis] ?? size)) : Math.Min(size, Math.Max(1, Shape[axis])))];
        if (chunk.Length > MostChunkBytes / ElementType.Size)
        {
            throw new NotSupportedException(
                $"StorageChunks {chunk} of {ElementType.Name} are {chunk.Length * ElementType.Size} bytes each; a storage chunk has at most {MostChunkBytes}, and is best near 1 MB.");
        }

        return chunk;
    }

    /// <summary>The filters in their order: regroup, compress, and sum what is stored.</summary>
    private List<FilterSpec> FiltersOf()
    {
        var filters = new List<FilterSpec>();
        if (Options.Shuffle)
            filters.Add(new FilterSpec(KnownFilters.Shuffle, "shuffle", true, [(uint)ElementType.Size]));
        if (Options.Compression == Hdf5Compression.Gzip)
            filters.Add(new FilterSpec(KnownFilters.Deflate, "deflate", true, [(uint)(Options.Level ?? UsualLevel)]));
        else if (Options.Compression == Hdf5Compression.Lzf)
            filters.Add(new FilterSpec(KnownFilters.Lzf, "lzf", true, [4, 0x0105, (uint)(Chunk.Length * ElementType.Size)])); // h5py's filter and LZF's versions
        if (Options.Fletcher32)
            filters.Add(new FilterSpec(KnownFilters.Fletcher32, "fletcher32", false, []));
        return filters;
    }

    private static void CheckOptions(Shape shape, Hdf5SaveOptions options)
    {
        if (!Enum.IsDefined(options.Compression))
            throw new ArgumentException($"Compression is {options.Compression}; it is one of {string.Join(", ", Enum.GetNames<Hdf5Compression>())}.", nameof(options));
        if (options.Level is < 0 or > 9)
            throw new ArgumentException($"Level is {options.Level}; gzip's levels are 0 to 9.", nameof(options));
        if (options is { Level: { } level, Compression: not Hdf5Compression.Gzip })
            throw new ArgumentException($"Level is {level} and Compression is {options.Compression}; a level goes with Compression = Gzip.", nameof(options));
        if (options.MaxShape is { } most && (most.Count != shape.Rank || most.Where((size, axis) => size < shape[axis]).Any()))
        {
            throw new ArgumentException(
                $"MaxShape is ({string.Join(", ", most.Select(size => size?.ToString() ?? "null"))}), and the array has the shape {shape}; " +
                "give one entry for each axis, at least the array's size there, or null for no limit.", nameof(options));
        }

        if (options.Contiguous && (options.Compression != Hdf5Compression.None || options.Shuffle || options.Fletcher32 || options.MaxShape is not null))
        {
            throw new ArgumentException(
                "Contiguous was asked for together with Compression, Shuffle, Fletcher32 or MaxShape, which only chunks have; leave out the one or the others.", nameof(options));
        }
    }
}
