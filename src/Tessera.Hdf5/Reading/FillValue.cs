namespace Tessera.Hdf5Format;

/// <summary>What elements are that were never written.</summary>
internal sealed class FillValue
{
    private readonly byte[] _element;

    /// <param name="stored">An element as the file holds it; none for zeros.</param>
    /// <param name="format">How it becomes one in memory.</param>
    public FillValue(ReadOnlySpan<byte> stored, NumberFormat format)
    {
        _element = [];
        if (!stored.ContainsAnyExcept((byte)0))
            return; // zeros, of whatever size
        _element = new byte[format.Width];
        format.Convert(stored, _element);
    }

    /// <summary>Fills a box of an array.</summary>
    public void Fill(Span<byte> target, Shape shape, ReadOnlySpan<long> start, Shape extent, int elementSize)
    {
        Span<long> strides = stackalloc long[shape.Rank], index = stackalloc long[shape.Rank];
        BoxCopy.Strides(shape, elementSize, strides);
        index.Clear();
        int last = shape.Rank - 1, run = (int)(last < 0 ? 1 : extent[last]) * elementSize;
        long at = BoxCopy.Offset(start, strides);
        while (true)
        {
            FillRun(target.Slice((int)at, run));
            int axis = last - 1;
            for (; axis >= 0; axis--)
            {
                at += strides[axis];
                if (++index[axis] < extent[axis])
                    break;
                at -= index[axis] * strides[axis];
                index[axis] = 0;
            }

            if (axis < 0)
                return;
        }
    }

    /// <summary>Fills a run of elements, doubling what is there already.</summary>
    private void FillRun(Span<byte> run)
    {
        if (_element.Length == 0)
        {
            run.Clear();
            return;
        }

        _element.CopyTo(run);
        for (int done = _element.Length; done < run.Length; done *= 2)
            run[..Math.Min(done, run.Length - done)].CopyTo(run[done..]);
    }
}
