using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// A node of a version 1 B-tree. Behind a header of 8 bytes and the addresses of both neighbours, keys and the addresses of children alternate:
/// key 0, child 0, key 1, … child n-1, key n. A level 0 node is a leaf: its children are what the tree finds.
/// </summary>
internal readonly struct BTree1Node
{
    /// <summary>What a tree of a group holds: nodes of symbols.</summary>
    public const int Symbols = 0;

    /// <summary>What a tree of a dataset holds: chunks.</summary>
    public const int Chunks = 1;

    /// <summary>Entries of a chunk tree's node, unless the file asks for others: most nodes are read at once.</summary>
    private const int UsualEntries = 64;

    private readonly FileBytes _file;
    private readonly long _address;
    private readonly byte[] _bytes;
    private readonly int _header;
    private readonly int _keySize;

    private BTree1Node(FileBytes file, long address, byte[] bytes, int header, int keySize, int level, int count)
    {
        (_file, _address, _bytes, _header, _keySize, Level, Count) = (file, address, bytes, header, keySize, level, count);
    }

    public int Level { get; }

    /// <summary>How many children the node has.</summary>
    public int Count { get; }

    /// <summary>
    /// Reads a node, whose type (<see cref="Symbols"/> or <see cref="Chunks"/>) and level must be as stated; a root has any level (null), any
    /// other node one less than its parent.
    /// </summary>
    public static BTree1Node Read(FileBytes file, long address, int type, int keySize, int? level, NodeVisits visits)
    {
        int header = 8 + 2 * file.OffsetSize, entry = keySize + file.OffsetSize;
        byte[] bytes = file.ReadUpTo(address, header + UsualEntries * entry + keySize);
        var reader = new MetadataReader(file, address, bytes);
        reader.Signature("TREE", "a node of a version 1 B-tree");
        if (reader.Byte() is var found && found != type)
            throw reader.Damaged($"this node of a version 1 B-tree is of type {found}, and one of type {type} should be here", -1);
        if (reader.Byte() is var stated && level is { } expected && stated != expected)
            throw reader.Damaged($"this node of a version 1 B-tree is of level {stated}, and its parent leads to level {expected}", -1);

        int count = reader.UInt16(), size = header + count * entry + keySize;
        visits.Enter(address, size, "a node of a version 1 B-tree");
        if (size > bytes.Length)
            bytes = file.Read(address, size);
        return new BTree1Node(file, address, bytes, header, keySize, stated, count);
    }

    /// <summary>The key before a child.</summary>
    public ReadOnlySpan<byte> Key(int i) => _bytes.AsSpan(_header + i * (_keySize + _file.OffsetSize), _keySize);

    /// <summary>Where a child lies.</summary>
    public long Child(int i)
    {
        int at = _header + i * (_keySize + _file.OffsetSize) + _keySize;
        if (_file.OffsetSize == 8 && BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(at)) is >= 0 and var address)
            return address;

        address = new MetadataReader(_file, _address + at, _bytes.AsSpan(at)).Offset();
        return address >= 0 ? address : throw _file.Damaged(_address + at, $"child {i} of this node of a version 1 B-tree has no address");
    }
}
