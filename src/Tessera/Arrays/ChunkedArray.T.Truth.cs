namespace Tessera;

public partial class ChunkedArray<T>
{
    /// <summary>Whether some element is not 0, of all elements, as a lazy scalar.</summary>
    public LazyScalar<bool> Any() => new(Reductions.Truth(Expression, AllAxes, false, isAny: true));

    /// <summary>Whether some element is not 0, along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    public ChunkedArray<bool> Any(int axis, bool keepDims = false) => new(Reductions.Truth(Expression, Axes.Only(axis, Rank), keepDims, isAny: true));

    /// <summary>Whether some element is not 0, over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    public ChunkedArray<bool> Any(ReadOnlySpan<int> axes, bool keepDims = false) => new(Reductions.Truth(Expression, axes, keepDims, isAny: true));

    /// <summary>Whether no element is 0, of all elements, as a lazy scalar.</summary>
    public LazyScalar<bool> All() => new(Reductions.Truth(Expression, AllAxes, false, isAny: false));

    /// <summary>Whether no element is 0, along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    public ChunkedArray<bool> All(int axis, bool keepDims = false) => new(Reductions.Truth(Expression, Axes.Only(axis, Rank), keepDims, isAny: false));

    /// <summary>Whether no element is 0, over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    public ChunkedArray<bool> All(ReadOnlySpan<int> axes, bool keepDims = false) => new(Reductions.Truth(Expression, axes, keepDims, isAny: false));

    /// <summary>The number of elements that are not 0, of all elements, as a lazy scalar.</summary>
    public LazyScalar<long> CountNonZero() => new(Reductions.CountNonZero(Expression, AllAxes, false));

    /// <summary>The number of elements that are not 0, along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    public ChunkedArray<long> CountNonZero(int axis, bool keepDims = false) => new(Reductions.CountNonZero(Expression, Axes.Only(axis, Rank), keepDims));

    /// <summary>The number of elements that are not 0, over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    public ChunkedArray<long> CountNonZero(ReadOnlySpan<int> axes, bool keepDims = false) => new(Reductions.CountNonZero(Expression, axes, keepDims));
}
