using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// A version 1 B-tree of chunks. The key before a child holds the chunk's bytes as stored (4), the filters that were left out (4), and the
/// indices of its first element (8 each), with a further axis for the bytes of an element, where it is 0.
/// </summary>
internal sealed class BTree1Index(FileBytes file, ChunkSearch search)
{
    private readonly NodeVisits _visits = new(file);
    private readonly int _keySize = 8 + 8 * (search.Rank + 1);
    private readonly long[] _place = new long[search.Rank];
    private readonly long[] _chunk = search.Layout.Chunk.ToArray();

    public void Read() => Walk(search.Layout.Address, level: null);

    private void Walk(long address, int? level)
    {
        search.Cancellation.ThrowIfCancellationRequested();
        BTree1Node node = BTree1Node.Read(file, address, BTree1Node.Chunks, _keySize, level, _visits);
        for (int i = 0; i < node.Count; i++)
        {
            if (node.Level > 0)
                Walk(node.Child(i), node.Level - 1);
            else
                Add(node.Key(i), node.Child(i), address);
        }
    }

    private void Add(ReadOnlySpan<byte> key, long chunk, long node)
    {
        for (int axis = 0; axis < _place.Length; axis++)
        {
            long first = BinaryPrimitives.ReadInt64LittleEndian(key[(8 + 8 * axis)..]);
            (_place[axis], long off) = Math.DivRem(first, _chunk[axis]);
            if (off != 0 || first < 0)
                throw file.Damaged(node, $"a chunk in this node of a B-tree begins at index {first} along axis {axis}, where chunks have {_chunk[axis]} elements");
        }

        if (!search.Numbers.TryFromGrid(_place, out long number))
            return; // left behind when the dataset shrank
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(key), mask = BinaryPrimitives.ReadUInt32LittleEndian(key[4..]);
        search.Table.Add(number, new ChunkEntry(chunk, bytes, mask), node);
    }
}
