namespace Tessera.Hdf5Format;

/// <summary>
/// The elements of one dataset, or a part of each. Arrays within them are axes behind those of the dataset. Reads positionally, from any number of
/// threads; what isn't plain is decoded by the thread that asks. It travels to other processes by its fields, and reads the file there anew.
/// </summary>
internal sealed class DatasetSource : IBlockSource
{
    private readonly string _path;
    private readonly StorageReader _storage;
    private readonly long[] _inner; // the sizes of arrays within elements

    /// <param name="place">The dataset.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="member">The member that is read, or null.</param>
    /// <param name="format">How an element becomes one in memory, or an array of these.</param>
    /// <param name="inner">The sizes of arrays within elements.</param>
    /// <param name="header">What the file says of the dataset.</param>
    /// <param name="filters">Of its chunks.</param>
    public DatasetSource(PathEnd place, Shape shape, string? member, NumberFormat format, long[] inner, DatasetHeader header, FilterPipeline filters)
    {
        (_path, _inner, ElementType) = (place.Path, inner, format.ElementType);
        Name = $"'{place.Structure.File.Name}:{place.Path}'{(member is null ? "" : $" (member '{member}')")}";
        _storage = StorageReader.Of(place.Structure, header, shape, format, filters);
        Shape = Shape.Create([.. shape, .. inner]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ElementType ElementType { get; }

    /// <inheritdoc/>
    public Shape Shape { get; }

    /// <inheritdoc/>
    public Shape StorageChunks => Shape.Create([.. _storage.StorageChunks, .. _inner]);

    /// <inheritdoc/>
    public bool IsCheap => _storage.IsCheap;

    /// <inheritdoc/>
    public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        try
        {
            if (region.Length == 0)
                return;
            if (_inner.Length == 0)
                _storage.Read(region, destination, cancellation);
            else if (region.Extent.ToArray().AsSpan(region.Rank - _inner.Length).SequenceEqual(_inner))
                _storage.Read(Outer(region), destination, cancellation);
            else
                InnerAxes.Read(_storage, _inner, ElementType.Size, region, destination, cancellation);
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

    /// <summary>A box without the arrays within elements.</summary>
    private Region Outer(Region region)
    {
        int rank = region.Rank - _inner.Length;
        return new Region(region.Start.ToArray()[..rank], Shape.Create(region.Extent.AsSpan()[..rank]));
    }
}
