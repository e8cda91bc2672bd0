namespace Tessera.Expressions;

/// <summary>NumPy's broadcasting rules: shapes are aligned at the end; sizes are equal, or one of them is 1 or missing.</summary>
internal static class Broadcasting
{
    /// <summary>True where an array can be repeated along axes of size 1 and new ones in front, until it has the shape.</summary>
    public static bool IsPossible(Shape from, Shape to)
    {
        bool fits = from.Rank <= to.Rank;
        for (int axis = 1; fits && axis <= from.Rank; axis++)
            fits = from[^axis] == 1 || from[^axis] == to[^axis];
        return fits;
    }

    public static Shape Join(Shape left, Shape right)
    {
        if (left == right)
            return left;

        int rank = Math.Max(left.Rank, right.Rank);
        var sizes = new long[rank];
        for (int axis = 1; axis <= rank; axis++)
        {
            long a = axis <= left.Rank ? left[^axis] : 1, b = axis <= right.Rank ? right[^axis] : 1;
            if (a != b && a != 1 && b != 1)
            {
                throw new ArgumentException(
                    $"Arrays of the shapes {left} and {right} were combined: axis -{axis} has {a} elements in one and {b} in the other. " +
                    "Sizes must be equal, or one of them 1 (or missing at the front); slice, reshape or add an axis with Slice.NewAxis.");
            }

            sizes[rank - axis] = a == 1 ? b : a;
        }

        return Shape.Create(sizes);
    }

    /// <summary>Along each axis the finest cut that an input of full size brings.</summary>
    public static ChunkGrid JoinChunks(Shape shape, ReadOnlySpan<ArrayExpression> inputs)
    {
        if (inputs.Length == 1 || inputs[1].Shape.Rank == 0)
        {
            if (inputs[0].Shape == shape)
                return inputs[0].Chunks;
        }

        var axes = new AxisGrid[shape.Rank];
        foreach (ArrayExpression input in inputs)
        {
            int missing = shape.Rank - input.Shape.Rank;
            for (int axis = missing; axis < shape.Rank; axis++)
            {
                AxisGrid cut = input.Chunks[axis - missing];
                if (cut.Length == shape[axis] && (axes[axis] is null || cut.Count > axes[axis].Count))
                    axes[axis] = cut;
            }
        }

        return new ChunkGrid(axes);
    }
}
