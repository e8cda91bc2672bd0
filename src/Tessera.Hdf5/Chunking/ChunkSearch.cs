namespace Tessera.Hdf5Format;

/// <summary>What an index of chunks is read for: the dataset's sizes, and the table that chunks go into.</summary>
/// <param name="Layout">How the dataset is stored.</param>
/// <param name="Numbers">From positions to the numbers of chunks.</param>
/// <param name="Table">Takes what is found.</param>
/// <param name="Filtered">Whether chunks pass filters, so that each has a size of its own.</param>
/// <param name="ChunkBytes">Bytes of a chunk that isn't filtered.</param>
/// <param name="Cancellation">Looked at once a node.</param>
internal sealed record ChunkSearch(
    ChunkedLayout Layout, ChunkNumbers Numbers, ChunkTableBuilder Table, bool Filtered, long ChunkBytes, CancellationToken Cancellation)
{
    public int Rank => Layout.Chunk.Rank;
}
