namespace Tessera.Hdf5Format;

/// <summary>
/// The elements that a dataset had before it grows, for those chunks that are of the old ones and of the new. They are read without the library, which
/// knows fewer filters. Where each chunk lies is learnt at once: it stays there until it is written anew, and is read before.
/// </summary>
internal sealed class OldElements : IDisposable
{
    private readonly NativeSubject _subject;
    private readonly ReadOnlyFile _file;
    private readonly StorageReader _storage;

    /// <param name="path">Where the file is, which was flushed.</param>
    /// <param name="subject">The dataset as the user knows it.</param>
    /// <param name="item">The dataset.</param>
    /// <param name="shape">Its sizes, none of them 0.</param>
    /// <param name="elementBytes">The bytes of an element.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public OldElements(string path, NativeSubject subject, string item, Shape shape, int elementBytes)
    {
        _subject = subject;
        _file = new ReadOnlyFile(path, new OpenFiles(1)); // of its own, so that it stays open: while it is written, no other could be told from it
        try
        {
            var structure = new FileStructure(_file);
            ObjectHeader found = PathWalk.Find(PathEnd.RootOf(structure), item, out Lost lost)?.Header
                ?? throw new InvalidDataException($"{subject} was to be appended to, and can't be read: {lost.Reason}.");
            DatasetHeader header = DatasetHeader.Read(structure, found);
            _storage = StorageReader.Of(structure, header, shape, NumberFormat.Raw(elementBytes), new FilterPipeline(header.Filters));
            using var last = new RentedBytes(elementBytes);
            Read(shape.Select(size => size - 1).ToArray(), shape.Select(_ => 1L).ToArray(), last.Span, CancellationToken.None);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a box of elements.</summary>
    public void Read(ReadOnlySpan<long> start, ReadOnlySpan<long> size, Span<byte> elements, CancellationToken cancellation)
    {
        try
        {
            _storage.Read(new Region(start, Shape.Create(size)), elements, cancellation);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"{_subject} was to be appended to, and what is there can't be read. {damage.Message}", damage);
        }
    }

    public void Dispose() => _file.Dispose();
}
