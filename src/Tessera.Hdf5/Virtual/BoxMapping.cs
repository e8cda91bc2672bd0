namespace Tessera.Hdf5Format;

/// <summary>
/// Box to box: axes of the virtual dataset are paired with those of the source, and the k-th index that one selects is the k-th of the other. Axes of which
/// only one index is selected have no partner: a source of two axes is one frame of three.
/// </summary>
internal sealed class BoxMapping : PieceMapping
{
    public const long MostOfAChunk = 512 << 20; // bytes: larger storage chunks are decoded for each part of them

    private readonly AxisSelection[] _target, _source;
    private readonly (int Target, int Source)[] _pairs;

    private BoxMapping(AxisSelection[] target, AxisSelection[] source, (int Target, int Source)[] pairs) => (_target, _source, _pairs) = (target, source, pairs);

    /// <summary>The mapping; null where the boxes have different sizes, so that elements are mapped by their numbers only.</summary>
    public static BoxMapping? TryMap(BoxSelection target, BoxSelection source)
    {
        int[] to = Long(target), from = Long(source);
        bool areAlike = to.Length == from.Length && to.Zip(from, (t, s) => target.Axes[t].Length == source.Axes[s].Length).All(same => same);
        return areAlike ? new BoxMapping(target.Axes, source.Axes, [.. to.Zip(from)]) : null;
    }

    public override bool Covers(Region region)
    {
        for (int axis = 0; axis < _target.Length; axis++)
        {
            if (_target[axis].Below(region.End(axis)) - _target[axis].Below(region.Start[axis]) < region.Extent[axis])
                return false;
        }

        return true;
    }

    public override long[] ChunkOf(Shape storageChunk, int rank)
    {
        long[] chunk = base.ChunkOf(storageChunk, rank);
        foreach ((int target, int source) in _pairs)
        {
            long selected = storageChunk[source];
            if (!_source[source].IsOneBlock)
                selected = (long)((Int128)selected * _source[source].Block / _source[source].Stride);
            selected = Math.Max(1, selected);
            if (!_target[target].IsOneBlock)
                selected = (long)Int128.Min(long.MaxValue, (Int128)selected * _target[target].Stride / _target[target].Block);
            chunk[target] = Math.Max(1, selected);
        }

        return chunk;
    }

    public override void Read(SourceReader source, Region region, Span<byte> destination, Allowance allowance, CancellationToken cancellation)
    {
        var selected = new (long From, long To)[_pairs.Length];
        for (int axis = 0; axis < _target.Length; axis++)
        {
            (long from, long to) = (_target[axis].Below(region.Start[axis]), _target[axis].Below(region.End(axis)));
            if (from == to)
                return;
            if (Array.FindIndex(_pairs, pair => pair.Target == axis) is >= 0 and var pair)
                selected[pair] = (from, to);
        }

        ReadParts(source, region, destination, selected, allowance, cancellation);
    }

    /// <summary>Reads what is selected at once, or in halves: too much, or elements that lie too far from each other.</summary>
    private void ReadParts(SourceReader source, Region region, Span<byte> destination, (long From, long To)[] selected, Allowance allowance, CancellationToken cancellation)
    {
        (long bytes, double gaps, int widest, double widestGaps) = (Math.Max(source.Width, source.StoredWidth), 1, -1, 1);
        for (int pair = 0; pair < selected.Length; pair++)
        {
            (long from, long to) = selected[pair];
            long span = Span(pair, from, to);
            bytes = (long)Math.Min(long.MaxValue / 2, (double)bytes * span);
            // Gaps within a storage chunk cost nothing where that is decoded as a whole.
            double own = (double)span / (to - from), free = Math.Max(1, source.Storage.StorageChunks[_pairs[pair].Source] / (double)Math.Max(1, _source[_pairs[pair].Source].Block));
            gaps *= Math.Max(1, own / (source.Storage.IsCheap ? 1 : free));
            if (to - from > 1 && own > widestGaps)
                (widest, widestGaps) = (pair, own);
        }

        int cut = gaps > MostGaps && widest >= 0 ? widest : bytes > MostBytes ? Longest(source, selected, bytes) : -1;
        if (cut < 0)
        {
            ReadBox(source, region, destination, selected, allowance, cancellation);
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        (long first, long last) = selected[cut];
        long middle = Middle(source, cut, first, last);
        var half = ((long From, long To)[])selected.Clone();
        half[cut] = (first, middle);
        ReadParts(source, region, destination, half, allowance, cancellation);
        half[cut] = (middle, last);
        ReadParts(source, region, destination, half, allowance, cancellation);
    }

    /// <summary>The outermost axis that can be cut so that no storage chunk is decoded twice; -1 if there is none.</summary>
    private int Longest(SourceReader source, (long From, long To)[] selected, long bytes)
    {
        bool isAnywhere = source.Storage.IsCheap || bytes > MostOfAChunk;
        for (int pair = 0; pair < selected.Length; pair++)
        {
            (long from, long to) = selected[pair];
            (int axis, long unit) = (_pairs[pair].Source, source.Storage.StorageChunks[_pairs[pair].Source]);
            if (to - from > 1 && (isAnywhere || _source[axis].At(from) / unit != _source[axis].At(to - 1) / unit))
                return pair;
        }

        return -1;
    }

    /// <summary>Where to cut: between two blocks, or at a storage chunk of the source, if there is one.</summary>
    private long Middle(SourceReader source, int pair, long first, long last)
    {
        AxisSelection axis = _source[_pairs[pair].Source];
        long middle = first + (last - first) / 2;
        long unit = axis.IsOneBlock ? source.Storage.StorageChunks[_pairs[pair].Source] : axis.Block;
        long aligned = Aligned(0) > first ? Aligned(0) : Aligned(1);
        return aligned > first && aligned < last ? aligned : middle;

        long Aligned(int further) => axis.IsOneBlock ? axis.Below((axis.At(middle) / unit + further) * unit) : (middle / unit + further) * unit;
    }

    private long Span(int pair, long from, long to)
    {
        AxisSelection axis = _source[_pairs[pair].Source];
        return axis.At(to - 1) - axis.At(from) + 1;
    }

    private void ReadBox(SourceReader source, Region region, Span<byte> destination, (long From, long To)[] selected, Allowance allowance, CancellationToken cancellation)
    {
        (long[] start, long[] sizes) = (new long[_source.Length], new long[_source.Length]);
        for (int axis = 0; axis < start.Length; axis++)
            (start[axis], sizes[axis]) = (_source[axis].Length == 0 ? 0 : _source[axis].At(0), 1);
        (long[] inRegion, long[] extent) = (new long[_target.Length], new long[_target.Length]);
        for (int axis = 0; axis < extent.Length; axis++)
            (inRegion[axis], extent[axis]) = (_target[axis].At(0) - region.Start[axis], 1);
        (bool isDense, long wanted) = (true, 1);
        for (int pair = 0; pair < selected.Length; pair++)
        {
            (int to, int from) = _pairs[pair];
            (long first, long last) = selected[pair];
            (start[from], sizes[from]) = (_source[from].At(first), Span(pair, first, last));
            (inRegion[to], extent[to]) = (_target[to].At(first) - region.Start[to], _target[to].At(last - 1) - _target[to].At(first) + 1);
            wanted *= last - first;
            isDense &= sizes[from] == last - first && extent[to] == last - first;
        }

        var box = new Region(start, Shape.Create(sizes));
        long[] strides = region.Extent.DenseStrides();
        if (isDense && BoxCopy.LiesDense(region.Extent, Shape.Create(extent)))
        {
            int at = (int)(BoxCopy.Offset(inRegion, strides) * source.Width);
            source.Read(box, box.Length, destination.Slice(at, (int)(box.Length * source.Width)), allowance, cancellation);
            return;
        }

        using var elements = new RentedBytes(checked((int)(box.Length * source.Width)));
        source.Read(box, wanted, elements.Span, allowance, cancellation);
        long[] stored = box.Extent.DenseStrides();
        var copy = new SpreadCopy(source.Width, selected.Length);
        for (int pair = 0; pair < selected.Length; pair++)
        {
            (int to, int from) = _pairs[pair];
            (long first, long last) = selected[pair];
            copy.Axis(pair, last - first, k => (_source[from].At(first + k) - start[from]) * stored[from], k => (_target[to].At(first + k) - _target[to].At(first)) * strides[to]);
        }

        copy.Copy(elements.Span, destination[(int)(BoxCopy.Offset(inRegion, strides) * source.Width)..]);
    }

    private static int[] Long(BoxSelection box) => [.. Enumerable.Range(0, box.Axes.Length).Where(axis => box.Axes[axis].Length != 1)];
}
