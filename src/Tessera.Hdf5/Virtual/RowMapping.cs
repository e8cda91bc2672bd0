namespace Tessera.Hdf5Format;

/// <summary>
/// Element by element in the order of both selections, whatever their forms: pieces of rows of one are pieces of rows of the other. Pieces that lie near each
/// other in the source are read together.
/// </summary>
internal sealed class RowMapping : PieceMapping
{
    private readonly SelectionTree _target, _source;

    public RowMapping(SelectionTree target, SelectionTree source)
    {
        (_target, _source) = (target, source);
        if (target.Count != source.Count)
            throw new InvalidDataException($"{source.Count} of its elements are to become {target.Count} of a virtual dataset.");
    }

    public override void Read(SourceReader source, Region region, Span<byte> destination, Allowance allowance, CancellationToken cancellation)
    {
        var wanted = new List<(long Number, long Length, long Offset)>();
        _target.FindIn(region, wanted);
        var pieces = new List<(long[] Start, long Length, long Offset)>();
        const int together = 1 << 14; // pieces that are looked at at once, which bounds memory
        foreach ((long number, long length, long offset) in wanted)
        {
            long at = offset;
            _source.Find(number, length, (start, count) =>
            {
                pieces.Add(((long[])start.Clone(), count, at));
                at += count;
            });
            if (pieces.Count < together)
                continue;
            Read(source, pieces, 0, pieces.Count, destination, allowance, cancellation);
            pieces.Clear();
        }

        if (pieces.Count > 0)
            Read(source, pieces, 0, pieces.Count, destination, allowance, cancellation);
    }

    private static void Read(SourceReader source, List<(long[] Start, long Length, long Offset)> pieces, int first, int end, Span<byte> destination, Allowance allowance, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Region box = Around(pieces, first, end, out long wanted);
        bool isNear = (double)box.Length <= MostGaps * wanted && box.Length * source.Width <= MostBytes;
        if (!isNear && end - first > 1)
        {
            int middle = first + (end - first) / 2;
            Read(source, pieces, first, middle, destination, allowance, cancellation);
            Read(source, pieces, middle, end, destination, allowance, cancellation);
            return;
        }

        using var elements = new RentedBytes(checked((int)(box.Length * source.Width)));
        source.Read(box, wanted, elements.Span, allowance, cancellation);
        long[] strides = box.Extent.DenseStrides();
        for (int i = first; i < end; i++)
        {
            (long[] start, long length, long offset) = pieces[i];
            long from = 0;
            for (int axis = 0; axis < start.Length; axis++)
                from += (start[axis] - box.Start[axis]) * strides[axis];
            elements.Span.Slice((int)from * source.Width, (int)length * source.Width).CopyTo(destination[((int)offset * source.Width)..]);
        }
    }

    private static Region Around(List<(long[] Start, long Length, long Offset)> pieces, int first, int end, out long wanted)
    {
        int rank = pieces[first].Start.Length;
        (long[] low, long[] high) = ((long[])pieces[first].Start.Clone(), new long[rank]);
        wanted = 0;
        for (int i = first; i < end; i++)
        {
            (long[] start, long length, _) = pieces[i];
            wanted += length;
            for (int axis = 0; axis < rank; axis++)
            {
                low[axis] = Math.Min(low[axis], start[axis]);
                high[axis] = Math.Max(high[axis], start[axis] + (axis == rank - 1 ? length : 1));
            }
        }

        return new Region(low, Shape.Create([.. high.Zip(low, (to, from) => to - from)]));
    }
}
