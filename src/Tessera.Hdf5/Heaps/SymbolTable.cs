using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// The members of an old-style group: a version 1 B-tree leads to nodes of symbols ("SNOD"), whose names lie in the group's local heap.
/// </summary>
internal sealed class SymbolTable
{
    private const uint SoftLink = 2;
    private const int ScratchSize = 16;

    private readonly FileBytes _file;
    private readonly LocalHeap _names;
    private readonly NodeVisits _visits;
    private readonly List<Symbol> _symbols = [];
    private long _nameLengths;

    private SymbolTable(FileBytes file, LocalHeap names) => (_file, _names, _visits) = (file, names, new NodeVisits(file));

    /// <summary>All members, in the order of their names, from the root of the group's B-tree and its local heap.</summary>
    public static IReadOnlyList<Symbol> Read(FileBytes file, long address, LocalHeap names)
    {
        var table = new SymbolTable(file, names);
        table.Walk(address, level: null);
        return table._symbols;
    }

    /// <summary>The member of a name, on the one way down the tree on which it can be; null where there is none.</summary>
    public static Symbol? Find(FileBytes file, long address, LocalHeap names, ReadOnlySpan<byte> name)
    {
        var table = new SymbolTable(file, names);
        int? level = null;
        while (true)
        {
            // Key i is behind the names of child i - 1 and before those of child i, and may be the last of the former.
            BTree1Node node = BTree1Node.Read(file, address, BTree1Node.Symbols, file.LengthSize, level, table._visits);
            (int first, int end) = (0, node.Count);
            while (first < end)
            {
                int middle = (first + end) / 2;
                long key = new MetadataReader(file, address, node.Key(middle + 1)).Length();
                if (names.Text(key).SequenceCompareTo(name) < 0)
                    first = middle + 1;
                else
                    end = middle;
            }

            if (first == node.Count)
                return null;
            if (node.Level == 0)
            {
                table.ReadSymbols(node.Child(first));
                break;
            }

            (address, level) = (node.Child(first), node.Level - 1);
        }

        foreach (Symbol symbol in table._symbols)
        {
            if (name.SequenceEqual(symbol.Name.Bytes))
                return symbol;
        }

        return null;
    }

    private void Walk(long address, int? level)
    {
        BTree1Node node = BTree1Node.Read(_file, address, BTree1Node.Symbols, _file.LengthSize, level, _visits);
        for (int i = 0; i < node.Count; i++)
        {
            if (node.Level > 0)
                Walk(node.Child(i), node.Level - 1);
            else
                ReadSymbols(node.Child(i));
        }
    }

    private void ReadSymbols(long address)
    {
        const int Header = 8;
        MetadataReader head = _file.ReaderAt(address, Header);
        head.Signature("SNOD", "a node of a group's symbols");
        if (head.Byte() is var version and not 1)
            throw head.Damaged($"a node of symbols of version {version} is here; there is only version 1", -1);
        head.Skip(1);
        int count = head.UInt16(), entry = 2 * _file.OffsetSize + 8 + ScratchSize;
        _visits.Enter(address, Header + count * entry, "a node of a group's symbols");

        MetadataReader reader = _file.ReaderAt(address + Header, (long)count * entry);
        for (int i = 0; i < count; i++)
        {
            FileName name = FileName.Of(Name(reader.Offset()));
            long objectHeader = reader.Offset();
            uint cacheType = reader.UInt32();
            reader.Skip(4);
            ReadOnlySpan<byte> scratch = reader.Bytes(ScratchSize);
            byte[]? target = cacheType == SoftLink ? Name(BinaryPrimitives.ReadUInt32LittleEndian(scratch)).ToArray() : null;
            _symbols.Add(new Symbol(name, objectHeader, cacheType, target));
        }
    }

    private ReadOnlySpan<byte> Name(long offset)
    {
        ReadOnlySpan<byte> name = _names.Text(offset);
        if ((_nameLengths += name.Length) > _names.Bytes)
            throw _file.Damaged(FileBytes.Undefined, "the names of a group are longer than the heap that holds them; they overlap, so the file is damaged");
        return name;
    }
}

/// <summary>A member of an old-style group.</summary>
/// <param name="Name">Its name within the group.</param>
/// <param name="ObjectHeaderAddress">Where the object lies; <see cref="FileBytes.Undefined"/> for a soft link.</param>
/// <param name="CacheType">What the entry repeats of the object: 0 nothing, 1 a group's B-tree and heap, 2 a soft link's target.</param>
/// <param name="Target">The path to which a soft link leads, in the bytes of the file; null for anything else.</param>
internal sealed record Symbol(FileName Name, long ObjectHeaderAddress, uint CacheType, byte[]? Target);
