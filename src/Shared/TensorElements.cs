using System.Numerics.Tensors;

namespace Tessera.Files;

/// <summary>The elements of a tensor as one span in C order: its own memory where it lies dense, else a copy.</summary>
internal static class TensorElements
{
    public static ReadOnlySpan<T> InOrder<T>(in ReadOnlyTensorSpan<T> tensor)
    {
        if (tensor.FlattenedLength == 0)
            return [];
        if (tensor.FlattenedLength > Array.MaxLength)
            throw new NotSupportedException($"The tensor has {tensor.FlattenedLength} elements, and a file is written from at most {Array.MaxLength}; save a ChunkedArray.");

        int length = (int)tensor.FlattenedLength;
        Span<nint> origin = stackalloc nint[tensor.Rank];
        origin.Clear();
        if (tensor.IsDense && tensor.TryGetSpan(origin, length, out ReadOnlySpan<T> own))
            return own;

        T[] copy = GC.AllocateUninitializedArray<T>(length);
        tensor.FlattenTo(copy);
        return copy;
    }

    public static Shape ShapeOf<T>(in ReadOnlyTensorSpan<T> tensor)
    {
        var sizes = new long[tensor.Rank];
        for (int axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = tensor.Lengths[axis];
        return Shape.Create(sizes);
    }
}
