namespace Tessera.Hdf5Format;

/// <summary>Walks a box inside two arrays, both dense in C order, in runs that lie in one piece in both. It stands before the first until it is moved.</summary>
internal ref struct BoxRuns
{
    private readonly long[] _sourceStrides, _targetStrides;
    private readonly long _sourceStart, _targetStart;
    private RegionIndices _outer; // over the axes that are walked; those behind are within a run

    /// <param name="extent">The sizes of the box.</param>
    /// <param name="sourceShape">The sizes of the array that it is taken from.</param>
    /// <param name="sourceStart">Where it begins there.</param>
    /// <param name="targetShape">The sizes of the array that it is put into.</param>
    /// <param name="targetStart">Where it begins there.</param>
    public BoxRuns(Shape extent, Shape sourceShape, ReadOnlySpan<long> sourceStart, Shape targetShape, ReadOnlySpan<long> targetStart)
    {
        _sourceStrides = sourceShape.DenseStrides();
        _targetStrides = targetShape.DenseStrides();
        Run = 1;
        int outer = extent.Rank;
        bool isWhole = true;
        while (outer > 0 && isWhole)
        {
            outer--;
            Run *= extent[outer];
            isWhole = extent[outer] == sourceShape[outer] && extent[outer] == targetShape[outer];
        }

        Source = _sourceStart = BoxCopy.Offset(sourceStart, _sourceStrides);
        Target = _targetStart = BoxCopy.Offset(targetStart, _targetStrides);
        _outer = new Region(extent).Indices(outer);
    }

    /// <summary>Elements of a run.</summary>
    public long Run { get; }

    /// <summary>The first element of the present run in the array that it is taken from.</summary>
    public long Source { get; private set; }

    /// <summary>The first element of the present run in the array that it is put into.</summary>
    public long Target { get; private set; }

    /// <summary>Copies all of a box.</summary>
    public void Copy(ReadOnlySpan<byte> source, Span<byte> target, int elementBytes)
    {
        int bytes = (int)Run * elementBytes;
        while (Next())
            source.Slice((int)Source * elementBytes, bytes).CopyTo(target[((int)Target * elementBytes)..]);
    }

    /// <summary>Goes to the next run; false after the last.</summary>
    public bool Next()
    {
        if (Run == 0 || !_outer.MoveNext())
            return false;
        Source = _sourceStart + BoxCopy.Offset(_outer.Current, _sourceStrides);
        Target = _targetStart + BoxCopy.Offset(_outer.Current, _targetStrides);
        return true;
    }
}
