namespace Tessera.Hdf5Format;

/// <summary>Writes an array into a new dataset, block by block, from many threads and in any order. The dataset has its name once it is whole.</summary>
internal sealed class Hdf5Sink(WriteSession session, string item, DatasetLayout layout, IReadOnlyList<KeyValuePair<string, PlainValue>> attributes) : IBlockSink
{
    private readonly FilterPipeline _filters = new(layout.Filters);
    private NativeDataset? _dataset;
    private ChunkWriter? _chunks; // either this
    private PieceWriter? _piece; // or this
    private bool _isOver;

    /// <inheritdoc/>
    public string Name => session.SubjectOf(item).ToString();

    /// <inheritdoc/>
    public Shape StorageChunks => layout.Chunk;

    /// <inheritdoc/>
    public long WorkingBytes(Region region) =>
        layout.IsChunked ? ChunkWriter.WorkingBytes(_filters, layout.Chunk, layout.ElementType.Size, isOneChunk: region.Extent == layout.Chunk) : 0;

    /// <inheritdoc/>
    public void Begin(ElementType elementType, Shape shape)
    {
        if (elementType != layout.ElementType || shape != layout.Shape)
            throw new NotSupportedException($"{Name} was prepared for {layout.ElementType.Name} of shape {layout.Shape}, and {elementType.Name} of shape {shape} was to be written.");
        try
        {
            _dataset = NativeDataset.Create(session.File, session.SubjectOf(item), layout);
            foreach ((string name, PlainValue value) in attributes)
                _dataset.SetAttribute(name, value);
            if (layout.IsChunked)
                _chunks = new ChunkWriter(_dataset, _filters, layout.Chunk, shape, new long[shape.Rank], new byte[elementType.Size]);
            else
                _piece = new PieceWriter(session.SubjectOf(item), session.Handle, PlaceInFile(_dataset), shape, elementType.Size);
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
    {
        _chunks?.Write(region, elements, cancellation);
        _piece?.Write(region, elements, cancellation);
    }

    /// <inheritdoc/>
    public void Complete()
    {
        (long expected, long written, string what) = _chunks is { } chunks ? (chunks.Expected, chunks.Written, "chunks") : (layout.Shape.Length, _piece!.Written, "elements");
        if (written != expected)
            throw new InvalidOperationException($"{Name} has {expected} {what} and {written} were written; it isn't whole.");
        _dataset!.Link(session.File, item, layout.Options.Replace);
        Abandon(); // what has a name stays
    }

    /// <inheritdoc/>
    public void Abandon()
    {
        if (_isOver)
            return;
        _isOver = true;
        _dataset?.Dispose();
        session.Over(item);
    }

    private long PlaceInFile(NativeDataset dataset)
    {
        long offset = dataset.Offset();
        return offset >= 0 || layout.Shape.Length == 0 ? offset : throw new IOException($"{Name}: the HDF5 library gave it no place in the file; save it with chunks.");
    }
}
