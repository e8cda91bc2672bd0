using Tessera.Expressions;
using Tessera.Geometry;
using Tessera.Kernels;

namespace Tessera;

public static partial class ChunkedArray
{
    /// <summary>
    /// Arrays of one shape along a new axis: frames (2048, 2048) stacked along axis 0 make (frames, 2048, 2048). A negative axis counts from the end
    /// of the result.
    /// </summary>
    /// <exception cref="ArgumentException">There are no arrays, one is null, or shapes differ; names both.</exception>
    public static ChunkedArray<T> Stack<T>(IEnumerable<ChunkedArray<T>> arrays, int axis = 0)
        where T : unmanaged
    {
        ChunkedArray<T>[] all = Some(arrays);
        int at = Axes.Check(axis, all[0].Rank + 1);
        int other = Array.FindIndex(all, array => array.Shape != all[0].Shape);
        if (other >= 0)
            throw new ArgumentException($"Array {other} of the sequence has the shape {all[other].Shape} and array 0 has {all[0].Shape}; stacked arrays have one shape.", nameof(arrays));

        Slice[] slices = [.. Enumerable.Repeat(Slice.All, at), Slice.NewAxis];
        ArrayExpression[] arraysAlone = Array.ConvertAll(all, array => array.Expression);
        return new(Tessera.Expressions.Concatenate.Of(View.OfEach("slice", arraysAlone, IndexMap.Slice(all[0].Shape, slices)), at));
    }

    /// <summary>Arrays one after another along an axis that they have; their sizes may differ along it.</summary>
    /// <exception cref="ArgumentException">There are no arrays, one is null, or shapes differ elsewhere; names both.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static ChunkedArray<T> Concatenate<T>(IEnumerable<ChunkedArray<T>> arrays, int axis = 0)
        where T : unmanaged
    {
        ChunkedArray<T>[] all = Some(arrays);
        int at = Axes.Check(axis, all[0].Rank);
        return new(Tessera.Expressions.Concatenate.Of(all.Select(array => array.Expression).ToArray(), at));
    }

    /// <summary>Element by element, the one of two where the condition is true and the other where it is false.</summary>
    /// <exception cref="ArgumentException">The shapes can't be broadcast together.</exception>
    public static ChunkedArray<T> Where<T>(ChunkedArray<bool> condition, ChunkedArray<T> whenTrue, ChunkedArray<T> whenFalse)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(whenTrue);
        ArgumentNullException.ThrowIfNull(whenFalse);
        return new(Elementwise.Of(KernelOp.Where, ElementTypes.Of<T>(), condition.Expression, whenTrue.Expression, whenFalse.Expression));
    }

    private static ChunkedArray<T>[] Some<T>(IEnumerable<ChunkedArray<T>> arrays)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ChunkedArray<T>[] all = [.. arrays];
        if (Array.FindIndex(all, array => array is null) is >= 0 and var missing)
            throw new ArgumentException($"Array {missing} of the sequence, which has {all.Length}, is null; give an array for each.", nameof(arrays));
        return all.Length > 0 ? all : throw new ArgumentException("No arrays were given; give one at least.", nameof(arrays));
    }
}
