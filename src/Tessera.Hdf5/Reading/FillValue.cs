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
        (int outer, long whole, long first, long run) = shape.Rank == 0 ? (0, 1, 0, 1) : (shape.Rank - 1, shape[^1], start[^1], extent[^1]);
        foreach (ReadOnlySpan<long> index in new Region(start, extent).Indices(outer))
        {
            long at = (shape.PositionOf(index) * whole) + first;
            FillRun(target.Slice((int)at * elementSize, (int)run * elementSize));
        }
    }

    /// <summary>Fills a row of elements, doubling what is there already.</summary>
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
