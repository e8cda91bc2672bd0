namespace Tessera.Hdf5Format;

/// <summary>
/// What the sources of a virtual dataset take while they are read. Each is looked at when a box that it is part of is asked for; where there are very many, some of
/// them stand for all.
/// </summary>
internal sealed class SourceBytes
{
    /// <summary>So many sources are opened for it at most; they are opened anyway once they are read.</summary>
    private const int Most = 256;

    private readonly Need?[] _needs; // by piece
    private readonly int[]? _looked; // the pieces that stand for all, if there are more sources than are looked at

    public SourceBytes(VirtualMap map)
    {
        _needs = new Need?[map.Pieces.Length];
        int[] firsts = [.. map.Pieces.Index().DistinctBy(piece => (piece.Item.File, piece.Item.Dataset)).Select(piece => piece.Index)];
        if (firsts.Length > Most)
            _looked = [.. Enumerable.Range(0, Most).Select(i => firsts[(long)i * (firsts.Length - 1) / (Most - 1)])];
    }

    /// <summary>The most bytes that one of some pieces takes, for a box of so many elements.</summary>
    /// <param name="pieces">Their numbers.</param>
    /// <param name="elements">Of the box.</param>
    /// <param name="width">Bytes of one.</param>
    /// <param name="readerOf">The source of a piece; null where there is none.</param>
    public long Of(int[] pieces, long elements, int width, Func<int, SourceReader?> readerOf)
    {
        long most = 0;
        foreach (int piece in _looked is null || pieces.Length == 0 ? pieces : _looked)
            most = Math.Max(most, NeedOf(piece, readerOf).Of(elements, width));
        return most;
    }

    /// <summary>One that can't be read now is asked again: it may be written yet.</summary>
    private Need NeedOf(int piece, Func<int, SourceReader?> readerOf) =>
        _needs[piece] ?? (readerOf(piece) is { } source ? _needs[piece] = Need.Of(source) : Need.None);

    /// <param name="OwnBytes">That the source takes itself.</param>
    /// <param name="ChunkBytes">Of a storage chunk that isn't cut; 0 if all are.</param>
    /// <param name="Width">Bytes of an element, there or here.</param>
    /// <param name="Buffers">As the elements are stored, and as they are converted.</param>
    private sealed record Need(long OwnBytes, long ChunkBytes, int Width, int Buffers)
    {
        public static Need None { get; } = new(0, 0, 0, 0);

        public static Need Of(SourceReader source)
        {
            (StorageReader storage, int width) = (source.Storage, Math.Max(source.Width, source.StoredWidth));
            long chunk = storage.IsCheap ? 0 : (long)Math.Min((double)storage.StorageChunks.Length * width, BoxMapping.MostOfAChunk); // a box of cheap ones is cut anywhere
            var most = new Region(storage is VirtualReader ? source.Shape : storage.StorageChunks);
            return new Need(storage.WorkingBytes(most), chunk, width, source.Conversion is null ? 1 : 2);
        }

        /// <summary>What is read before it is put in its places, with what lies between, and what the source takes.</summary>
        public long Of(long elements, int width)
        {
            double box = Math.Min((double)elements * Math.Max(Width, width) * PieceMapping.MostGaps, PieceMapping.MostBytes);
            return (Buffers == 0 ? 0 : Buffers * RentedBytes.Capacity(Math.Max((long)box, ChunkBytes))) + OwnBytes;
        }
    }
}
