namespace Tessera.Hdf5Format;

/// <summary>
/// Cuts blocks into the storage chunks of a dataset, encodes them, and stores them. Cutting and encoding are done by the thread that brings the
/// block, many at once; only the storing is one at a time.
/// </summary>
/// <remarks>
/// All is told in indexes of the dataset. The array begins at <paramref name="origin"/> there: at 0, or where an existing dataset ended. A chunk
/// that begins before is one of both; its old elements are read first. Elements behind the end of the dataset are the fill value.
/// <code>
/// chunks of 4, ten elements there, seven to come:
///   0 1 2 3 | 4 5 6 7 | 8 9 . . | . . . . | . = = =      "." is written, 8 and 9 are read before, "=" is filled
/// </code>
/// </remarks>
internal sealed class ChunkWriter(NativeDataset dataset, FilterPipeline filters, Shape chunk, Shape extent, long[] origin, byte[] fill, OldElements? old = null)
{
    private readonly bool _fillsWithZeros = fill.AsSpan().IndexOfAnyExcept((byte)0) < 0;
    private long _written;

    /// <summary>Chunks that were stored.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Chunks that hold elements of the array.</summary>
    public long Expected
    {
        get
        {
            long count = 1;
            for (int axis = 0; axis < chunk.Rank; axis++)
                count *= extent[axis] == origin[axis] ? 0 : ((extent[axis] - 1) / chunk[axis]) - (origin[axis] / chunk[axis]) + 1;
            return count;
        }
    }

    /// <summary>What writing takes: a chunk put together, and encoded.</summary>
    /// <param name="filters">That encode it.</param>
    /// <param name="chunk">The sizes of a chunk.</param>
    /// <param name="elementBytes">The bytes of an element.</param>
    /// <param name="isOneChunk">True where what is written is a chunk, which is stored as it is.</param>
    public static long WorkingBytes(FilterPipeline filters, Shape chunk, int elementBytes, bool isOneChunk)
    {
        long raw = chunk.Length * elementBytes;
        return (isOneChunk ? 0 : RentedBytes.Capacity(raw)) + filters.WorkingBytes(raw, encodes: true);
    }

    public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
    {
        foreach (ReadOnlySpan<long> index in TouchedChunks.Of(region, chunk, origin).Indices())
        {
            cancellation.ThrowIfCancellationRequested();
            WriteChunk(index, region, elements, cancellation);
        }
    }

    /// <summary>Makes one chunk of its part of a block, with as few copies as there can be: none where the part lies in one piece.</summary>
    private void WriteChunk(ReadOnlySpan<long> index, Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
    {
        int rank = region.Rank, elementBytes = fill.Length;
        Span<long> start = stackalloc long[rank], size = stackalloc long[rank], inBlock = stackalloc long[rank], inChunk = stackalloc long[rank];
        bool isWhole = true, hasOld = false;
        for (int axis = 0; axis < rank; axis++)
        {
            start[axis] = index[axis] * chunk[axis];
            long from = Math.Max(start[axis], origin[axis] + region.Start[axis]);
            size[axis] = Math.Min(start[axis] + chunk[axis], origin[axis] + region.End(axis)) - from;
            inBlock[axis] = from - origin[axis] - region.Start[axis];
            inChunk[axis] = from - start[axis];
            isWhole &= size[axis] == chunk[axis];
            hasOld |= start[axis] < origin[axis];
        }

        var copy = new BoxRuns(Shape.Create(size), region.Extent, inBlock, chunk, inChunk);
        int bytes = (int)chunk.Length * elementBytes;
        if (isWhole && copy.Run == chunk.Length)
        {
            Store(start, elements.Slice((int)copy.Source * elementBytes, bytes));
            return;
        }

        using var raw = new RentedBytes(bytes);
        if (!isWhole)
            Fill(raw.Span);
        if (hasOld)
            ReadOld(start, raw.Span, cancellation);
        copy.Copy(elements, raw.Span, elementBytes);
        Store(start, raw.Span);
    }

    private void Store(ReadOnlySpan<long> start, ReadOnlySpan<byte> raw)
    {
        if (filters.IsEmpty)
        {
            dataset.WriteChunk(start, raw, filterMask: 0);
        }
        else
        {
            using var stored = new RentedBytes((int)filters.MostEncoded(raw.Length));
            int count = filters.Encode(raw, stored.Span, out uint mask);
            dataset.WriteChunk(start, stored.Span[..count], mask);
        }

        Interlocked.Increment(ref _written);
    }

    private void Fill(Span<byte> raw)
    {
        if (_fillsWithZeros)
        {
            raw.Clear();
            return;
        }

        for (int at = 0; at < raw.Length; at += fill.Length)
            fill.CopyTo(raw[at..]);
    }

    /// <summary>Puts what an existing dataset has of a chunk at its place.</summary>
    private void ReadOld(ReadOnlySpan<long> start, Span<byte> raw, CancellationToken cancellation)
    {
        var size = new long[start.Length];
        for (int axis = 0; axis < size.Length; axis++)
            size[axis] = Math.Min(chunk[axis], (start[axis] < origin[axis] ? origin[axis] : extent[axis]) - start[axis]);
        Shape part = Shape.Create(size);
        using var there = new RentedBytes((int)part.Length * fill.Length);
        old!.Read(start, size, there.Span, cancellation);
        Span<long> zero = stackalloc long[size.Length];
        zero.Clear();
        new BoxRuns(part, part, zero, chunk, zero).Copy(there.Span, raw, fill.Length);
    }
}
