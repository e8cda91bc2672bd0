using System.Buffers.Binary;

namespace Tessera.Hdf5Format;

/// <summary>
/// A version 2 B-tree of chunks, for datasets that grow along several axes. A record (type 10) is a chunk's address and its place in the grid
/// of chunks, 8 bytes an axis; where chunks are filtered (type 11), the bytes as stored and the filters that were left out are in between.
/// </summary>
internal static class BTree2Index
{
    private const byte Unfiltered = 10;
    private const byte Filtered = 11;

    public static void Read(FileBytes file, ChunkSearch search)
    {
        long address = search.Layout.Address, count = 0;
        int placeBytes = 8 * search.Rank;
        var place = new long[search.Rank];
        foreach (ReadOnlyMemory<byte> record in BTree2.Records(file, address, search.Filtered ? Filtered : Unfiltered))
        {
            if (count++ % 1024 == 0)
                search.Cancellation.ThrowIfCancellationRequested();
            int sizeBytes = ChunkElements.SizeBytes(file, address, record.Length - placeBytes, search.Filtered);
            ReadOnlySpan<byte> scaled = record.Span[^placeBytes..];
            for (int axis = 0; axis < place.Length; axis++)
                place[axis] = BinaryPrimitives.ReadInt64LittleEndian(scaled[(8 * axis)..]);
            if (!search.Numbers.TryFromGrid(place, out long number))
                continue; // left behind when the dataset shrank

            var reader = new MetadataReader(file, address, record.Span);
            long chunk = reader.Offset();
            if (chunk == FileBytes.Undefined)
                continue;
            search.Table.Add(
                number,
                search.Filtered
                    ? new ChunkEntry(chunk, (long)Math.Min(long.MaxValue, reader.Number(sizeBytes)), reader.UInt32())
                    : new ChunkEntry(chunk, search.ChunkBytes, 0),
                address);
        }
    }
}
