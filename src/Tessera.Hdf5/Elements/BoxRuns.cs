namespace Tessera.Hdf5Format;

/// <summary>Walks a box inside two arrays, both dense in C order, in runs that lie in one piece in both.</summary>
internal ref struct BoxRuns
{
    private readonly ReadOnlySpan<long> _size;
    private readonly int _outer; // axes that are walked; those behind are within a run
    private readonly long[] _sourceStrides, _targetStrides, _index;

    /// <param name="size">The sizes of the box.</param>
    /// <param name="sourceSizes">The sizes of the array that it is taken from.</param>
    /// <param name="sourceStart">Where it begins there.</param>
    /// <param name="targetSizes">The sizes of the array that it is put into.</param>
    /// <param name="targetStart">Where it begins there.</param>
    public BoxRuns(ReadOnlySpan<long> size, ReadOnlySpan<long> sourceSizes, ReadOnlySpan<long> sourceStart, ReadOnlySpan<long> targetSizes, ReadOnlySpan<long> targetStart)
    {
        _size = size;
        _sourceStrides = Shape.Create(sourceSizes).DenseStrides();
        _targetStrides = Shape.Create(targetSizes).DenseStrides();
        _index = new long[size.Length];
        Run = 1;
        _outer = size.Length;
        bool isWhole = true;
        while (_outer > 0 && isWhole)
        {
            _outer--;
            Run *= size[_outer];
            isWhole = size[_outer] == sourceSizes[_outer] && size[_outer] == targetSizes[_outer];
        }

        for (int axis = 0; axis < size.Length; axis++)
        {
            Source += sourceStart[axis] * _sourceStrides[axis];
            Target += targetStart[axis] * _targetStrides[axis];
        }
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
        if (bytes == 0)
            return;
        do
            source.Slice((int)Source * elementBytes, bytes).CopyTo(target[((int)Target * elementBytes)..]);
        while (Next());
    }

    /// <summary>Goes to the next run; false after the last.</summary>
    public bool Next()
    {
        for (int axis = _outer - 1; axis >= 0; axis--)
        {
            Source += _sourceStrides[axis];
            Target += _targetStrides[axis];
            if (++_index[axis] < _size[axis])
                return true;
            Source -= _size[axis] * _sourceStrides[axis];
            Target -= _size[axis] * _targetStrides[axis];
            _index[axis] = 0;
        }

        return false;
    }
}
