namespace Tessera.Hdf5Format;

/// <summary>A dataset that is there and is to be made longer along an axis, with all that must be known of it. Checked when made.</summary>
internal sealed class GrowingDataset
{
    private const int Chunked = 2; // H5D_CHUNKED
    private const uint PartialChunksUnfiltered = 2; // H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS
    private const long MostBlockBytes = 1 << 30;

    private static readonly string[] TypeClasses =
        ["integers", "floating-point numbers", "times", "texts", "bit fields", "opaque bytes", "compounds", "references", "enumerations", "lists", "arrays"];

    private readonly NativeSubject _subject;

    private GrowingDataset(NativeSubject subject, NativeDataset dataset, ElementType elementType, Shape added) =>
        (_subject, Dataset, ElementType, Added) = (subject, dataset, elementType, added);

    public NativeDataset Dataset { get; }

    public ElementType ElementType { get; }

    /// <summary>The sizes of what comes on.</summary>
    public Shape Added { get; }

    public Shape OldShape { get; private set; }

    public Shape NewShape { get; private set; }

    /// <summary>Whether chunks are of the old part and of the new.</summary>
    public bool HasSharedChunks { get; private set; }

    /// <summary>Where the new part begins.</summary>
    public long[] Origin { get; private set; } = [];

    /// <summary>The sizes of a storage chunk of the dataset.</summary>
    public Shape Chunk { get; private set; }

    /// <summary>
    /// How the new part is cut: as the dataset, where its chunks are full. Else the new part's chunks lie across the dataset's, and a block goes
    /// from one end of the axis to the other, so that no chunk is of two blocks.
    /// </summary>
    public Shape StorageChunks { get; private set; }

    public FilterPipeline Filters { get; private set; } = FilterPipeline.None;

    /// <summary>The element that stands where nothing was written.</summary>
    public byte[] Fill { get; private set; } = [];

    /// <summary>Opens the dataset and checks that the array fits behind it.</summary>
    public static GrowingDataset Open(WriteSession session, string item, ElementType elementType, Shape added, int axis)
    {
        NativeSubject subject = session.SubjectOf(item);
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        if (NativeItems.CheckAbove(session.File.Id, subject, item) is var kind and not ItemKind.Dataset)
            throw new IOException($"{subject} was to be appended to, and {(kind == ItemKind.Nothing ? "there is nothing of that name" : "it is no dataset")}; save one there first, with MaxShape.");
        var dataset = NativeDataset.Open(session.File, subject, item);
        try
        {
            var growing = new GrowingDataset(subject, dataset, elementType, added);
            growing.CheckType(native.Library);
            growing.ReadShape(axis);
            growing.ReadStorage(axis, session.IsInPlace);
            return growing;
        }
        catch (OverflowException beyond)
        {
            dataset.Dispose();
            throw new InvalidDataException($"{subject} has, or would have with an array of shape {added} appended, sizes or chunks that no dataset can have; if not the array, the file is damaged.", beyond);
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    private void CheckType(NativeHdf5 library)
    {
        using NativeId type = Dataset.Type();
        if (Hdf5Calls.H5Tequal(type, library.TypeOf(ElementType)) > 0)
            return;
        string kind = TypeClasses.ElementAtOrDefault(Hdf5Calls.H5Tget_class(type)) ?? "elements";
        throw new ArgumentException(
            $"{_subject} holds {kind} of {Hdf5Calls.H5Tget_size(type)} bytes, which aren't {ElementType.Name} in this machine's byte order, and an array of {ElementType.Name} was to be appended; " +
            "nothing is converted. Cast the array to the dataset's type, or save it under another path.");
    }

    private void ReadShape(int axis)
    {
        using NativeId space = _subject.Id(Hdf5Calls.H5Dget_space(Dataset.Id), "asking for its sizes");
        int rank = (int)_subject.Check(Hdf5Calls.H5Sget_simple_extent_ndims(space), "asking for its sizes");
        ulong[] sizes = new ulong[rank], most = new ulong[rank];
        _subject.Check(Hdf5Calls.H5Sget_simple_extent_dims(space, sizes, most), "asking for its sizes");
        OldShape = [.. sizes.Select(size => checked((long)size))];
        if (axis < 0 || axis >= rank)
            throw new ArgumentException($"{_subject} has the shape {OldShape}, and an array was to be appended along axis {axis}; axes are counted from 0.", nameof(axis));
        if (Added.Rank != rank || Enumerable.Range(0, rank).Any(other => other != axis && Added[other] != OldShape[other]))
            throw new ArgumentException($"{_subject} has the shape {OldShape}, and an array of shape {Added} was to be appended along axis {axis}; the sizes of all other axes must be the same{(Added.Rank == OldShape.Rank - 1 ? " (one item along the axis is appended as array[Slice.NewAxis])" : "")}.");
        NewShape = [.. OldShape.Select((size, other) => other == axis ? checked(size + Added[other]) : size)];
        if ((ulong)NewShape[axis] > most[axis])
            throw new IOException($"{_subject} has the shape {OldShape} and may have {most[axis]} along axis {axis}, and {Added[axis]} more were to be appended; save it anew with MaxShape.");
        Origin = [.. OldShape.Select((size, other) => other == axis ? size : 0)];
    }

    private unsafe void ReadStorage(int axis, bool inPlace)
    {
        using NativeId creation = _subject.Id(Hdf5Calls.H5Dget_create_plist(Dataset.Id), "asking for its storage");
        if (Hdf5Calls.H5Pget_layout(creation) != Chunked)
            throw new IOException($"{_subject} isn't stored in chunks and can't grow; save it anew with MaxShape.");
        var chunk = new ulong[Added.Rank];
        _subject.Check(Hdf5Calls.H5Pget_chunk(creation, chunk.Length, chunk), "asking for its chunks");
        Chunk = [.. chunk.Select(size => checked((long)size))];
        if (Chunk.Length > MostBlockBytes / ElementType.Size)
            throw new NotSupportedException($"{_subject} has chunks {Chunk}, of {Chunk.Length * ElementType.Size} bytes each; chunks of more than {MostBlockBytes} bytes are only read. Save it anew.");
        _subject.Check(Hdf5Calls.H5Pget_chunk_opts(creation, out uint chunkOptions), "asking for its chunks");
        Filters = new FilterPipeline(ReadFilters(creation));
        if (Filters.Specs.FirstOrDefault(filter => filter.Id is not (KnownFilters.Deflate or KnownFilters.Shuffle or KnownFilters.Fletcher32 or KnownFilters.Lzf)) is { } unknown)
            throw new NotSupportedException($"{_subject} has the filter {unknown.Name ?? "of number"} ({unknown.Id}), which is only read; append to datasets with gzip, lzf, shuffle and fletcher32, or none.");
        if (!Filters.IsEmpty && (chunkOptions & PartialChunksUnfiltered) != 0)
            throw new NotSupportedException($"{_subject} stores the chunks at its edges without filters, which is only read; save it anew.");

        Fill = new byte[ElementType.Size];
        using NativeId type = Dataset.Type();
        fixed (byte* fill = Fill)
            _subject.Check(Hdf5Calls.H5Pget_fill_value(creation, type, fill), "asking for its fill value");

        bool isFull = OldShape[axis] % Chunk[axis] == 0;
        HasSharedChunks = !isFull && OldShape.Length > 0 && Added.Length > 0;
        if (inPlace && HasSharedChunks)
            RequireUndoing();
        StorageChunks = [.. Chunk.Select((size, other) => other == axis && !isFull ? Math.Max(1, Added[axis]) : size)];
        long blockBytes = StorageChunks.Aggregate((long)ElementType.Size, (product, size) => product > MostBlockBytes ? product : product * size);
        if (blockBytes > MostBlockBytes)
        {
            throw new NotSupportedException(
                $"{_subject} has the shape {OldShape} and chunks {Chunk}, so that its last chunk along axis {axis} isn't full, and an array of shape {Added} is too large to be appended across chunks. " +
                $"Append its first {Chunk[axis] - (OldShape[axis] % Chunk[axis])} along the axis, and then the others.");
        }
    }

    /// <summary>Checks that the library itself could cut the last chunks again, which a failure asks for.</summary>
    private void RequireUndoing()
    {
        if (Filters.Specs.FirstOrDefault(filter => Hdf5Calls.H5Zfilter_avail(filter.Id) <= 0) is { } missing)
        {
            throw new NotSupportedException(
                $"{_subject} has last chunks that aren't full, and the filter {KnownFilters.NameOf(missing)}, which the HDF5 library of this machine lacks, so that an append in place that fails couldn't be undone. " +
                "Append without InPlace: a copy is changed then, and nothing is to be undone.");
        }
    }

    private List<FilterSpec> ReadFilters(NativeId creation)
    {
        var filters = new List<FilterSpec>();
        int count = (int)_subject.Check(Hdf5Calls.H5Pget_nfilters(creation), "asking for its filters");
        for (uint i = 0; i < count; i++)
        {
            var parameters = new uint[64];
            var name = new byte[256];
            nuint length = (nuint)parameters.Length;
            int id = (int)_subject.Check(
                Hdf5Calls.H5Pget_filter2(creation, i, out uint flags, ref length, parameters, (nuint)name.Length, name, out _), "asking for its filters");
            string text = FileText.Decode(name.AsSpan(0, Math.Max(0, name.AsSpan().IndexOf((byte)0))));
            filters.Add(new FilterSpec(id, text == "" ? null : text, (flags & 1) != 0, parameters[..(int)Math.Min(length, (nuint)parameters.Length)]));
        }

        return filters;
    }
}
