namespace Tessera.Hdf5Format;

/// <summary>
/// A dataset that the library has open. A new one has no name until it is whole: one that is given up before leaves nothing behind.
/// </summary>
internal sealed unsafe class NativeDataset : IDisposable
{
    private const int AllocatedEarly = 1, NeverFilled = 1; // H5D_ALLOC_TIME_EARLY, H5D_FILL_TIME_NEVER

    private readonly NativeSubject _subject;
    private readonly NativeId _id;

    private NativeDataset(NativeSubject subject, NativeId id) => (_subject, _id) = (subject, id);

    public NativeId Id => _id;

    /// <summary>Makes a dataset that has no name as yet.</summary>
    public static NativeDataset Create(NativeFile file, NativeSubject subject, DatasetLayout layout)
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        using NativeId creation = NativeItems.DatasetProperties(native.Library, subject);
        if (layout.IsChunked)
        {
            subject.Check(Hdf5Calls.H5Pset_chunk(creation, layout.Chunk.Rank, Unsigned(layout.Chunk.AsSpan())), "preparing chunks");
            foreach (FilterSpec filter in layout.Filters)
                subject.Check(Hdf5Calls.H5Pset_filter(creation, filter.Id, filter.IsOptional ? 1u : 0, (nuint)filter.Parameters.Length, filter.Parameters), $"preparing the filter {filter.Name}");
        }
        else
        {
            // The elements have their place at once, and get there without the library.
            subject.Check(Hdf5Calls.H5Pset_alloc_time(creation, AllocatedEarly), "preparing a dataset");
            subject.Check(Hdf5Calls.H5Pset_fill_time(creation, NeverFilled), "preparing a dataset");
        }

        using NativeId space = NativeItems.Space(subject, layout.Shape, layout.IsChunked ? layout.Options.MaxShape : null);
        using (file.UseFormat(layout.Options.LatestFormat))
            return new NativeDataset(subject, subject.Id(Hdf5Calls.H5Dcreate_anon(file.Id, native.Library.TypeOf(layout.ElementType), space, creation, 0), "making the dataset"));
    }

    /// <summary>Opens a dataset that is there.</summary>
    public static NativeDataset Open(NativeFile file, NativeSubject subject, string item)
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        return new NativeDataset(subject, subject.Id(Hdf5Calls.H5Oopen(file.Id, item, 0), "opening the dataset"));
    }

    /// <summary>Where the elements lie in the file, all in one piece; -1 where there are none.</summary>
    public long Offset()
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        return (long)Hdf5Calls.H5Dget_offset(_id);
    }

    /// <summary>Stores a chunk as it is.</summary>
    /// <param name="start">Its first element.</param>
    /// <param name="stored">What the filters made of it.</param>
    /// <param name="filterMask">Which of them were left out.</param>
    public void WriteChunk(ReadOnlySpan<long> start, ReadOnlySpan<byte> stored, uint filterMask)
    {
        Span<ulong> offset = stackalloc ulong[start.Length];
        for (int axis = 0; axis < offset.Length; axis++)
            offset[axis] = (ulong)start[axis];
        fixed (byte* bytes = stored)
        {
            using NativeHdf5.Scope native = NativeHdf5.Enter();
            _subject.Check(Hdf5Calls.H5Dwrite_chunk(_id, 0, filterMask, offset, (nuint)stored.Length, bytes), "writing a chunk");
        }
    }

    /// <summary>Gives the dataset other sizes.</summary>
    public void Resize(Shape sizes)
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        _subject.Check(Hdf5Calls.H5Dset_extent(_id, Unsigned(sizes.AsSpan())), $"giving it the sizes {sizes}");
    }

    public void SetAttribute(string name, PlainValue value)
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        NativeItems.SetAttribute(native.Library, _id, _subject, name, value);
    }

    /// <summary>Gives the dataset its name, in place of the dataset that has it.</summary>
    public void Link(NativeFile file, string item, bool replace)
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        if (replace && NativeItems.CheckAbove(file.Id, _subject, item) == ItemKind.Dataset)
            _subject.Check(Hdf5Calls.H5Ldelete(file.Id, item, 0), "removing the dataset that is there");
        using NativeId link = NativeItems.LinkProperties(native.Library, _subject, item);
        _subject.Check(Hdf5Calls.H5Olink(_id, file.Id, item, link, 0), "linking the dataset");
    }

    /// <summary>The type of the elements, while the library is entered.</summary>
    public NativeId Type() => _subject.Id(Hdf5Calls.H5Dget_type(_id), "asking for its type");

    public void Dispose()
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        _id.Dispose();
    }

    private static ulong[] Unsigned(ReadOnlySpan<long> numbers)
    {
        var unsigned = new ulong[numbers.Length];
        for (int i = 0; i < unsigned.Length; i++)
            unsigned[i] = (ulong)numbers[i];
        return unsigned;
    }
}
