namespace Tessera.Hdf5Format;

/// <summary>What is at a path of a file that is written.</summary>
internal enum ItemKind
{
    Nothing,
    Group,
    Dataset,

    /// <summary>A named type, or a link that leads nowhere.</summary>
    Other,
}

/// <summary>Groups, attributes and values in a file that the library has open. All is called while the library is entered.</summary>
internal static unsafe class NativeItems
{
    private const int GroupType = 2, DatasetType = 5; // H5I_type_t
    private const int Ascii = 0, Utf8 = 1; // H5T_cset_t
    private const long UsualAttributeBytes = 64_000;

    private static ItemKind KindAt(long file, NativeSubject subject, string item)
    {
        if (item == ItemPath.Root)
            return ItemKind.Group;
        if (subject.Check(Hdf5Calls.H5Lexists(file, item, 0), "looking it up") == 0)
            return ItemKind.Nothing;
        long id = Hdf5Calls.H5Oopen(file, item, 0);
        if (id < 0)
            return ItemKind.Other;
        using var found = new NativeId(id);
        return Hdf5Calls.H5Iget_type(found) switch { GroupType => ItemKind.Group, DatasetType => ItemKind.Dataset, _ => ItemKind.Other };
    }

    /// <summary>Checks that what is above an item are groups, or nothing as yet.</summary>
    /// <returns>What is at the item's own path.</returns>
    /// <exception cref="IOException">Something else is above it.</exception>
    public static ItemKind CheckAbove(long file, NativeSubject subject, string item)
    {
        foreach (string above in ItemPath.Above(item))
        {
            ItemKind kind = KindAt(file, subject, above);
            if (kind == ItemKind.Nothing)
                return ItemKind.Nothing;
            if (kind != ItemKind.Group)
            {
                string what = kind == ItemKind.Dataset ? "a dataset" : "no group: a named type, or a link that leads nowhere";
                throw new IOException($"{subject} was to be written, and '{above}' is {what}, so that nothing can be below it; choose another path.");
            }
        }

        return KindAt(file, subject, item);
    }

    /// <summary>How the link of an item is made: with the groups above it, and with names in UTF-8, unless it takes the place of one that isn't.</summary>
    public static NativeId LinkProperties(NativeHdf5 library, NativeSubject subject, string item)
    {
        NativeId link = subject.Id(Hdf5Calls.H5Pcreate(library.LinkCreation), "preparing a link");
        subject.Check(Hdf5Calls.H5Pset_create_intermediate_group(link, 1), "preparing a link");
        subject.Check(Hdf5Calls.H5Pset_char_encoding(link, FileName.HasEscapes(item) ? Ascii : Utf8), "preparing a link");
        return link;
    }

    public static void MakeGroup(NativeHdf5 library, long file, NativeSubject subject, string item)
    {
        using NativeId link = LinkProperties(library, subject, item);
        using NativeId group = subject.Id(Hdf5Calls.H5Gcreate2(file, item, link, 0, 0), "making the group");
    }

    /// <summary>Sets an attribute of an open object, in place of one that has the name.</summary>
    public static void SetAttribute(NativeHdf5 library, long item, NativeSubject subject, string name, PlainValue value)
    {
        string size = value.Bytes > UsualAttributeBytes ? $" of {value.Bytes} bytes (with LatestFormat = false, an attribute has 64 KB at most; a dataset has no limit)" : "";
        string action = $"writing the attribute '{name}'{size}";
        name = ExactNames.OfAttribute(item, name);
        bool replaces = subject.Check(Hdf5Calls.H5Aexists(item, name), action) > 0;
        string first = replaces ? $"{name}.{Guid.NewGuid():N}" : name; // so that the old one stays where the new one is refused
        using NativeId type = value.Type(library, subject), space = Space(subject, value.Shape, most: null);
        using (NativeId attribute = subject.Id(Hdf5Calls.H5Acreate2(item, first, type, space, 0, 0), action))
        {
            if (value.Shape.Length > 0)
                subject.Check(value.Give(bytes => Hdf5Calls.H5Awrite(attribute, type, (void*)bytes)), action);
        }

        if (replaces)
        {
            subject.Check(Hdf5Calls.H5Adelete(item, name), action);
            subject.Check(Hdf5Calls.H5Arename(item, first, name), action);
        }
    }

    /// <summary>Makes a dataset of a small value, linked under its path.</summary>
    public static void WriteValue(NativeHdf5 library, long file, NativeSubject subject, string item, PlainValue value)
    {
        using NativeId type = value.Type(library, subject), space = Space(subject, value.Shape, most: null), creation = DatasetProperties(library, subject);
        using NativeId dataset = subject.Id(Hdf5Calls.H5Dcreate_anon(file, type, space, creation, 0), "making the dataset");
        if (value.Shape.Length > 0)
            subject.Check(value.Give(bytes => Hdf5Calls.H5Dwrite(dataset, type, 0, 0, 0, (void*)bytes)), "writing the value");
        using NativeId link = LinkProperties(library, subject, item);
        subject.Check(Hdf5Calls.H5Olink(dataset, file, item, link, 0), "linking the dataset");
    }

    /// <summary>The sizes of a dataset or attribute.</summary>
    /// <param name="subject">For messages.</param>
    /// <param name="shape">The sizes; rank 0 is a single element.</param>
    /// <param name="most">How far they may grow; null entries without limit.</param>
    public static NativeId Space(NativeSubject subject, Shape shape, IReadOnlyList<long?>? most)
    {
        if (shape.Rank == 0)
            return subject.Id(Hdf5Calls.H5Screate(0), "making sizes"); // H5S_SCALAR
        ulong[] sizes = [.. shape.Select(size => (ulong)size)];
        ulong[] limits = most is null ? sizes : [.. most.Select(size => size is { } limit ? (ulong)limit : ulong.MaxValue)]; // H5S_UNLIMITED
        return subject.Id(Hdf5Calls.H5Screate_simple(shape.Rank, sizes, limits), "making sizes");
    }

    /// <summary>How datasets are made: without times, so that the same data make the same file.</summary>
    public static NativeId DatasetProperties(NativeHdf5 library, NativeSubject subject)
    {
        NativeId creation = subject.Id(Hdf5Calls.H5Pcreate(library.DatasetCreation), "preparing a dataset");
        subject.Check(Hdf5Calls.H5Pset_obj_track_times(creation, 0), "preparing a dataset");
        return creation;
    }
}
