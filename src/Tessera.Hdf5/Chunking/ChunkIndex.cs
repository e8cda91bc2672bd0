namespace Tessera.Hdf5Format;

/// <summary>Reads where a dataset's chunks lie, whatever kind of index the file has for that.</summary>
internal static class ChunkIndex
{
    /// <summary>The chunks that were written and lie within the present sizes.</summary>
    /// <param name="file">The file that the dataset lies in.</param>
    /// <param name="layout">How the dataset is stored, with its largest sizes.</param>
    /// <param name="shape">The dataset's present sizes.</param>
    /// <param name="filtered">Whether chunks pass filters.</param>
    /// <param name="cancellation">Ends the reading of a large index.</param>
    /// <exception cref="InvalidDataException">The index is damaged, or doesn't fit the dataset.</exception>
    public static ChunkTable Read(FileBytes file, ChunkedLayout layout, Shape shape, bool filtered, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        long chunkBytes = RequireChunk(file, layout, shape);
        var numbers = new ChunkNumbers(file, layout, shape);
        if (layout.Address == FileBytes.Undefined || numbers.Length == 0)
            return ChunkTable.Empty;

        var table = new ChunkTableBuilder(file, numbers.Length);
        var search = new ChunkSearch(layout, numbers, table, filtered, chunkBytes, cancellation);
        switch (layout.Index)
        {
            case ChunkIndexKind.BTree1:
                new BTree1Index(file, search).Read();
                break;
            case ChunkIndexKind.SingleChunk:
                ReadSingle(file, search);
                break;
            case ChunkIndexKind.Implicit:
                ReadImplicit(file, search);
                break;
            case ChunkIndexKind.FixedArray:
                new FixedArrayIndex(file, search).Read();
                break;
            case ChunkIndexKind.ExtensibleArray:
                ExtensibleArrayIndex.Read(file, search);
                break;
            case ChunkIndexKind.BTree2:
                BTree2Index.Read(file, search);
                break;
            default:
                throw file.Damaged(layout.Address, $"an index of chunks is of kind {(int)layout.Index}, and kinds 0 to 5 are known");
        }

        return table.Build();
    }

    private static long RequireChunk(FileBytes file, ChunkedLayout layout, Shape shape)
    {
        if (layout.Chunk.Rank != shape.Rank || shape.Rank == 0)
            throw file.Damaged(layout.Address, $"a dataset of the shape {shape} has chunks of the shape {layout.Chunk}");
        UInt128 bytes = (UInt128)layout.Chunk.Length * (UInt128)Math.Max(0, layout.ElementSize);
        return bytes > 0 && bytes <= int.MaxValue
            ? (long)bytes
            : throw file.Damaged(layout.Address, $"a chunk of the shape {layout.Chunk} has {bytes} bytes, and 1 to {int.MaxValue} can be read");
    }

    /// <summary>The only chunk of a dataset; the layout says all that there is to it.</summary>
    private static void ReadSingle(FileBytes file, ChunkSearch search)
    {
        ChunkedLayout layout = search.Layout;
        if (search.Numbers.Length != 1)
            throw file.Damaged(layout.Address, $"a dataset of {search.Numbers.Length} chunks is stored as a single one");
        long bytes = search.Filtered ? layout.SingleChunkBytes : search.ChunkBytes;
        search.Table.Add(0, new ChunkEntry(layout.Address, bytes, layout.SingleChunkFilterMask), layout.Address);
    }

    /// <summary>All chunks of the largest sizes lie one behind the other.</summary>
    private static void ReadImplicit(FileBytes file, ChunkSearch search)
    {
        long address = search.Layout.Address, bytes = search.ChunkBytes;
        if (search.Filtered)
            throw file.Damaged(address, "filtered chunks have no index, which only chunks of one size can do without");
        long last = search.Numbers.PositionOf(search.Numbers.Length - 1);
        if (last >= file.File.Length / bytes)
        {
            throw file.Damaged(
                address,
                $"more than {last} chunks of {bytes} bytes should lie here in a row, and the file has {file.File.Length} bytes; it is truncated or damaged");
        }

        for (long number = 0; number < search.Numbers.Length; number++)
            search.Table.Add(number, new ChunkEntry(address + search.Numbers.PositionOf(number) * bytes, bytes, 0), address);
    }
}
