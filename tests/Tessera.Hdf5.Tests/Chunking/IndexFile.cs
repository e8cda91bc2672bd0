namespace Tessera.Hdf5Format.Tests;

/// <summary>A file with one chunked dataset, as the oracle tells of it.</summary>
/// <param name="Chunks">Of some of its chunks: the checksum of the stored bytes, their number, the filters that were left out, and the place in the grid.</param>
internal sealed record IndexFile(
    string File, int Kind, long[] Shape, long[] Chunk, long[] MaxShape, int ItemSize, bool Filtered, int UserBlock, int Sizes, int Lengths, int Count, long[][] Chunks)
{
    /// <summary>The layout that the dataset's object header states, from what is found in the file's bytes.</summary>
    public ChunkedLayout Layout(byte[] file)
    {
        var index = (ChunkIndexKind)Kind;
        long address = index switch
        {
            ChunkIndexKind.BTree1 => Structures.Tree1(file, 1, Sizes),
            ChunkIndexKind.FixedArray => Structures.Only(file, "FAHD"),
            ChunkIndexKind.ExtensibleArray => Structures.Only(file, "EAHD"),
            ChunkIndexKind.BTree2 => Structures.Tree2(file, (byte)(Filtered ? 11 : 10)),
            _ => FirstChunk(file),
        };
        return new ChunkedLayout(index, address - UserBlock, Tessera.Shape.Create(Chunk), ItemSize)
        {
            MaxSizes = MaxShape,
            SingleChunkBytes = Filtered ? Chunks[0][1] : 0,
            SingleChunkFilterMask = (uint)Chunks[0][2],
        };
    }

    /// <summary>The first chunk has no signature; its checksum finds it.</summary>
    private int FirstChunk(byte[] file)
    {
        int bytes = (int)Chunks[0][1];
        for (int at = 0; at <= file.Length - bytes; at++)
        {
            if (Crc32.Of(file.AsSpan(at, bytes)) == Chunks[0][0])
                return at;
        }

        throw new InvalidDataException($"{File} has no chunk.");
    }
}
