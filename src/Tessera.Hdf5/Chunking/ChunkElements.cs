using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// The elements of fixed and extensible arrays: a chunk's address, and where chunks are filtered, its bytes as stored (in as few bytes as the
/// file says) and 4 bytes of filters that were left out. All bits of an address are set where the chunk was never written.
/// </summary>
internal sealed class ChunkElements
{
    private readonly FileBytes _file;
    private readonly ChunkNumbers _numbers;
    private readonly ChunkTableBuilder _table;
    private readonly long _chunkBytes;
    private readonly int _sizeBytes;

    /// <param name="file">The file that the array lies in.</param>
    /// <param name="at">Where the array states what its elements are.</param>
    /// <param name="client">What it states: 0 chunks without filters, 1 filtered ones.</param>
    /// <param name="size">Bytes of an element.</param>
    /// <param name="search">What is looked for.</param>
    public ChunkElements(FileBytes file, long at, byte client, int size, ChunkSearch search)
    {
        (_file, _numbers, _table, _chunkBytes, Size) = (file, search.Numbers, search.Table, search.ChunkBytes, size);
        int expected = search.Filtered ? 1 : 0;
        if (client != expected)
            throw file.Damaged(at, $"an index of chunks has elements of kind {client}, and the dataset's filters ask for kind {expected}");
        _sizeBytes = SizeBytes(file, at, size, search.Filtered);
    }

    /// <summary>Bytes of an element.</summary>
    public int Size { get; }

    /// <summary>In how many bytes a chunk's size is stated, from the bytes of an entry: 1 to 8, or 0 where chunks aren't filtered.</summary>
    public static int SizeBytes(FileBytes file, long at, int entry, bool filtered)
    {
        int rest = entry - file.OffsetSize;
        if (filtered ? rest is < 1 + 4 or > 8 + 4 : rest != 0)
            throw file.Damaged(at, $"an index of {(filtered ? "filtered" : "unfiltered")} chunks has {entry} bytes an entry, with addresses of {file.OffsetSize}");
        return filtered ? rest - 4 : 0;
    }

    /// <summary>Takes all elements of a piece of the array, the first of which is at a position of it.</summary>
    public void Add(ReadOnlySpan<byte> elements, long position, long foundAt)
    {
        for (int at = 0; at < elements.Length; at += Size, position++)
        {
            ReadOnlySpan<byte> element = elements.Slice(at, Size);
            if (_file.OffsetSize == 8 && BinaryPrimitives.ReadInt64LittleEndian(element) == FileBytes.Undefined)
                continue; // the shortest way over what was never written
            if (!_numbers.TryFromPosition(position, out long number))
                continue;

            var reader = new MetadataReader(_file, foundAt + at, element);
            if (reader.Offset() is >= 0 and var address)
                _table.Add(number, Entry(ref reader, address), foundAt + at);
        }
    }

    private ChunkEntry Entry(ref MetadataReader reader, long address) => _sizeBytes == 0
        ? new ChunkEntry(address, _chunkBytes, 0)
        : new ChunkEntry(address, (long)Math.Min(long.MaxValue, reader.Number(_sizeBytes)), reader.UInt32());
}
