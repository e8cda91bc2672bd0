using System.Numerics.Tensors;
using Tessera.Expressions;
using Tessera.Kernels;
using Tessera.Lowering;
using Tessera.Storage;

namespace Tessera;

/// <summary>Makes arrays over delayed values: a call more takes the value as elements in memory, and checks its shape.</summary>
internal static class Deliveries
{
    /// <param name="value">Gives the elements.</param>
    /// <param name="shape">That was promised.</param>
    /// <param name="grid">How the array is cut.</param>
    /// <param name="take">Makes a source of the elements, in which they lie dense in C order.</param>
    public static ArrayExpression Of<T, TValue>(Delayed<TValue> value, Shape shape, ChunkGrid grid, Func<TValue, Shape, MemorySource> take)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(value);
        var function = new UserFunction(take, "elements", arguments => arguments[0] is TValue elements
            ? take(elements, shape)
            : throw new InvalidDataException($"The delayed value is null where elements of the shape {shape} were promised."))
        {
            IsOfUser = false,
        };
        ValueExpression given = value.Expression;
        return new Delivered(FunctionCall.Of(function.CalledAt(given.Site), value.Argument), CallName.Of(given), ElementTypes.Of<T>(), grid);
    }

    public static MemorySource OfTensor<T>(Tensor<T> elements, Shape shape)
        where T : unmanaged
    {
        // A tensor has no rank 0: one element comes as [1].
        Shape given = [.. elements.Lengths.ToArray().Select(length => (long)length)];
        if (given != shape && !(shape.Rank == 0 && elements.FlattenedLength == 1))
            throw Wrong(given, shape);
        if (elements.IsDense)
            return PinnedMemory.Of(elements, ElementTypes.Of<T>(), shape);

        var copy = new T[elements.FlattenedLength];
        elements.FlattenTo(copy);
        return PinnedMemory.Of(copy, ElementTypes.Of<T>(), shape);
    }

    public static MemorySource OfArray<T>(Array elements, Shape shape)
        where T : unmanaged
    {
        Shape given = [.. Enumerable.Range(0, elements.Rank).Select(axis => elements.GetLongLength(axis))];
        bool fits = elements.Rank == 1 ? elements.LongLength == shape.Length : given == shape;
        return fits ? PinnedMemory.Of(elements, ElementTypes.Of<T>(), shape) : throw Wrong(given, shape);
    }

    public static MemorySource OfMemory<T>(ReadOnlyMemory<T> elements, Shape shape)
        where T : unmanaged =>
        elements.Length == shape.Length ? PinnedMemory.Of(elements, ElementTypes.Of<T>(), shape) : throw Wrong([elements.Length], shape);

    private static InvalidDataException Wrong(Shape given, Shape promised) => new(
        $"The delayed value has the shape {given}, {given.Length} elements, and {promised}, {promised.Length} elements, was promised to " +
        $"{nameof(ChunkedArray.FromDelayed)}. " +
        "Promise the shape that the function gives.");
}
