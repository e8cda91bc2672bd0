namespace Tessera.Hdf5Format;

/// <summary>Writes an array behind the elements of a dataset that is there, along one axis. Given up, the dataset has its old sizes.</summary>
internal sealed class AppendSink(WriteSession session, string item, GrowingDataset growing) : IBlockSink
{
    private ChunkWriter? _chunks;
    private OldElements? _old;
    private bool _isOver;

    /// <inheritdoc/>
    public string Name => session.SubjectOf(item).ToString();

    /// <inheritdoc/>
    public Shape StorageChunks => growing.StorageChunks;

    /// <summary>A chunk that is put together, and beside it the old elements of one that is shared, with what reading them takes, and then what it is encoded to.</summary>
    public long WorkingBytes(Region region)
    {
        long writing = ChunkWriter.WorkingBytes(growing.Filters, growing.Chunk, growing.ElementType.Size, isOneChunk: false);
        if (!growing.HasSharedChunks)
            return writing;
        long raw = growing.Chunk.Length * growing.ElementType.Size;
        long reading = growing.Filters.IsEmpty
            ? RentedBytes.Capacity(Math.Min(raw, Math.Max(ChunkReader.MostTogether, growing.ElementType.Size)))
            : RentedBytes.Capacity(raw) + growing.Filters.WorkingBytes(raw, encodes: false);
        return Math.Max(writing, (2 * RentedBytes.Capacity(raw)) + reading);
    }

    /// <inheritdoc/>
    public void Begin(ElementType elementType, Shape shape)
    {
        if (elementType != growing.ElementType || shape != growing.Added)
            throw new NotSupportedException($"{Name} was prepared for {growing.ElementType.Name} of shape {growing.Added}, and {elementType.Name} of shape {shape} was to be appended.");
        try
        {
            if (growing.HasSharedChunks)
            {
                session.Flush();
                _old = new OldElements(session.ReadingPath, session.SubjectOf(item), item, growing.OldShape, elementType.Size);
            }

            growing.Dataset.Resize(growing.NewShape);
            _chunks = new ChunkWriter(growing.Dataset, growing.Filters, growing.Chunk, growing.NewShape, growing.Origin, growing.Fill, _old);
        }
        catch
        {
            Over();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation) => _chunks!.Write(region, elements, cancellation);

    /// <inheritdoc/>
    public void Complete()
    {
        if (_chunks!.Written != _chunks.Expected)
            throw new InvalidOperationException($"{Name} gets {_chunks.Expected} chunks and {_chunks.Written} were written; it isn't whole.");
        Over();
    }

    /// <inheritdoc/>
    public void Abandon()
    {
        if (_isOver)
            return;
        try
        {
            if (_chunks is not null)
                growing.Dataset.Resize(growing.OldShape);
        }
        catch (IOException failure)
        {
            session.Spoil(failure); // a filter that the library lacks, for the chunks that are cut; a full disk
        }
        finally
        {
            Over();
        }
    }

    private void Over()
    {
        _isOver = true;
        growing.Dataset.Dispose();
        _old?.Dispose();
        session.Over(item);
    }
}
