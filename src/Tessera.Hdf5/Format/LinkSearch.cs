using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// Finds single links of a large group without reading all: names in a symbol table are in order, and those of newer groups are in the order of a checksum. A
/// group of which many links are asked for is better read once.
/// </summary>
internal sealed class LinkSearch
{
    private const byte LinksByName = 5;
    private const int FewLinks = 256; // are read at once
    private const int BytesOfName = 16; // in a symbol table, with what it is rounded up to: how many there are is guessed
    private const int LinksASearch = 64; // of as many all could be read in the time of a search

    private readonly FileStructure _structure;
    private readonly bool _isOld;
    private readonly long _tree = FileBytes.Undefined, _heap;
    private readonly long _links; // about

    private long _searches;

    public LinkSearch(FileStructure structure, ObjectHeader group)
    {
        _structure = structure;
        FileBytes file = structure.Bytes;
        if (group.Find(MessageKind.Link) is not null)
            return;
        if (group.Find(MessageKind.SymbolTable) is { } old)
        {
            MetadataReader reader = old.Reader(file);
            (_isOld, _tree, _heap) = (true, reader.Offset(), reader.Offset());
            _links = LocalHeap.Open(file, _heap).Bytes / BytesOfName;
        }
        else if (group.Find(MessageKind.LinkTable) is { } table)
        {
            (_heap, _tree) = GroupLinks.PlacesOf(table.Reader(file));
            if (_tree != FileBytes.Undefined && _heap != FileBytes.Undefined)
                _links = BTree2.Count(file, _tree, LinksByName);
        }
    }

    /// <summary>Whether the next link had better be searched, instead of reading all.</summary>
    public bool IsWorthwhile() => _links > FewLinks && Interlocked.Increment(ref _searches) * LinksASearch < _links;

    /// <summary>The link of a name, as <see cref="GroupLinks.TryGet"/> has it.</summary>
    public bool TryGet(string name, bool isExact, out LinkEntry link)
    {
        byte[] bytes = FileName.BytesOf(name);
        bool hasEscapes = FileName.HasEscapes(name);
        bool isSpelled = hasEscapes || FileName.Of(bytes).Text == name; // half a character has no bytes, and isn't U+FFFD
        link = (isSpelled ? Find(bytes) : null)!;
        if (link is null && !hasEscapes && FileName.TryLatin1(name, out FileName other))
            link = Find(other.Bytes)!;
        return link is not null && (!isExact || link.Name.IsLatin1 == hasEscapes);
    }

    private LinkEntry? Find(byte[] name)
    {
        FileBytes file = _structure.Bytes;
        if (_isOld)
            return SymbolTable.Find(file, _tree, LocalHeap.Open(file, _heap), name) is { } symbol ? LinkEntry.Of(symbol) : null;

        uint hash = Lookup3.Hash(name);
        FractalHeap? bodies = null;
        foreach (ReadOnlyMemory<byte> record in BTree2.Find(file, _tree, LinksByName, record => HashOf(file, record).CompareTo(hash)))
        {
            bodies ??= FractalHeap.Read(file, _heap, HeapFilters.Of(file));
            LinkEntry link = LinkEntry.Read(new MetadataReader(file, _heap, bodies.Read(record.Span[4..])));
            if (link.Name.Bytes.AsSpan().SequenceEqual(name))
                return link;
        }

        return null;
    }

    private static uint HashOf(FileBytes file, ReadOnlySpan<byte> record) => record.Length >= 4
        ? BinaryPrimitives.ReadUInt32LittleEndian(record)
        : throw file.Damaged(FileBytes.Undefined, $"the links of a group have records of {record.Length} bytes");
}
