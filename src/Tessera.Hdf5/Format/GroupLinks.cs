namespace Tessera.Hdf5Format;

/// <summary>
/// The links of a group, which a file holds in one of three ways: in a symbol table (files that the oldest library can read), as messages of
/// the header (small groups), or in a heap with a B-tree beside it (large ones).
/// </summary>
internal sealed class GroupLinks
{
    private const byte LinksByName = 5;

    private readonly Dictionary<string, LinkEntry> _byName = [];

    private GroupLinks(FileBytes file, List<LinkEntry> links, bool inOrderOfMaking)
    {
        if (links.Find(link => link.Link.Name is "" or "." || link.Link.Name.Contains('/')) is { } nameless)
            throw file.Damaged(FileBytes.Undefined, $"a link has the name '{nameless.Link.Name}', to which no path can lead");
        if (links.Exists(link => link.Link.IsLatin1)) // other names are distinct already
        {
            FileName[] names = FileName.Distinct([.. links.Select(link => link.Name)]);
            for (int i = 0; i < names.Length; i++)
                links[i] = links[i].Named(names[i]);
        }

        links.Sort((left, right) => inOrderOfMaking ? left.Order.CompareTo(right.Order) : string.CompareOrdinal(left.Link.Name, right.Link.Name));
        foreach (LinkEntry link in links)
            _byName.TryAdd(link.Link.Name, link);
        Links = [.. links.Select(link => link.Link)];
    }

    /// <summary>By name, or in the order in which they were made where the group keeps that.</summary>
    public IReadOnlyList<Hdf5Link> Links { get; }

    public static bool IsGroup(ObjectHeader header) =>
        header.Find(MessageKind.SymbolTable) is not null || header.Find(MessageKind.LinkTable) is not null || header.Find(MessageKind.Link) is not null;

    public static GroupLinks Read(FileStructure structure, ObjectHeader header)
    {
        var links = new List<LinkEntry>();
        bool inOrder = false;
        foreach (HeaderMessage message in header.Messages)
        {
            switch (message.Kind)
            {
                case MessageKind.SymbolTable:
                    ReadSymbolTable(message.Reader(header.File), links);
                    break;
                case MessageKind.Link:
                    links.Add(LinkEntry.Read(structure.Reader(message)));
                    break;
                case MessageKind.LinkTable:
                    inOrder |= ReadTable(message.Reader(header.File), links);
                    break;
            }
        }

        return new GroupLinks(header.File, links, inOrder && links.TrueForAll(link => link.Order >= 0));
    }

    /// <summary>The link of a name.</summary>
    /// <param name="name">Its text, or its exact spelling (see <see cref="FileName"/>).</param>
    /// <param name="link">The link.</param>
    /// <param name="isExact">Whether the name is the exact spelling, so that no link of other bytes will do.</param>
    public bool TryGet(string name, out LinkEntry link, bool isExact = false) =>
        FileName.TryFind(_byName, name, entry => entry.Name.IsLatin1, out link!) && (!isExact || link.Name.IsLatin1 == FileName.HasEscapes(name));

    private static void ReadSymbolTable(MetadataReader reader, List<LinkEntry> links)
    {
        (long tree, long heap) = (reader.Offset(), reader.Offset());
        LocalHeap names = LocalHeap.Read(reader.File, heap);
        links.AddRange(SymbolTable.Read(reader.File, tree, names).Select(LinkEntry.Of));
    }

    /// <summary>Returns whether the group keeps the order in which its links were made.</summary>
    private static bool ReadTable(MetadataReader reader, List<LinkEntry> links)
    {
        bool inOrder = (reader.Whole.Length > 1 ? reader.Whole[1] & 1 : 0) != 0;
        (long heap, long tree) = PlacesOf(reader);
        if (heap != FileBytes.Undefined && tree != FileBytes.Undefined)
        {
            FractalHeap bodies = FractalHeap.Read(reader.File, heap, HeapFilters.Of(reader.File));
            foreach (ReadOnlyMemory<byte> record in BTree2.Records(reader.File, tree, LinksByName))
                links.Add(LinkEntry.Read(new MetadataReader(reader.File, heap, bodies.Read(record.Span[4..]))));
        }

        return inOrder;
    }

    /// <summary>Where the links of a large group lie, and the tree that finds them by name.</summary>
    public static (long Heap, long Tree) PlacesOf(MetadataReader reader)
    {
        byte version = reader.Byte();
        if (version != 0)
            throw reader.Damaged($"the links of a group have the version {version}; 0 is read", -1);
        byte flags = reader.Byte();
        if ((flags & 1) != 0)
            reader.Skip(8); // the highest number in the order in which they were made
        return (reader.Offset(), reader.Offset());
    }
}
