namespace Tessera.Executors;

/// <summary>Steps through the outer loops of a tile, keeping the address of every operand and the number of reduced steps so far.</summary>
internal ref struct Walk
{
    private readonly Loops _loops;
    private readonly int _first;
    private readonly Span<nint> _addresses;
    private readonly Span<long> _index;

    public Walk(Loops loops, int first, ReadOnlySpan<Tile> operands, Span<nint> addresses, Span<long> index)
    {
        _loops = loops;
        _first = first;
        _addresses = addresses;
        _index = index;
        _index.Clear();
        for (int i = 0; i < operands.Length; i++)
            addresses[i] = operands[i].Address;
    }

    /// <summary>Position among the steps of the reduced loops alone, in C order: how many values a state met before, in this walk.</summary>
    public readonly long ReducedStep
    {
        get
        {
            long step = 0;
            for (int loop = _loops.Count - 1; loop >= _first; loop--)
            {
                if (_loops.IsReduced(loop))
                    step = (step * _loops.Extent(loop)) + _index[loop];
            }

            return step;
        }
    }

    /// <summary>Goes to the next step; false after the last.</summary>
    public readonly bool Next()
    {
        for (int loop = _first; loop < _loops.Count; loop++)
        {
            for (int i = 0; i < _addresses.Length; i++)
                _addresses[i] += (nint)_loops.Stride(i, loop);
            if (++_index[loop] < _loops.Extent(loop))
                return true;

            for (int i = 0; i < _addresses.Length; i++)
                _addresses[i] -= (nint)(_loops.Stride(i, loop) * _loops.Extent(loop));
            _index[loop] = 0;
        }

        return false;
    }
}
