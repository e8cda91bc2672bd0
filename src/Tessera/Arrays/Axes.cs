namespace Tessera;

/// <summary>Checks axes and shapes that users give.</summary>
internal static class Axes
{
    /// <summary>The axis counted from the front.</summary>
    public static int Check(int axis, int rank, string name = "axis") => axis >= -rank && axis < rank
        ? axis < 0 ? axis + rank : axis
        : throw new ArgumentOutOfRangeException(name, $"Axis {axis} was asked for; the array has {rank} axes" +
            (rank == 0 ? "." : $", numbered 0 to {rank - 1}, or -{rank} to -1 from the end."));

    /// <summary>One axis, checked, for what takes several.</summary>
    public static int[] Only(int axis, int rank) => [Check(axis, rank)];

    /// <summary>The axes counted from the front, in the order given.</summary>
    public static int[] Check(ReadOnlySpan<int> axes, int rank, string name = "axes")
    {
        var checkedAxes = new int[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            checkedAxes[i] = Check(axes[i], rank, name);
            if (Array.IndexOf(checkedAxes, checkedAxes[i], 0, i) >= 0)
                throw new ArgumentException($"Axis {axes[i]} was named twice; name each axis once.", name);
        }

        return checkedAxes;
    }

    /// <summary>The shape of a reshape, with a size of -1 worked out.</summary>
    public static Shape InferShape(Shape from, ReadOnlySpan<long> sizes)
    {
        int inferred = sizes.IndexOf(-1);
        long[] all = sizes.ToArray();
        if (all.Count(size => size == -1) is > 1 and var left)
        {
            throw new ArgumentException(
                $"An array of shape {from} was to be reshaped to ({string.Join(", ", all)}), in which {left} sizes are -1; one size may be -1 and follows from the others. " +
                "Say all sizes but one.", nameof(sizes));
        }

        if (inferred >= 0)
        {
            all[inferred] = 1;
            long known = Shape.Create(all).Length;
            all[inferred] = known > 0 && from.Length % known == 0 ? from.Length / known : -1;
        }

        if (all.Contains(-1) || Shape.Create(all).Length != from.Length)
        {
            throw new ArgumentException(
                $"An array of shape {from}, with {from.Length} elements, was to be reshaped to ({string.Join(", ", sizes.ToArray())}); " +
                "the sizes must multiply to the number of elements, and one of them may be -1.", nameof(sizes));
        }

        return Shape.Create(all);
    }
}
