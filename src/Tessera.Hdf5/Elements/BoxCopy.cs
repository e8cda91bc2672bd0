namespace Tessera.Hdf5Format;

/// <summary>Copies a box of elements out of one dense array in C order into another.</summary>
internal static class BoxCopy
{
    /// <param name="source">All elements of an array of <paramref name="sourceShape"/>.</param>
    /// <param name="sourceShape">Its sizes.</param>
    /// <param name="sourceStart">Where the box begins in it.</param>
    /// <param name="target">All elements of an array of <paramref name="targetShape"/>.</param>
    /// <param name="targetShape">Its sizes.</param>
    /// <param name="targetStart">Where the box begins in it.</param>
    /// <param name="extent">The sizes of the box.</param>
    /// <param name="elementSize">Bytes of an element.</param>
    public static void Copy(
        ReadOnlySpan<byte> source, Shape sourceShape, ReadOnlySpan<long> sourceStart, Span<byte> target, Shape targetShape, ReadOnlySpan<long> targetStart, Shape extent, int elementSize)
    {
        new BoxRuns(extent, sourceShape, sourceStart, targetShape, targetStart).Copy(source, target, elementSize);
    }

    /// <summary>Whether a box lies in one piece in an array: all axes but the first that it has more than once are whole.</summary>
    public static bool LiesDense(Shape shape, Shape extent)
    {
        int axis = 0;
        while (axis < extent.Rank && extent[axis] == 1)
            axis++;
        for (axis++; axis < extent.Rank; axis++)
        {
            if (extent[axis] != shape[axis])
                return false;
        }

        return true;
    }

    public static void Strides(Shape shape, int elementSize, Span<long> strides)
    {
        long stride = elementSize;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }
    }

    /// <summary>Where an index lies; one of fewer axes than strides tells of the first of them.</summary>
    public static long Offset(ReadOnlySpan<long> start, ReadOnlySpan<long> strides)
    {
        long offset = 0;
        for (int axis = 0; axis < start.Length; axis++)
            offset += start[axis] * strides[axis];
        return offset;
    }
}
