namespace Tessera.Hdf5Format;

/// <summary>
/// The elements of one dataset. Reads positionally, from any number of threads; what isn't plain is decoded by the thread that asks. It travels
/// to other processes by its fields, and reads the file there anew.
/// </summary>
internal sealed class DatasetSource : IBlockSource
{
    private readonly string _path;
    private readonly StorageReader _storage;

    public DatasetSource(PathEnd place, Shape shape, NumberFormat format, DatasetHeader header, FilterPipeline filters)
    {
        (_path, Shape, ElementType) = (place.Path, shape, format.ElementType);
        Name = $"'{place.Structure.File.Name}:{place.Path}'";
        _storage = StorageReader.Of(place.Structure, header, shape, format, filters);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ElementType ElementType { get; }

    /// <inheritdoc/>
    public Shape Shape { get; }

    /// <inheritdoc/>
    public Shape StorageChunks => _storage.StorageChunks;

    /// <inheritdoc/>
    public bool IsCheap => _storage.IsCheap;

    /// <inheritdoc/>
    public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        try
        {
            if (region.Length > 0)
                _storage.Read(region, destination, cancellation);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"The dataset '{_path}' can't be read. {damage.Message}", damage);
        }
        catch (NotSupportedException refused)
        {
            throw new NotSupportedException($"The dataset {Name} can't be read. {refused.Message}", refused);
        }
    }
}
