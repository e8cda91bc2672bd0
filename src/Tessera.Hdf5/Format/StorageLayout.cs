namespace Tessera.Hdf5Format;

/// <summary>Where the elements of a dataset lie.</summary>
internal abstract record StorageLayout;

/// <summary>In the object header itself.</summary>
internal sealed record CompactLayout(byte[] Data) : StorageLayout;

/// <summary>In one piece of the file; the address is <see cref="FileBytes.Undefined"/> while nothing was written.</summary>
internal sealed record ContiguousLayout(long Address, long Bytes) : StorageLayout;

/// <summary>
/// In chunks, found by an index. The address is that of the index, or of the chunk where there is only one, or of the first where they lie one
/// behind the other (implicit); <see cref="FileBytes.Undefined"/> while nothing was written.
/// </summary>
internal sealed record ChunkedLayout(ChunkIndexKind Index, long Address, Shape Chunk, int ElementSize) : StorageLayout
{
    /// <summary>
    /// How far the dataset may grow along each axis, <see cref="FileBytes.Undefined"/> without limit; from the dataspace. Indices that are arrays
    /// number chunks over these sizes. Null where they are the present ones.
    /// </summary>
    public IReadOnlyList<long>? MaxSizes { get; init; }

    /// <summary>A single chunk only: its bytes as stored and which filters were left out; 0 where it isn't filtered.</summary>
    public long SingleChunkBytes { get; init; }

    public uint SingleChunkFilterMask { get; init; }

    /// <summary>True where chunks that stick out of the dataset are stored without filters.</summary>
    public bool PartialChunksAreUnfiltered { get; init; }

    /// <summary>Bytes of a chunk that isn't filtered.</summary>
    public long ChunkBytes => Chunk.Length * ElementSize;
}

/// <summary>In other datasets: the list of these is an object of the global heap.</summary>
internal sealed record VirtualLayout(long Heap, uint Index) : StorageLayout;

/// <summary>In other datasets, and what they are is known.</summary>
internal sealed record MappedLayout(VirtualMap Map) : StorageLayout;

/// <summary>In pieces of other files, which aren't HDF5, one behind the other.</summary>
internal sealed record ExternalLayout(ExternalPiece[] Pieces) : StorageLayout;

/// <summary>A piece of another file; its size is <see cref="FileBytes.Undefined"/> where it goes on without an end.</summary>
internal sealed record ExternalPiece(string File, long Offset, long Bytes);

/// <summary>How the chunks of a dataset are found.</summary>
internal enum ChunkIndexKind
{
    /// <summary>A version 1 B-tree: every layout before version 4.</summary>
    BTree1 = 0,
    SingleChunk = 1,
    Implicit = 2,
    FixedArray = 3,
    ExtensibleArray = 4,
    BTree2 = 5,
}
