using Tessera.Kernels;

namespace Tessera;

/// <summary>
/// Sums. As in NumPy the result of small integers is 64-bit, signed or unsigned like the elements; that of Half and float keeps
/// their type, is accumulated in double and rounded once. Integers wrap.
/// </summary>
public static class SumExtensions
{
    extension(ChunkedArray<bool> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<long> Sum() => new(Of<long>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<long> Sum(int axis, bool keepDims = false) => new(Of<long>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<long> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<long>(array.Expression, axes, keepDims));
    }

    extension(ChunkedArray<sbyte> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<long> Sum() => new(Of<long>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<long> Sum(int axis, bool keepDims = false) => new(Of<long>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<long> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<long>(array.Expression, axes, keepDims));
    }

    extension(ChunkedArray<byte> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<ulong> Sum() => new(Of<ulong>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<ulong> Sum(int axis, bool keepDims = false) => new(Of<ulong>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<ulong> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<ulong>(array.Expression, axes, keepDims));
    }

    extension(ChunkedArray<short> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<long> Sum() => new(Of<long>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<long> Sum(int axis, bool keepDims = false) => new(Of<long>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<long> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<long>(array.Expression, axes, keepDims));
    }

    extension(ChunkedArray<ushort> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<ulong> Sum() => new(Of<ulong>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<ulong> Sum(int axis, bool keepDims = false) => new(Of<ulong>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<ulong> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<ulong>(array.Expression, axes, keepDims));
    }

    extension(ChunkedArray<int> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<long> Sum() => new(Of<long>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<long> Sum(int axis, bool keepDims = false) => new(Of<long>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<long> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<long>(array.Expression, axes, keepDims));
    }

    extension(ChunkedArray<uint> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<ulong> Sum() => new(Of<ulong>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<ulong> Sum(int axis, bool keepDims = false) => new(Of<ulong>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<ulong> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<ulong>(array.Expression, axes, keepDims));
    }

    extension(ChunkedArray<long> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<long> Sum() => new(Of<long>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<long> Sum(int axis, bool keepDims = false) => new(Of<long>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<long> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<long>(array.Expression, axes, keepDims));
    }

    extension(ChunkedArray<ulong> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<ulong> Sum() => new(Of<ulong>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<ulong> Sum(int axis, bool keepDims = false) => new(Of<ulong>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<ulong> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<ulong>(array.Expression, axes, keepDims));
    }

    extension(ChunkedArray<Half> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<Half> Sum() => new(Of<Half>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<Half> Sum(int axis, bool keepDims = false) => new(Of<Half>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<Half> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<Half>(array.Expression, axes, keepDims));
    }

    extension(ChunkedArray<float> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<float> Sum() => new(Of<float>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<float> Sum(int axis, bool keepDims = false) => new(Of<float>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<float> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<float>(array.Expression, axes, keepDims));
    }

    extension(ChunkedArray<double> array)
    {
        /// <summary>Over all elements, as a lazy scalar.</summary>
        public LazyScalar<double> Sum() => new(Of<double>(array.Expression, AllAxes(array), keepDims: false));

        /// <summary>Along an axis, which goes away or, with <paramref name="keepDims"/>, stays with the size 1; -1 is the last.</summary>
        public ChunkedArray<double> Sum(int axis, bool keepDims = false) => new(Of<double>(array.Expression, Axes.Only(axis, array.Rank), keepDims));

        /// <summary>Over several axes, which go away or, with <paramref name="keepDims"/>, stay with the size 1; -1 is the last.</summary>
        public ChunkedArray<double> Sum(ReadOnlySpan<int> axes, bool keepDims = false) => new(Of<double>(array.Expression, axes, keepDims));
    }

    private static int[] AllAxes<T>(ChunkedArray<T> array)
        where T : unmanaged => [.. Enumerable.Range(0, array.Rank)];

    private static Expressions.ArrayExpression Of<TResult>(Expressions.ArrayExpression array, ReadOnlySpan<int> axes, bool keepDims) =>
        Reductions.Over(array, _ => new SumReduction(ElementTypes.Of<TResult>()), axes, keepDims);
}
