namespace Tessera.Hdf5Format;

/// <summary>
/// The elements of one dataset, or a part of each. Arrays within them are axes behind those of the dataset. Reads positionally, from any number of
/// threads; what isn't plain is decoded by the thread that asks. To other processes it travels as what the file says
/// of the dataset, and opens the file there by its path.
/// </summary>
internal sealed class DatasetSource : IBlockSource
{
    private readonly string _path;
    private readonly StorageReader _storage;
    private readonly long[] _inner; // the sizes of arrays within elements

    private DatasetSource(Form form) =>
        (_path, Name, ElementType, Shape, _inner, _storage) = (form.Path, form.Name, form.ElementType, form.Shape, form.Inner, form.Storage);

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
        Shape = inner.Length == 0 ? shape : Shape.Create([.. shape, .. inner]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ElementType ElementType { get; }

    /// <inheritdoc/>
    public Shape Shape { get; }

    /// <inheritdoc/>
    public Shape StorageChunks => _inner.Length == 0 ? _storage.StorageChunks : Shape.Create([.. _storage.StorageChunks, .. _inner]);

    /// <inheritdoc/>
    public bool IsCheap => _storage.IsCheap;

    /// <inheritdoc/>
    public ReadCost Cost => _storage.Cost;

    /// <summary>What goes to worker processes.</summary>
    public ITravelForm<IBlockSource> TravelForm => new Form(_path, Name, ElementType, Shape, _inner, _storage);

    /// <inheritdoc/>
    public long WorkingBytes(Region region)
    {
        if (_inner.Length == 0 || region.Length == 0)
            return _storage.WorkingBytes(region);
        Region outer = Outer(region);
        long wholeBytes = Math.Min(outer.Length, _storage.StorageChunks.Length) * ElementType.Size;
        foreach (long size in _inner)
            wholeBytes *= size;
        return _storage.WorkingBytes(outer) + RentedBytes.Capacity(Math.Min(wholeBytes, Array.MaxLength));
    }

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

    /// <param name="Path">Of the dataset in its file.</param>
    /// <param name="Name">For messages.</param>
    /// <param name="ElementType">Of the elements.</param>
    /// <param name="Shape">With the axes of arrays within elements.</param>
    /// <param name="Inner">These axes.</param>
    /// <param name="Storage">Which file it is, where in it the elements lie, and how they are stored: what was read of headers.</param>
    private sealed record Form(string Path, string Name, ElementType ElementType, Shape Shape, long[] Inner, StorageReader Storage) : ITravelForm<DatasetSource>
    {
        public DatasetSource Open() => new(this);
    }

    /// <summary>A box without the arrays within elements.</summary>
    private Region Outer(Region region)
    {
        int rank = region.Rank - _inner.Length;
        return new Region(region.Start.ToArray()[..rank], Shape.Create(region.Extent.AsSpan()[..rank]));
    }
}
