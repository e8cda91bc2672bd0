namespace Tessera.Hdf5Format;

/// <summary>Reads where the elements of a dataset lie, in the four versions in which a file says it.</summary>
internal static class LayoutMessage
{
    public static StorageLayout Read(MetadataReader reader, Shape shape, int elementSize)
    {
        byte version = reader.Byte();
        return version switch
        {
            1 or 2 => ReadOld(reader, shape, elementSize),
            3 or 4 => ReadNew(reader, version, shape),
            _ => throw reader.Damaged($"the layout of a dataset has the version {version}; 1 to 4 are read", -1),
        };
    }

    private static StorageLayout ReadOld(MetadataReader reader, Shape shape, int elementSize)
    {
        int rank = reader.Byte();
        byte kind = reader.Byte();
        reader.Skip(5);
        long address = kind is 1 or 2 ? reader.Offset() : FileBytes.Undefined;
        switch (kind)
        {
            case 0:
                reader.Skip(4 * rank);
                return new CompactLayout(reader.Bytes(Count(reader.UInt32(), reader)).ToArray());
            case 1:
                return new ContiguousLayout(address, shape.Length * elementSize);
            case 2:
                return Chunks(reader, ChunkIndexKind.BTree1, address, Sizes(ref reader, rank, 4), shape);
            default:
                throw reader.Damaged($"the storage of kind {kind} is stated; 0 to 2 are known");
        }
    }

    private static StorageLayout ReadNew(MetadataReader reader, byte version, Shape shape)
    {
        byte kind = reader.Byte();
        switch (kind)
        {
            case 0:
                return new CompactLayout(reader.Bytes(reader.UInt16()).ToArray());
            case 1:
                return new ContiguousLayout(reader.Offset(), reader.Length());
            case 2 when version == 3:
                int rank = reader.Byte();
                long address = reader.Offset();
                return Chunks(reader, ChunkIndexKind.BTree1, address, Sizes(ref reader, rank, 4), shape);
            case 2:
                return ReadIndexed(reader, shape);
            case 3:
                return new VirtualLayout(reader.Offset(), reader.UInt32());
            default:
                throw reader.Damaged($"the storage of kind {kind} is stated; 0 to 3 are known");
        }
    }

    /// <summary>Version 4: chunks by one of five kinds of index, each with parameters of its own.</summary>
    private static ChunkedLayout ReadIndexed(MetadataReader reader, Shape shape)
    {
        byte flags = reader.Byte();
        int rank = reader.Byte();
        int width = reader.Byte();
        if (width is < 1 or > 8)
            throw reader.Damaged($"sizes of {width} bytes are stated; they have 1 to 8");
        long[] sizes = Sizes(ref reader, rank, width);
        var kind = (ChunkIndexKind)reader.Byte();
        (long singleBytes, uint singleMask) = (0, 0);
        switch (kind)
        {
            case ChunkIndexKind.SingleChunk when (flags & 2) != 0:
                (singleBytes, singleMask) = (reader.Length(), reader.UInt32());
                break;
            case ChunkIndexKind.SingleChunk or ChunkIndexKind.Implicit:
                break;
            case ChunkIndexKind.FixedArray:
                reader.Skip(1); // these parameters stand in the indices themselves, too
                break;
            case ChunkIndexKind.ExtensibleArray:
                reader.Skip(5);
                break;
            case ChunkIndexKind.BTree2:
                reader.Skip(6);
                break;
            default:
                throw reader.Damaged($"the chunk index of kind {(int)kind} is stated; 1 to 5 are known", -1);
        }

        return Chunks(reader, kind, reader.Offset(), sizes, shape) with
        {
            SingleChunkBytes = singleBytes,
            SingleChunkFilterMask = singleMask,
            PartialChunksAreUnfiltered = (flags & 1) != 0,
        };
    }

    private static long[] Sizes(ref MetadataReader reader, int count, int width)
    {
        var sizes = new long[count];
        for (int i = 0; i < count; i++)
            sizes[i] = (long)(reader.Number(width) & long.MaxValue);
        return sizes;
    }

    /// <param name="reader">For complaints.</param>
    /// <param name="index">How the chunks are found.</param>
    /// <param name="address">Where.</param>
    /// <param name="sizes">Of a chunk along each axis, and behind them the bytes of an element.</param>
    /// <param name="shape">Of the dataset.</param>
    private static ChunkedLayout Chunks(MetadataReader reader, ChunkIndexKind index, long address, long[] sizes, Shape shape)
    {
        if (sizes.Length != shape.Rank + 1 || shape.Rank == 0)
            throw reader.Damaged($"chunks of {sizes.Length - 1} axes are stated for a dataset of {shape.Rank}");
        long bytes = 1;
        foreach (long size in sizes)
        {
            if (size <= 0 || bytes > int.MaxValue / size)
                throw reader.Damaged($"chunks of ({string.Join(", ", sizes[..^1])}) elements of {sizes[^1]} bytes are stated; a chunk has at least one element and is read up to 2 GB");
            bytes *= size;
        }

        return new ChunkedLayout(index, address, Shape.Create(sizes.AsSpan()[..^1]), (int)sizes[^1]);
    }

    private static int Count(uint bytes, MetadataReader reader) =>
        bytes <= int.MaxValue ? (int)bytes : throw reader.Damaged($"{bytes} bytes of elements are stated to lie in the header");
}
