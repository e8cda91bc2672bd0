namespace Tessera.Hdf5Format;

/// <summary>
/// Where each chunk of a dataset lies. Chunks are numbered in C order over the grid of chunks that covers the dataset's present sizes; a chunk
/// that was never written isn't in the table.
/// </summary>
internal sealed class ChunkTable
{
    private readonly Dictionary<long, ChunkEntry> _entries = [];

    public int Count => _entries.Count;

    public IEnumerable<KeyValuePair<long, ChunkEntry>> Entries => _entries;

    public bool TryGet(long number, out ChunkEntry entry) => _entries.TryGetValue(number, out entry);

    public void Add(long number, ChunkEntry entry) => _entries[number] = entry;
}

/// <summary>One stored chunk.</summary>
/// <param name="Address">Where it begins in the file.</param>
/// <param name="Bytes">How many bytes are stored, as the filters left them.</param>
/// <param name="FilterMask">A bit for each filter of the pipeline, from the lowest; set where the filter was left out for this chunk.</param>
internal readonly record struct ChunkEntry(long Address, long Bytes, uint FilterMask);
