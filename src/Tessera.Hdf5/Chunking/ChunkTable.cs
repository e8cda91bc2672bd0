namespace Tessera.Hdf5Format;

/// <summary>
/// Where each chunk of a dataset lies. Chunks are numbered in C order over the grid of chunks that covers the dataset's present sizes; a chunk
/// that was never written isn't in the table. Where most chunks are there, places lie by number (16 bytes a chunk); else beside the sorted
/// numbers (24 bytes). Immutable: any number of threads look chunks up.
/// </summary>
internal sealed class ChunkTable
{
    private readonly long[]? _numbers;
    private readonly ChunkPlace[] _places;

    /// <summary>A table of places beside their sorted numbers, or, where these are null, of places by number.</summary>
    internal ChunkTable(long[]? numbers, ChunkPlace[] places, int count) => (_numbers, _places, Count) = (numbers, places, count);

    /// <summary>A dataset of which nothing was written.</summary>
    public static ChunkTable Empty { get; } = new([], [], 0);

    public int Count { get; }

    /// <summary>All chunks by their numbers, in ascending order.</summary>
    public IEnumerable<KeyValuePair<long, ChunkEntry>> Entries
    {
        get
        {
            for (int i = 0; i < _places.Length; i++)
            {
                if (_places[i].IsThere)
                    yield return new(_numbers is null ? i : _numbers[i], _places[i].Entry);
            }
        }
    }

    public bool TryGet(long number, out ChunkEntry entry)
    {
        ChunkPlace[] places = _places;
        long at = _numbers is null ? number : Array.BinarySearch(_numbers, number);
        if ((ulong)at >= (ulong)places.Length || !places[at].IsThere)
        {
            entry = default;
            return false;
        }

        entry = places[at].Entry;
        return true;
    }
}

/// <summary>One stored chunk.</summary>
/// <param name="Address">Where it begins in the file.</param>
/// <param name="Bytes">How many bytes are stored, as the filters left them.</param>
/// <param name="FilterMask">A bit for each filter of the pipeline, from the lowest; set where the filter was left out for this chunk.</param>
internal readonly record struct ChunkEntry(long Address, long Bytes, uint FilterMask);

/// <summary>A <see cref="ChunkEntry"/> in 16 bytes, which also says that there is none. The address is stored one up: all zeros is no chunk.</summary>
internal readonly struct ChunkPlace(ChunkEntry entry)
{
    private readonly long _next = entry.Address + 1;
    private readonly int _bytes = (int)entry.Bytes;
    private readonly uint _filterMask = entry.FilterMask;

    public bool IsThere => _next != 0;

    public ChunkEntry Entry => new(_next - 1, _bytes, _filterMask);
}
