namespace Tessera.Hdf5Format;

/// <summary>
/// Finds the pieces of a virtual dataset that a box touches, without a look at each: along the axis where most of them differ they are in the order of
/// their beginnings, and with each is known how far those before it reach.
/// </summary>
internal sealed class PieceSearch
{
    private readonly VirtualPiece[] _pieces;
    private readonly int _axis;
    private readonly int[] _order;
    private readonly long[] _low; // of the pieces in that order
    private readonly long[] _reach; // the furthest end of a piece and those before it

    public PieceSearch(VirtualPiece[] pieces)
    {
        _pieces = pieces;
        int rank = pieces.Length == 0 ? 0 : pieces[0].Low.Length;
        _axis = rank == 0 ? -1 : Enumerable.Range(0, rank).MaxBy(axis => pieces.Select(piece => piece.Low[axis]).Distinct().Count());
        _order = [.. Enumerable.Range(0, pieces.Length).OrderBy(piece => _axis < 0 ? 0 : pieces[piece].Low[_axis])];
        _low = [.. _order.Select(piece => _axis < 0 ? 0 : pieces[piece].Low[_axis])];
        _reach = new long[pieces.Length];
        long reach = 0;
        for (int i = 0; i < _order.Length; i++)
            _reach[i] = reach = _axis < 0 ? 1 : Math.Max(reach, pieces[_order[i]].High[_axis]);
    }

    /// <summary>The numbers of the pieces, ascending.</summary>
    public int[] Touching(Region region)
    {
        var touched = new List<int>();
        (long start, long end) = _axis < 0 ? (0, 1) : (region.Start[_axis], region.End(_axis));
        int first = Array.BinarySearch(_reach, start + 1);
        first = first >= 0 ? first : ~first;
        while (first > 0 && _reach[first - 1] > start)
            first--; // several reach as far
        for (int i = first; i < _order.Length && _low[i] < end; i++)
        {
            if (_pieces[_order[i]].Touches(region))
                touched.Add(_order[i]);
        }

        touched.Sort();
        return [.. touched];
    }
}
