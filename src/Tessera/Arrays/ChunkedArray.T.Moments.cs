namespace Tessera;

public partial class ChunkedArray<T>
{
    /// <summary>The variance, in double, of all elements, as a lazy scalar.</summary>
    /// <param name="ddof">What is taken from the number of elements before it divides: 0 for a population, 1 for a sample.</param>
    public LazyScalar<double> Var(double ddof = 0) => new(Reductions.Variance(Expression, AllAxes, false, ddof));

    /// <summary>The variance, in double, along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <param name="axis">Counted from the front, or from -1 at the end.</param>
    /// <param name="keepDims">Keep the axis, with the size 1.</param>
    /// <param name="ddof">What is taken from the number of elements before it divides: 0 for a population, 1 for a sample.</param>
    public ChunkedArray<double> Var(int axis, bool keepDims = false, double ddof = 0) => new(Reductions.Variance(Expression, Axes.Only(axis, Rank), keepDims, ddof));

    /// <summary>The variance, in double, over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    /// <param name="axes">Counted from the front, or from -1 at the end.</param>
    /// <param name="keepDims">Keep the axes, with the size 1.</param>
    /// <param name="ddof">What is taken from the number of elements before it divides: 0 for a population, 1 for a sample.</param>
    public ChunkedArray<double> Var(ReadOnlySpan<int> axes, bool keepDims = false, double ddof = 0) => new(Reductions.Variance(Expression, axes, keepDims, ddof));

    /// <summary>The standard deviation, in double, of all elements, as a lazy scalar.</summary>
    /// <param name="ddof">What is taken from the number of elements before it divides: 0 for a population, 1 for a sample.</param>
    public LazyScalar<double> Std(double ddof = 0) => new(Reductions.Deviation(Expression, AllAxes, false, ddof));

    /// <summary>The standard deviation, in double, along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <param name="axis">Counted from the front, or from -1 at the end.</param>
    /// <param name="keepDims">Keep the axis, with the size 1.</param>
    /// <param name="ddof">What is taken from the number of elements before it divides: 0 for a population, 1 for a sample.</param>
    public ChunkedArray<double> Std(int axis, bool keepDims = false, double ddof = 0) => new(Reductions.Deviation(Expression, Axes.Only(axis, Rank), keepDims, ddof));

    /// <summary>The standard deviation, in double, over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; -1 is the last.</exception>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    /// <param name="axes">Counted from the front, or from -1 at the end.</param>
    /// <param name="keepDims">Keep the axes, with the size 1.</param>
    /// <param name="ddof">What is taken from the number of elements before it divides: 0 for a population, 1 for a sample.</param>
    public ChunkedArray<double> Std(ReadOnlySpan<int> axes, bool keepDims = false, double ddof = 0) => new(Reductions.Deviation(Expression, axes, keepDims, ddof));
}
