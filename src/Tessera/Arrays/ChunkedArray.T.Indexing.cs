using Tessera.Expressions;

namespace Tessera;

public partial class ChunkedArray<T>
{
    /// <summary>
    /// Part of the array, one slice per axis: <c>x[.., ..10]</c>, <c>x[3, ^1]</c>, <c>x[Slice.Every(10)]</c>, <c>x[Slice.Ellipsis, 0]</c>. An
    /// index takes its axis away; axes not named at the end are taken whole. Nothing is read.
    /// </summary>
    /// <exception cref="ArgumentException">More slices than axes, or two ellipses.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside its axis; names axis, index and size.</exception>
    public ChunkedArray<T> this[params ReadOnlySpan<Slice> slices] => new(View.Slice(Expression, slices));

    /// <summary>The only element of an array that has one, of any rank, as a lazy scalar: its <see cref="LazyScalar{T}.Compute"/> gives a plain value.</summary>
    /// <exception cref="InvalidOperationException">The array has no element, or several.</exception>
    public LazyScalar<T> AsScalar() => Length == 1
        ? new(View.Slice(Expression, [.. Enumerable.Repeat<Slice>(0, Rank)]))
        : throw new InvalidOperationException(
            $"An array of shape {Shape} was taken as a scalar; it has {Length} elements and must have 1. Index or reduce it first.");

    /// <summary>The axes in reverse order.</summary>
    public ChunkedArray<T> Transpose() => new(View.Transpose(Expression, [.. Enumerable.Range(0, Rank).Reverse()]));

    /// <summary>The axes in another order: axis i of the result is axis <paramref name="order"/>[i]; negative numbers count from the end.</summary>
    /// <exception cref="ArgumentException">The order doesn't name every axis once.</exception>
    public ChunkedArray<T> Transpose(params ReadOnlySpan<int> order)
    {
        int[] axes = Axes.Check(order, Rank, nameof(order));
        if (axes.Length != Rank)
            throw new ArgumentException($"An order of {axes.Length} axes was given for an array of {Rank}; name every axis once.", nameof(order));
        return new(View.Transpose(Expression, axes));
    }

    /// <summary>The same elements in C order under another shape; one size may be -1 and follows from the others.</summary>
    /// <exception cref="ArgumentException">The sizes don't multiply to the number of elements.</exception>
    public ChunkedArray<T> Reshape(params ReadOnlySpan<long> sizes)
    {
        Shape shape = Axes.InferShape(Shape, sizes);
        return new(new Reshape(Expression, Tessera.Chunks.Auto.Cut(shape, ElementType, Tessera.Shape.Ones(shape.Rank))));
    }

    /// <summary>The same elements cut otherwise: <c>x.Rechunk([10, 512, 512])</c>. It costs nothing by itself, and tells how blocks are saved and handed out.</summary>
    /// <exception cref="ArgumentException">The chunks don't fit the shape.</exception>
    public ChunkedArray<T> Rechunk(Chunks chunks) => new(new Rechunk(Expression, chunks.Cut(Shape, ElementType, Tessera.Shape.Ones(Rank))));

    /// <summary>The array repeated along axes of size 1 and along new ones in front, by NumPy's rules.</summary>
    /// <exception cref="ArgumentException">The array can't be repeated to that shape.</exception>
    public ChunkedArray<T> BroadcastTo(Shape shape) => Broadcasting.IsPossible(Shape, shape)
        ? new(View.Broadcast(Expression, shape))
        : throw new ArgumentException($"An array of shape {Shape} can't be broadcast to {shape}: only axes of size 1 are repeated.", nameof(shape));
}
