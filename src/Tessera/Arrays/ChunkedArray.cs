using System.Numerics;
using System.Numerics.Tensors;
using Tessera.Expressions;
using Tessera.Kernels;
using Tessera.Storage;

namespace Tessera;

/// <summary>Makes arrays, from data, formulas and other arrays.</summary>
public static partial class ChunkedArray
{
    /// <summary>An array over a one-dimensional array, which is not copied: what is changed in it later is seen.</summary>
    /// <exception cref="ArgumentException">The chunks don't fit the shape.</exception>
    /// <exception cref="NotSupportedException">There are no arrays of <typeparamref name="T"/>.</exception>
    public static ChunkedArray<T> From<T>(T[] elements, Chunks chunks = default)
        where T : unmanaged => FromArray<T>(elements, chunks);

    /// <summary>An array over a two-dimensional array, which is not copied.</summary>
    /// <inheritdoc cref="From{T}(T[], Chunks)"/>
    public static ChunkedArray<T> From<T>(T[,] elements, Chunks chunks = default)
        where T : unmanaged => FromArray<T>(elements, chunks);

    /// <summary>An array over a three-dimensional array, which is not copied.</summary>
    /// <inheritdoc cref="From{T}(T[], Chunks)"/>
    public static ChunkedArray<T> From<T>(T[,,] elements, Chunks chunks = default)
        where T : unmanaged => FromArray<T>(elements, chunks);

    /// <summary>An array over a four-dimensional array, which is not copied.</summary>
    /// <inheritdoc cref="From{T}(T[], Chunks)"/>
    public static ChunkedArray<T> From<T>(T[,,,] elements, Chunks chunks = default)
        where T : unmanaged => FromArray<T>(elements, chunks);

    /// <summary>An array over a tensor, which is not copied where it lies dense in memory.</summary>
    /// <inheritdoc cref="From{T}(T[], Chunks)"/>
    public static ChunkedArray<T> From<T>(Tensor<T> elements, Chunks chunks = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(elements);
        Shape shape = [.. elements.Lengths.ToArray().Select(length => (long)length)];
        if (!elements.IsDense)
        {
            var copy = new T[elements.FlattenedLength];
            elements.FlattenTo(copy);
            elements = System.Numerics.Tensors.Tensor.Create(copy, elements.Lengths);
        }

        return Over<T>(PinnedMemory.Of(elements, ElementTypes.Of<T>(), shape), chunks);
    }

    /// <summary>
    /// An array over a multidimensional array of any rank, which is not copied; <typeparamref name="T"/> is its element type.
    /// </summary>
    /// <exception cref="ArgumentException">The elements aren't <typeparamref name="T"/>, or the chunks don't fit the shape.</exception>
    public static ChunkedArray<T> FromArray<T>(Array elements, Chunks chunks = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(elements);
        if (elements.GetType().GetElementType() != typeof(T))
        {
            throw new ArgumentException(
                $"An array of {elements.GetType().GetElementType()!.Name} was given where {typeof(T).Name} was said; name its own element type, then Cast.", nameof(elements));
        }

        Shape shape = [.. Enumerable.Range(0, elements.Rank).Select(axis => elements.GetLongLength(axis))];
        return Over<T>(PinnedMemory.Of(elements, ElementTypes.Of<T>(), shape), chunks);
    }

    /// <summary>An array over a source of one's own. Nothing is read before the array is computed.</summary>
    /// <exception cref="ArgumentException">
    /// The source has another element type, or a <see cref="IBlockSource.TravelForm"/> that isn't that of the interface; or the chunks don't fit its shape.
    /// </exception>
    public static ChunkedArray<T> FromSource<T>(IBlockSource source, Chunks chunks = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.ElementType != ElementTypes.Of<T>())
        {
            throw new ArgumentException(
                $"{source.Name} holds {source.ElementType.Name} and was opened as {ElementTypes.Of<T>().Name}; open it as {source.ElementType.Name}, then Cast<{ElementTypes.Of<T>().Name}>().",
                nameof(source));
        }

        if (source.StorageChunks.Rank != source.Shape.Rank)
            throw new ArgumentException($"{source.Name} has the shape {source.Shape} and storage chunks {source.StorageChunks}; both must have the same rank.", nameof(source));
        TravelForms.Check(source);
        return Over<T>(source, chunks);
    }

    /// <summary>The same for a source of which all that is known to hold.</summary>
    private static ChunkedArray<T> Over<T>(IBlockSource source, Chunks chunks)
        where T : unmanaged => new(new Source(source, chunks.Cut(source.Shape, source.ElementType, source.StorageChunks)));

    /// <summary>All elements 0.</summary>
    public static ChunkedArray<T> Zeros<T>(Shape shape, Chunks chunks = default)
        where T : unmanaged => Full<T>(default, shape, chunks);

    /// <summary>All elements 1 (true).</summary>
    public static ChunkedArray<T> Ones<T>(Shape shape, Chunks chunks = default)
        where T : unmanaged => new(View.Broadcast(Reductions.Cast(Constant.Of(true), ElementTypes.Of<T>()), chunks.Cut(shape, ElementTypes.Of<T>(), Shape.Ones(shape.Rank))));

    /// <summary>All elements <paramref name="value"/>.</summary>
    public static ChunkedArray<T> Full<T>(T value, Shape shape, Chunks chunks = default)
        where T : unmanaged => new(View.Broadcast(Constant.Of(value), chunks.Cut(shape, ElementTypes.Of<T>(), Shape.Ones(shape.Rank))));

    /// <summary>0, 1, 2, … below <paramref name="stop"/>.</summary>
    public static ChunkedArray<T> Arange<T>(T stop, Chunks chunks = default)
        where T : unmanaged, INumber<T> => Arange(T.Zero, stop, T.One, chunks);

    /// <summary><paramref name="start"/>, <paramref name="start"/> + 1, … below <paramref name="stop"/>; none if that isn't above the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite.</exception>
    public static ChunkedArray<T> Arange<T>(T start, T stop, Chunks chunks = default)
        where T : unmanaged, INumber<T> => Arange(start, stop, T.One, chunks);

    /// <summary>
    /// <paramref name="start"/>, <paramref name="start"/> + <paramref name="step"/>, … up to but not including <paramref name="stop"/>; none where the
    /// step leads away from it. Each element is start + i * step, so that roundings don't add up.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is 0, or an end is not finite.</exception>
    public static ChunkedArray<T> Arange<T>(T start, T stop, T step, Chunks chunks = default)
        where T : unmanaged, INumber<T>
    {
        if (T.IsZero(step) || !T.IsFinite(start) || !T.IsFinite(stop) || !T.IsFinite(step))
            throw new ArgumentOutOfRangeException(nameof(step), $"A range from {start} to {stop} by {step} was asked for; ends must be finite and the step finite and not 0.");

        ElementType type = ElementTypes.Of<T>(), wide = type.ComputedAs;
        ArrayExpression index = Reductions.Cast(Indexes<long>(CountOf(start, stop, step), chunks).Expression, wide);
        ArrayExpression steps = Elementwise.Of(KernelOp.Multiply, wide, index, Reductions.Cast(Constant.Of(step), wide));
        return new(Reductions.Cast(Elementwise.Of(KernelOp.Add, wide, steps, Reductions.Cast(Constant.Of(start), wide)), type));
    }

    /// <summary><paramref name="count"/> evenly spaced elements from <paramref name="start"/> to <paramref name="stop"/>, which is the last of them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static ChunkedArray<double> Linspace(double start, double stop, long count = 50, Chunks chunks = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ChunkedArray<double> index = Indexes<double>(count, chunks);
        double step = count > 1 ? (stop - start) / (count - 1) : 0;
        return count > 1 ? Where(index == count - 1, stop, (index * step) + start) : (index * step) + start;
    }

    /// <summary>
    /// Elements by a function of the index, one number per axis: <c>FromFunction(i =&gt; i[0] * 10.0 + i[1], [3, 4])</c>. It is called by several
    /// threads at once, each time an element is needed.
    /// </summary>
    public static ChunkedArray<T> FromFunction<T>(Func<ReadOnlySpan<long>, T> function, Shape shape, Chunks chunks = default)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(function);
        return FromSource<T>(new FunctionSource<T>(function, shape), chunks);
    }

    private static long CountOf<T>(T start, T stop, T step)
        where T : INumber<T>
    {
        Int128 count;
        if (ElementTypes.Of<T>().IsInteger)
        {
            Int128 distance = Int128.CreateChecked(stop) - Int128.CreateChecked(start), by = Int128.CreateChecked(step);
            count = (distance + by - Int128.Sign(by)) / by;
        }
        else
        {
            count = Int128.CreateSaturating(Math.Ceiling((double.CreateChecked(stop) - double.CreateChecked(start)) / double.CreateChecked(step)));
        }

        return count <= long.MaxValue
            ? (long)Int128.Max(0, count)
            : throw new ArgumentOutOfRangeException(nameof(step), $"A range from {start} to {stop} by {step} has {count} elements; an array has {long.MaxValue} at most.");
    }

    private static ChunkedArray<T> Indexes<T>(long count, Chunks chunks)
        where T : unmanaged, INumber<T> => FromSource<long>(new IndexSource(count), chunks).Cast<T>();
}
