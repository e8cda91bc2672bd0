namespace Tessera.Hdf5Format;

/// <summary>
/// Elements in one piece of the file. A box is read in as few pieces as makes sense: long runs straight into the destination, short ones that lie
/// near each other together with what is between them.
/// </summary>
internal sealed class ContiguousReader : StorageReader
{
    private const int LongRun = 64 << 10; // worth a reading of its own
    private const int MostTogether = 1 << 20;

    private readonly ContiguousBytes _bytes;
    private readonly FillValue _fill;

    public ContiguousReader(FileBytes file, ContiguousBytes bytes, Shape shape, NumberFormat format, FillValue fill)
        : base(file, shape, format)
    {
        (_bytes, _fill) = (bytes, fill);
        bytes.Require(shape, format.Size);

        Span<long> whole = stackalloc long[shape.Rank];
        whole.Fill(1);
        if (shape.Rank > 0)
            whole[^1] = Math.Max(1, Math.Min(shape[^1], LongRun / format.Size));
        StorageChunks = Shape.Create(whole);
    }

    /// <summary>Rows, or pieces of them: cuts along the others cost nothing.</summary>
    public override Shape StorageChunks { get; }

    public override bool IsCheap => true;

    /// <summary>A band of runs, or a piece that is converted.</summary>
    public override long WorkingBytes(Region region) =>
        RentedBytes.Capacity(Math.Min(Shape.Length * Format.Size, Math.Max(MostTogether, Format.Size))) + ConversionBytes;

    public override void Read(Region region, Span<byte> destination, CancellationToken cancellation)
    {
        int rank = region.Rank;
        Span<long> origin = stackalloc long[rank];
        origin.Clear();
        if (!_bytes.AreThere)
        {
            _fill.Fill(destination, region.Extent, origin, region.Extent, Format.Width);
            return;
        }

        Span<long> strides = stackalloc long[rank];
        BoxCopy.Strides(Shape, Format.Size, strides);

        // Trailing whole axes, and the last that isn't whole, lie in one row; the axis before counts the rows of a band.
        long run = Format.Size;
        int outer = rank;
        bool isDense = true;
        while (outer > 0 && isDense)
        {
            outer--;
            run *= region.Extent[outer];
            isDense = region.Extent[outer] == Shape[outer];
        }

        int band = outer - 1;
        (long runs, long stride) = band >= 0 ? (region.Extent[band], strides[band]) : (1, run);
        int walked = Math.Max(band, 0);
        long first = BoxCopy.Offset(region.Start[walked..], strides[walked..]);
        foreach (ReadOnlySpan<long> index in region.Indices(walked))
        {
            cancellation.ThrowIfCancellationRequested();
            int bytes = ReadBand(BoxCopy.Offset(index, strides) + first, run, runs, stride, destination, cancellation);
            destination = destination[bytes..];
        }
    }

    /// <summary>Reads runs at equal distances; returns the bytes of elements that they became.</summary>
    private int ReadBand(long at, long run, long runs, long stride, Span<byte> destination, CancellationToken cancellation)
    {
        int runElements = (int)(run / Format.Size) * Format.Width;
        long together = run >= LongRun || stride > 4 * Math.Max(run, 4096) ? 1 : Math.Clamp((MostTogether - run) / stride + 1, 1, runs);
        if (stride == run)
            together = runs; // nothing between them
        for (long first = 0; first < runs; first += together)
        {
            cancellation.ThrowIfCancellationRequested();
            long count = Math.Min(together, runs - first);
            Span<byte> target = destination.Slice((int)(first * runElements), (int)(count * runElements));
            if (count == 1 || stride == run)
                ReadRun(at + first * stride, target);
            else
                ReadTogether(at + first * stride, (int)run, (int)count, (int)stride, target);
        }

        return (int)(runs * runElements);
    }

    private void ReadRun(long address, Span<byte> target)
    {
        if (Format.IsPlain)
        {
            _bytes.Read(address, target);
            return;
        }

        // In pieces: stored numbers may be larger than elements, and what was just read is still in the cache.
        int most = Math.Min(target.Length / Format.Width, Math.Max(1, MostTogether / Format.Size));
        _bytes.RequireRead(address, (long)most * Format.Size);
        using var bytes = new RentedBytes(most * Format.Size);
        while (!target.IsEmpty)
        {
            int count = Math.Min(most, target.Length / Format.Width);
            Span<byte> stored = bytes.Span[..(count * Format.Size)];
            _bytes.Read(address, stored);
            Format.Convert(stored, target[..(count * Format.Width)]);
            address += stored.Length;
            target = target[(count * Format.Width)..];
        }
    }

    private void ReadTogether(long address, int run, int count, int stride, Span<byte> target)
    {
        _bytes.RequireRead(address, (count - 1L) * stride + run);
        using var bytes = new RentedBytes((count - 1) * stride + run);
        _bytes.Read(address, bytes.Span);
        int elements = target.Length / count;
        for (int i = 0; i < count; i++)
            Format.Convert(bytes.Span.Slice(i * stride, run), target.Slice(i * elements, elements));
    }
}
