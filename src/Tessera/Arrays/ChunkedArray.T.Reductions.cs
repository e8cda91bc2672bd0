namespace Tessera;

public partial class ChunkedArray<T>
{
    private int[] AllAxes => [.. Enumerable.Range(0, Rank)];

    /// <summary>The mean, in double, of all elements, as a lazy scalar.</summary>
    public LazyScalar<double> Mean() => new(Reductions.Mean(Expression, AllAxes, false));

    /// <summary>The mean, in double, along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    public ChunkedArray<double> Mean(int axis, bool keepDims = false) => new(Reductions.Mean(Expression, Axes.Only(axis, Rank), keepDims));

    /// <summary>The mean, in double, over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    public ChunkedArray<double> Mean(ReadOnlySpan<int> axes, bool keepDims = false) => new(Reductions.Mean(Expression, axes, keepDims));

    /// <summary>The smallest element (NaN where there is one) of all elements, as a lazy scalar.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public LazyScalar<T> Min() => new(Reductions.Extreme(Expression, AllAxes, false, isMaximum: false));

    /// <summary>The smallest element (NaN where there is one) along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    public ChunkedArray<T> Min(int axis, bool keepDims = false) => new(Reductions.Extreme(Expression, Axes.Only(axis, Rank), keepDims, isMaximum: false));

    /// <summary>The smallest element (NaN where there is one) over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    public ChunkedArray<T> Min(ReadOnlySpan<int> axes, bool keepDims = false) => new(Reductions.Extreme(Expression, axes, keepDims, isMaximum: false));

    /// <summary>The largest element (NaN where there is one) of all elements, as a lazy scalar.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public LazyScalar<T> Max() => new(Reductions.Extreme(Expression, AllAxes, false, isMaximum: true));

    /// <summary>The largest element (NaN where there is one) along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    public ChunkedArray<T> Max(int axis, bool keepDims = false) => new(Reductions.Extreme(Expression, Axes.Only(axis, Rank), keepDims, isMaximum: true));

    /// <summary>The largest element (NaN where there is one) over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    public ChunkedArray<T> Max(ReadOnlySpan<int> axes, bool keepDims = false) => new(Reductions.Extreme(Expression, axes, keepDims, isMaximum: true));

    /// <summary>The index of the first smallest element (of the first NaN where there is one), in C order, of all elements, as a lazy scalar.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public LazyScalar<long> ArgMin() => new(Reductions.ExtremeIndex(Expression, AllAxes, false, isMaximum: false));

    /// <summary>The index of the first smallest element (of the first NaN where there is one), in C order, along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    public ChunkedArray<long> ArgMin(int axis, bool keepDims = false) => new(Reductions.ExtremeIndex(Expression, Axes.Only(axis, Rank), keepDims, isMaximum: false));

    /// <summary>The index of the first smallest element (of the first NaN where there is one), in C order, over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    public ChunkedArray<long> ArgMin(ReadOnlySpan<int> axes, bool keepDims = false) => new(Reductions.ExtremeIndex(Expression, axes, keepDims, isMaximum: false));

    /// <summary>The index of the first largest element (of the first NaN where there is one), in C order, of all elements, as a lazy scalar.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    public LazyScalar<long> ArgMax() => new(Reductions.ExtremeIndex(Expression, AllAxes, false, isMaximum: true));

    /// <summary>The index of the first largest element (of the first NaN where there is one), in C order, along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    public ChunkedArray<long> ArgMax(int axis, bool keepDims = false) => new(Reductions.ExtremeIndex(Expression, Axes.Only(axis, Rank), keepDims, isMaximum: true));

    /// <summary>The index of the first largest element (of the first NaN where there is one), in C order, over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1.</summary>
    /// <exception cref="InvalidOperationException">There are no elements.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    public ChunkedArray<long> ArgMax(ReadOnlySpan<int> axes, bool keepDims = false) => new(Reductions.ExtremeIndex(Expression, axes, keepDims, isMaximum: true));
}
