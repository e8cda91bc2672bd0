using System.Numerics;

namespace Tessera.Hdf5Format;

/// <summary>
/// A version 2 B-tree: a header ("BTHD"), inner nodes ("BTIN"), and leaves ("BTLF"), all of one size, with records of one size in each. A node
/// doesn't state how many records it has: its parent does, in as few bytes as the fullest node of that depth needs.
/// </summary>
internal sealed class BTree2
{
    /// <summary>Signature, version and type before the records, the checksum behind them.</summary>
    private const int Prefix = 6;
    private const int Overhead = Prefix + 4;

    /// <summary>More levels than 2^63 records need, with two children a node.</summary>
    private const int MostLevels = 63;

    private readonly FileBytes _file;
    private readonly NodeVisits _visits;
    private readonly byte _type;
    private readonly int _recordSize;
    private readonly NodeSize[] _sizes;
    private readonly Child _root;
    private readonly long _count;

    private BTree2(FileBytes file, long address, byte expectedType)
    {
        _file = file;
        _visits = new NodeVisits(file);
        MetadataReader reader = file.ReaderAt(address, 16 + file.OffsetSize + 2 + file.LengthSize + 4);
        reader.Signature("BTHD", "the header of a version 2 B-tree");
        if (reader.Byte() is var version and not 0)
            throw reader.Damaged($"a version 2 B-tree has a header of version {version}; there is only version 0", -1);
        _type = reader.Byte();
        if (_type != expectedType)
            throw reader.Damaged($"this version 2 B-tree is of type {_type}, and one of type {expectedType} should be here", -1);
        uint nodeSize = reader.UInt32();
        _recordSize = reader.UInt16();
        int depth = reader.UInt16();
        reader.Skip(2); // when nodes are split and merged
        _root = new Child(reader.Offset(), reader.UInt16(), depth);
        _count = reader.Length();
        reader.Checksum("the header of a version 2 B-tree");
        _sizes = NodeSizes(address, nodeSize, depth);
    }

    /// <summary>All records of the tree at an address, in order; each is a piece of the node that holds it, and stays valid.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Records(FileBytes file, long address, byte expectedType) =>
        new BTree2(file, address, expectedType).Walk();

    /// <summary>The records of a tree that compare as equal (0) with what is looked for; on the ways down to others nothing is read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">The tree.</param>
    /// <param name="expectedType">Its type.</param>
    /// <param name="compare">Whether a record comes before what is looked for (negative) or behind it (positive).</param>
    public static List<ReadOnlyMemory<byte>> Find(FileBytes file, long address, byte expectedType, Comparison compare)
    {
        var tree = new BTree2(file, address, expectedType);
        var found = new List<ReadOnlyMemory<byte>>();
        if (tree._root.Address >= 0 && (tree._root.Records > 0 || tree._root.Depth > 0))
            tree.Find(tree._root, compare, found);
        return found;
    }

    /// <summary>How many records a tree has, as its header says.</summary>
    public static long Count(FileBytes file, long address, byte expectedType) => new BTree2(file, address, expectedType)._count;

    private void Find(Child child, Comparison compare, List<ReadOnlyMemory<byte>> found)
    {
        Node node = Read(child);
        (int first, int end) = (0, node.Count);
        while (first < end)
        {
            int middle = (first + end) / 2;
            if (compare(Record(node, middle).Span) < 0)
                first = middle + 1;
            else
                end = middle;
        }

        for (int i = first; ; i++)
        {
            if (node.Children.Length > 0)
                Find(node.Children[i], compare, found);
            if (i == node.Count || compare(Record(node, i).Span) != 0)
                return;
            found.Add(Record(node, i));
        }
    }

    /// <summary>
    /// What nodes hold, by depth. An inner node has a pointer more than records; a pointer is an address, the records of the child, and, where
    /// the child is no leaf, all records below it.
    /// </summary>
    private NodeSize[] NodeSizes(long address, uint nodeSize, int depth)
    {
        if (_recordSize == 0 || nodeSize <= Overhead + _recordSize || nodeSize > int.MaxValue || depth > MostLevels)
            throw _file.Damaged(address, $"a version 2 B-tree claims nodes of {nodeSize} bytes, records of {_recordSize}, and a depth of {depth}");

        var sizes = new NodeSize[depth + 1];
        int most = ((int)nodeSize - Overhead) / _recordSize;
        int countBytes = BytesOf((ulong)most);
        sizes[0] = new NodeSize(most, countBytes, 0);
        UInt128 below = (UInt128)most;
        for (int i = 1; i <= depth; i++)
        {
            int belowBytes = i == 1 ? 0 : BytesOf((ulong)below);
            int pointer = _file.OffsetSize + countBytes + belowBytes;
            most = ((int)nodeSize - Overhead - pointer) / (_recordSize + pointer);
            if (most < 1)
                throw _file.Damaged(address, $"a version 2 B-tree has nodes of {nodeSize} bytes, in which no record of {_recordSize} fits beside pointers");
            sizes[i] = new NodeSize(most, countBytes, belowBytes);
            below = UInt128.Min(ulong.MaxValue, ((UInt128)most + 1) * below + (UInt128)most);
        }

        return sizes;
    }

    private static int BytesOf(ulong most) => BitOperations.Log2(most) / 8 + 1;

    private IEnumerable<ReadOnlyMemory<byte>> Walk()
    {
        if (_root.Address < 0 || _root.Records == 0 && _root.Depth == 0)
            yield break;

        // The inner nodes on the way to the one that is walked, each with the child that comes next there; the record before it comes first.
        var path = new Stack<(Node Node, int Next)>();
        path.Push((Read(_root), 0));
        while (path.TryPop(out (Node Node, int Next) at))
        {
            (Node node, int next) = at;
            if (node.Children.Length == 0)
            {
                for (int i = 0; i < node.Count; i++)
                    yield return Record(node, i);
                continue;
            }

            if (next > 0)
                yield return Record(node, next - 1);
            if (next < node.Count)
                path.Push((node, next + 1));
            path.Push((Read(node.Children[next]), 0));
        }
    }

    private ReadOnlyMemory<byte> Record(Node node, int i) => node.Bytes.AsMemory(Prefix + i * _recordSize, _recordSize);

    private Node Read(Child child)
    {
        (long address, int count, int depth) = child;
        NodeSize size = _sizes[depth];
        if (count > size.MostRecords)
            throw _file.Damaged(address, $"a node of a version 2 B-tree should have {count} records, and at most {size.MostRecords} fit in");

        int pointer = depth == 0 ? 0 : _file.OffsetSize + size.CountBytes + size.BelowBytes;
        int children = depth == 0 ? 0 : count + 1;
        int bytes = Overhead + count * _recordSize + children * pointer;
        string what = depth == 0 ? "a leaf of a version 2 B-tree" : "an inner node of a version 2 B-tree";
        _visits.Enter(address, bytes, what);

        byte[] node = _file.Read(address, bytes);
        var reader = new MetadataReader(_file, address, node);
        reader.Signature(depth == 0 ? "BTLF" : "BTIN", what);
        if (reader.Byte() is var version and not 0)
            throw reader.Damaged($"{what} has version {version}; there is only version 0", -1);
        if (reader.Byte() is var type && type != _type)
            throw reader.Damaged($"{what} is of type {type}, and its tree is of type {_type}", -1);
        reader.Skip(count * _recordSize);
        var pointers = new Child[children];
        for (int i = 0; i < children; i++)
        {
            pointers[i] = new Child(reader.Offset(), (int)reader.Number(size.CountBytes), depth - 1);
            reader.Skip(size.BelowBytes);
        }

        reader.Checksum(what);
        return new Node(node, count, pointers);
    }

    /// <summary>Whether a record comes before (negative) or behind (positive) what is looked for.</summary>
    public delegate int Comparison(ReadOnlySpan<byte> record);

    /// <summary>Where a node lies, how many records it has, and how many levels are below it.</summary>
    private readonly record struct Child(long Address, int Records, int Depth);

    /// <summary>What fits in a node of one depth, and in how many bytes its pointers say what is below.</summary>
    private readonly record struct NodeSize(int MostRecords, int CountBytes, int BelowBytes);

    /// <summary>A node as it was read; a leaf has no children.</summary>
    private readonly record struct Node(byte[] Bytes, int Count, Child[] Children);
}
