using System.Numerics.Tensors;
using Tessera.Storage;

namespace Tessera;

public static partial class ChunkedArray
{
    /// <summary>
    /// An array over a delayed tensor of a known shape: the function that gives it is called when the array is computed, once a computation,
    /// and its elements are released as soon as the last task that needs them is done. Stack many such to have a file each read when needed.
    /// </summary>
    /// <param name="value">Gives the elements. A value of another shape fails the computation; the error names both shapes.</param>
    /// <param name="shape">Of the elements.</param>
    /// <param name="chunks">How the array is cut.</param>
    /// <exception cref="ArgumentException">The chunks don't fit the shape.</exception>
    /// <exception cref="NotSupportedException">There are no arrays of <typeparamref name="T"/>.</exception>
    public static ChunkedArray<T> FromDelayed<T>(Delayed<Tensor<T>> value, Shape shape, Chunks chunks = default)
        where T : unmanaged => Delivered<T, Tensor<T>>(value, shape, chunks, Deliveries.OfTensor);

    /// <summary>An array over delayed elements in C order, as many as the shape has.</summary>
    /// <inheritdoc cref="FromDelayed{T}(Delayed{Tensor{T}}, Shape, Chunks)"/>
    public static ChunkedArray<T> FromDelayed<T>(Delayed<T[]> value, Shape shape, Chunks chunks = default)
        where T : unmanaged => Delivered<T, T[]>(value, shape, chunks, Deliveries.OfArray<T>);

    /// <summary>An array over a delayed two-dimensional array.</summary>
    /// <inheritdoc cref="FromDelayed{T}(Delayed{Tensor{T}}, Shape, Chunks)"/>
    public static ChunkedArray<T> FromDelayed<T>(Delayed<T[,]> value, Shape shape, Chunks chunks = default)
        where T : unmanaged => Delivered<T, T[,]>(value, shape, chunks, Deliveries.OfArray<T>);

    /// <summary>An array over a delayed three-dimensional array.</summary>
    /// <inheritdoc cref="FromDelayed{T}(Delayed{Tensor{T}}, Shape, Chunks)"/>
    public static ChunkedArray<T> FromDelayed<T>(Delayed<T[,,]> value, Shape shape, Chunks chunks = default)
        where T : unmanaged => Delivered<T, T[,,]>(value, shape, chunks, Deliveries.OfArray<T>);

    /// <summary>An array over a delayed four-dimensional array.</summary>
    /// <inheritdoc cref="FromDelayed{T}(Delayed{Tensor{T}}, Shape, Chunks)"/>
    public static ChunkedArray<T> FromDelayed<T>(Delayed<T[,,,]> value, Shape shape, Chunks chunks = default)
        where T : unmanaged => Delivered<T, T[,,,]>(value, shape, chunks, Deliveries.OfArray<T>);

    /// <summary>An array over delayed elements in C order, as many as the shape has.</summary>
    /// <inheritdoc cref="FromDelayed{T}(Delayed{Tensor{T}}, Shape, Chunks)"/>
    public static ChunkedArray<T> FromDelayed<T>(Delayed<Memory<T>> value, Shape shape, Chunks chunks = default)
        where T : unmanaged => Delivered<T, Memory<T>>(value, shape, chunks, (elements, promised) => Deliveries.OfMemory<T>(elements, promised));

    /// <summary>An array over delayed elements in C order, as many as the shape has.</summary>
    /// <inheritdoc cref="FromDelayed{T}(Delayed{Tensor{T}}, Shape, Chunks)"/>
    public static ChunkedArray<T> FromDelayed<T>(Delayed<ReadOnlyMemory<T>> value, Shape shape, Chunks chunks = default)
        where T : unmanaged => Delivered<T, ReadOnlyMemory<T>>(value, shape, chunks, Deliveries.OfMemory);

    /// <summary>A lazy scalar over a delayed value, for the arithmetic of arrays.</summary>
    public static LazyScalar<T> FromDelayed<T>(Delayed<T> value)
        where T : unmanaged =>
        new(Deliveries.Of<T, T>(
            value, Shape.Scalar, Chunks.Auto.Cut(Shape.Scalar, ElementTypes.Of<T>(), Shape.Scalar), (element, shape) => Deliveries.OfArray<T>(new[] { element }, shape)));

    private static ChunkedArray<T> Delivered<T, TValue>(Delayed<TValue> value, Shape shape, Chunks chunks, Func<TValue, Shape, MemorySource> take)
        where T : unmanaged => new(Deliveries.Of<T, TValue>(value, shape, chunks.Cut(shape, ElementTypes.Of<T>(), shape), take));
}
