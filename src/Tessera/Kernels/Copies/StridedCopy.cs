namespace Tessera.Kernels;

/// <summary>
/// Copies a box of elements between two layouts. Axes are put in the order of the destination's strides, and those that lie without a
/// gap in both layouts become one; what then is innermost decides how it goes:
/// <code>
/// 2 × 3 × 4 bytes, dense to dense                        one axis (24, 1 ← 1): one copy of memory
/// the same out of rows of 10 bytes                       two axes (6, 4 ← 10)(4, 1 ← 1): six copies of 4 bytes
/// 300 × 200 bytes transposed                             two axes (300, 200 ← 1)(200, 1 ← 300): squares that fit the cache
/// 5 × 8 from a column, the source's inner stride 0       two axes (5, 8 ← 1)(8, 1 ← 0): five fills
/// </code>
/// </summary>
internal static class StridedCopy
{
    /// <param name="source">Address of the first element; the box doesn't overlap the destination.</param>
    /// <param name="sourceStrides">Bytes from an element to its neighbour along each axis: negative and 0 too.</param>
    /// <param name="destination">Address of the first element.</param>
    /// <param name="destinationStrides">Likewise; negative too.</param>
    /// <param name="extents">Elements along each axis; of any rank, and empty too.</param>
    /// <param name="size">Bytes of an element: 1, 2, 4 or 8.</param>
    public static void Copy(
        nint source, ReadOnlySpan<long> sourceStrides, nint destination, ReadOnlySpan<long> destinationStrides,
        ReadOnlySpan<long> extents, int size)
    {
        Span<CopyAxis> axes = stackalloc CopyAxis[extents.Length];
        int count = 0;
        for (int axis = 0; axis < extents.Length; axis++)
        {
            if (extents[axis] == 0)
                return;
            if (extents[axis] > 1)
                axes[count++] = Forward(new CopyAxis(extents[axis], sourceStrides[axis], destinationStrides[axis]), ref source, ref destination);
        }

        axes = Collapse(axes[..count]);
        switch (size)
        {
            case 1: Walk<byte>(axes, source, destination); break;
            case 2: Walk<ushort>(axes, source, destination); break;
            case 4: Walk<uint>(axes, source, destination); break;
            case 8: Walk<ulong>(axes, source, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(size));
        }
    }

    /// <summary>The same elements in the order in which the destination's addresses rise.</summary>
    private static CopyAxis Forward(CopyAxis axis, ref nint source, ref nint destination)
    {
        if (axis.Destination >= 0)
            return axis;

        source += (nint)((axis.Extent - 1) * axis.Source);
        destination += (nint)((axis.Extent - 1) * axis.Destination);
        return new CopyAxis(axis.Extent, -axis.Source, -axis.Destination);
    }

    private static Span<CopyAxis> Collapse(Span<CopyAxis> axes)
    {
        axes.Sort(static (a, b) => b.Destination.CompareTo(a.Destination));
        int count = 0;
        foreach (CopyAxis axis in axes)
        {
            if (count > 0 && axes[count - 1].Continues(axis))
                axes[count - 1] = axis with { Extent = axes[count - 1].Extent * axis.Extent };
            else
                axes[count++] = axis;
        }

        return axes[..count];
    }

    /// <summary>Steps through the outer axes and copies the innermost; two of them together where the source is dense along another one, or rows are short.</summary>
    private static unsafe void Walk<T>(ReadOnlySpan<CopyAxis> axes, nint source, nint destination)
        where T : unmanaged
    {
        CopyAxis inner = axes.IsEmpty ? new CopyAxis(1, 0, 0) : axes[^1];
        int across = Across(axes), beside = across;
        if (across < 0 && axes.Length > 1 && inner.Source == sizeof(T) && inner.Destination == sizeof(T) && StridedRow.IsShort(inner.Extent * sizeof(T)))
            beside = axes.Length - 2;
        Span<CopyAxis> outer = stackalloc CopyAxis[axes.Length];
        int rank = 0;
        for (int axis = 0; axis < axes.Length - 1; axis++)
        {
            if (axis != beside)
                outer[rank++] = axes[axis];
        }

        Span<long> index = stackalloc long[axes.Length];
        index.Clear();
        while (true)
        {
            if (across >= 0)
                StridedRow.CopySquares<T>(source, destination, axes[across], inner);
            else if (beside >= 0)
                StridedRow.CopyRows(source, destination, axes[beside], inner.Extent * sizeof(T));
            else
                StridedRow.Copy<T>(source, destination, inner);

            int at = rank - 1;
            for (; at >= 0; at--)
            {
                source += (nint)outer[at].Source;
                destination += (nint)outer[at].Destination;
                if (++index[at] < outer[at].Extent)
                    break;

                source -= (nint)(outer[at].Source * outer[at].Extent);
                destination -= (nint)(outer[at].Destination * outer[at].Extent);
                index[at] = 0;
            }

            if (at < 0)
                return;
        }
    }

    /// <summary>The axis along which the source is denser than along the innermost; -1 where there is none.</summary>
    private static int Across(ReadOnlySpan<CopyAxis> axes)
    {
        int across = -1;
        for (int axis = 0; axis < axes.Length - 1; axis++)
        {
            long stride = Math.Abs(axes[axis].Source);
            if (stride > 0 && stride < Math.Abs(axes[across < 0 ? ^1 : across].Source))
                across = axis;
        }

        return across;
    }
}

/// <summary>An axis of a box that is copied: elements, and bytes from one to the next in source and destination.</summary>
internal readonly record struct CopyAxis(long Extent, long Source, long Destination)
{
    /// <summary>Whether, in both layouts, a row along <paramref name="inner"/> is followed without a gap by the next row along this axis.</summary>
    public bool Continues(CopyAxis inner) => Source == inner.Source * inner.Extent && Destination == inner.Destination * inner.Extent;
}
