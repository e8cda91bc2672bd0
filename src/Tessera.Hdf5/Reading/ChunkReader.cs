namespace Tessera.Hdf5Format;

/// <summary>
/// Elements in chunks. The table of chunks is read once, when first needed. A chunk that lies dense in the destination is read or decoded straight
/// into it; of others the part that is wanted is copied there. Parts of chunks without filters are read piece by piece, none of them large.
/// </summary>
internal sealed class ChunkReader : StorageReader
{
    /// <summary>Bytes of a chunk without filters that are rented at once, at most.</summary>
    public const int MostTogether = 1 << 20;

    private readonly ChunkedLayout _layout;
    private readonly FillValue _fill;
    private readonly FilterPipeline _filters;
    private readonly long[] _grid; // chunks along each axis

    [NonSerialized] // read anew in a worker process
    private ChunkTable? _table;

    public ChunkReader(FileBytes file, ChunkedLayout layout, Shape shape, NumberFormat format, FillValue fill, FilterPipeline filters)
        : base(file, shape, format)
    {
        (_layout, _fill, _filters) = (layout, fill, filters);
        if (layout.ElementSize != format.Size)
            throw file.Damaged(layout.Address, $"chunks of elements of {layout.ElementSize} bytes are stated, and an element has {format.Size}");
        _grid = [.. shape.Select((size, axis) => (size + layout.Chunk[axis] - 1) / layout.Chunk[axis])];
    }

    public override Shape StorageChunks => _layout.Chunk;

    public override bool IsCheap => _filters.IsEmpty && Format.IsPlain;

    public override ReadCost Cost => Plain(_filters.NanosecondsPerByte);

    /// <summary>
    /// One chunk at a time, if the file can hold such: stored, decoded, and converted as far as it lies in the box. Without filters, a piece of one.
    /// </summary>
    public override long WorkingBytes(Region region)
    {
        if (_filters.IsEmpty)
        {
            long elements = Math.Max(1, MostTogether / Format.Size), together = Math.Min(_layout.ChunkBytes, Math.Max(MostTogether, Format.Size));
            return RentedBytes.Capacity(together) + CopyingBytes(Math.Min(elements, Math.Min(region.Length, _layout.Chunk.Length)));
        }

        double most = File.File.Length * (Expansion.Most(_filters.Specs) ?? double.PositiveInfinity);
        long chunk = (long)Math.Min(most, Math.Min(_layout.ChunkBytes, Array.MaxLength));
        return RentedBytes.Capacity(chunk) + _filters.WorkingBytes(chunk, encodes: false) + CopyingBytes(Math.Min(region.Length, _layout.Chunk.Length));
    }

    public override void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        ChunkTable table = Table(cancellation);
        foreach (ReadOnlySpan<long> at in TouchedChunks.Of(region, _layout.Chunk).Indices())
        {
            cancellation.ThrowIfCancellationRequested();
            ReadChunk(table, at, region, destination);
        }
    }

    private ChunkTable Table(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _table) is { } known)
            return known;
        lock (_layout) // a lock of its own wouldn't travel
            return _table ??= WhileWritten.Read(File.File, () => ChunkIndex.Read(File, _layout, Shape, !_filters.IsEmpty, cancellation));
    }

    /// <summary>Puts the part of a chunk that lies in the region where it belongs in the destination.</summary>
    private void ReadChunk(ChunkTable table, ReadOnlySpan<long> at, Region region, Span<byte> destination)
    {
        int rank = at.Length;
        Span<long> inChunk = stackalloc long[rank], inRegion = stackalloc long[rank], sizes = stackalloc long[rank];
        long number = 0;
        for (int axis = 0; axis < rank; axis++)
        {
            long start = at[axis] * _layout.Chunk[axis];
            long from = Math.Max(start, region.Start[axis]), to = Math.Min(start + _layout.Chunk[axis], region.End(axis));
            (inChunk[axis], inRegion[axis], sizes[axis]) = (from - start, from - region.Start[axis], to - from);
            number = (number * _grid[axis]) + at[axis];
        }

        Shape extent = Shape.Create(sizes);
        if (!table.TryGet(number, out ChunkEntry entry))
            _fill.Fill(destination, region.Extent, inRegion, extent, Format.Width);
        else if (Format.IsPlain && extent == _layout.Chunk && BoxCopy.LiesDense(region.Extent, extent))
            ReadStored(entry, at, destination.Slice((int)Offset(region.Extent, inRegion), (int)_layout.ChunkBytes));
        else
            ReadPart(entry, at, inChunk, extent, destination, region.Extent, inRegion);
    }

    private void ReadPart(ChunkEntry entry, ReadOnlySpan<long> at, ReadOnlySpan<long> inChunk, Shape extent, Span<byte> destination, Shape shape, ReadOnlySpan<long> inRegion)
    {
        if (IsUnfiltered(at))
        {
            ReadUnfilteredPart(entry, at, inChunk, extent, destination, shape, inRegion);
            return;
        }

        RequireRoom(entry, at);
        using var chunk = new RentedBytes((int)_layout.ChunkBytes);
        ReadStored(entry, at, chunk.Span);
        CopyBox(chunk.Span, _layout.Chunk, inChunk, destination, shape, inRegion, extent);
    }

    private void ReadUnfilteredPart(ChunkEntry entry, ReadOnlySpan<long> at, ReadOnlySpan<long> inChunk, Shape extent, Span<byte> destination, Shape shape, ReadOnlySpan<long> inRegion)
    {
        CheckWhole(entry, at);
        File.Require(entry.Address, _layout.ChunkBytes);
        ReadPieces(entry.Address, inChunk, extent, destination, shape, inRegion);
    }

    /// <summary>Reads from the first byte that is wanted to the last: straight to where they belong if they lie there as in the file, else in halves until they are few.</summary>
    private void ReadPieces(long address, ReadOnlySpan<long> inChunk, Shape extent, Span<byte> destination, Shape shape, ReadOnlySpan<long> inRegion)
    {
        Span<long> strides = stackalloc long[extent.Rank], origin = stackalloc long[extent.Rank];
        origin.Clear();
        BoxCopy.Strides(_layout.Chunk, Format.Size, strides);
        long from = BoxCopy.Offset(inChunk, strides), bytes = Format.Size;
        for (int axis = 0; axis < extent.Rank; axis++)
            bytes += (extent[axis] - 1) * strides[axis];

        if (Format.IsPlain && bytes == extent.Length * Format.Size && BoxCopy.LiesDense(shape, extent))
        {
            File.Read(address + from, destination.Slice((int)Offset(shape, inRegion), (int)bytes));
            return;
        }

        if (bytes > MostTogether && extent.Length > 1)
        {
            int cut = 0;
            while (extent[cut] == 1)
                cut++;
            (long[] sizes, long[] fromChunk, long[] fromRegion) = ([.. extent], [.. inChunk], [.. inRegion]);
            long half = extent[cut] / 2;
            sizes[cut] = half;
            ReadPieces(address, fromChunk, Shape.Create(sizes), destination, shape, fromRegion);
            sizes[cut] = extent[cut] - half;
            fromChunk[cut] += half;
            fromRegion[cut] += half;
            ReadPieces(address, fromChunk, Shape.Create(sizes), destination, shape, fromRegion);
            return;
        }

        using var wanted = new RentedBytes((int)bytes);
        File.Read(address + from, wanted.Span);
        CopyBox(wanted.Span, _layout.Chunk, origin, destination, shape, inRegion, extent);
    }

    /// <summary>Reads a whole chunk and undoes its filters.</summary>
    private void ReadStored(ChunkEntry entry, ReadOnlySpan<long> at, Span<byte> chunk)
    {
        if (IsUnfiltered(at))
        {
            CheckWhole(entry, at);
            File.Read(entry.Address, chunk);
            return;
        }

        RequireRoom(entry, at);
        using var stored = new RentedBytes((int)entry.Bytes);
        for (int tries = 1; ; tries++)
        {
            File.Read(entry.Address, stored.Span);
            try
            {
                _filters.Decode(stored.Span, entry.FilterMask, chunk);
                return;
            }
            catch (FilterException) when (WhileWritten.MayBecomeWhole(File.File, tries))
            {
                // A chunk that is being filled is written again in its place; the next reading finds all of it.
            }
            catch (FilterException damage)
            {
                throw Damaged(entry, at, damage.Message.TrimEnd('.'), damage);
            }
        }
    }

    /// <summary>Checks sizes before memory is taken for them.</summary>
    private void RequireRoom(ChunkEntry entry, ReadOnlySpan<long> at)
    {
        File.Require(entry.Address, entry.Bytes);
        if (entry.Bytes > Array.MaxLength)
            throw Damaged(entry, at, $"{entry.Bytes} stored bytes are stated, which is more than a chunk has");
        if (Expansion.Most(_filters.Specs) is { } most && entry.Bytes * most < _layout.ChunkBytes)
            throw Damaged(entry, at, $"{entry.Bytes} bytes are stored, which can't become the {_layout.ChunkBytes} of the chunk");
    }

    private bool IsUnfiltered(ReadOnlySpan<long> at) => _filters.IsEmpty || (_layout.PartialChunksAreUnfiltered && SticksOut(at));

    private bool SticksOut(ReadOnlySpan<long> at)
    {
        for (int axis = 0; axis < at.Length; axis++)
        {
            if ((at[axis] + 1) * _layout.Chunk[axis] > Shape[axis])
                return true;
        }

        return false;
    }

    private void CheckWhole(ChunkEntry entry, ReadOnlySpan<long> at)
    {
        if (entry.Bytes < _layout.ChunkBytes)
            throw Damaged(entry, at, $"{entry.Bytes} bytes are stored, and the chunk has {_layout.ChunkBytes} and no filter");
    }

    private InvalidDataException Damaged(ChunkEntry entry, ReadOnlySpan<long> at, string what, Exception? cause = null) =>
        File.Damaged(entry.Address, $"the chunk ({string.Join(", ", at.ToArray())}) is damaged: {what}", cause);

    private long Offset(Shape shape, ReadOnlySpan<long> start)
    {
        Span<long> strides = stackalloc long[start.Length];
        BoxCopy.Strides(shape, Format.Size, strides);
        return BoxCopy.Offset(start, strides);
    }
}
