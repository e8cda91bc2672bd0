namespace Tessera.Hdf5Format;

/// <summary>Elements of a dataset, in the order in which they lie in it. Two selections of as many are mapped one by one.</summary>
internal abstract record Selection
{
    /// <summary>The axis along which there are as many as the dataset has; -1 where there is none.</summary>
    public virtual int UnlimitedAxis => -1;

    /// <summary>The same, where it says "all", for a dataset of a shape.</summary>
    public Selection Within(Shape shape) => this is WholeSelection ? new BoxSelection([.. shape.Select(AxisSelection.Whole)]) : this;
}

/// <summary>All elements, of a dataset of any shape.</summary>
internal sealed record WholeSelection : Selection;

/// <summary>No element.</summary>
internal sealed record EmptySelection : Selection;

/// <summary>What an axis takes is the same wherever one is along the others.</summary>
internal sealed record BoxSelection(AxisSelection[] Axes) : Selection
{
    public override int UnlimitedAxis => Array.FindIndex(Axes, axis => axis.IsUnlimited);

    /// <summary>The same with so many indices along the unlimited axis.</summary>
    /// <exception cref="InvalidDataException">No axis is that long.</exception>
    public BoxSelection Limited(long length)
    {
        int axis = UnlimitedAxis;
        RequireRoom(Axes[axis], length / Axes[axis].Block);
        return With(axis, Axes[axis] with { Length = length });
    }

    /// <summary>One block along the unlimited axis.</summary>
    /// <exception cref="InvalidDataException">No axis is that long.</exception>
    public BoxSelection BlockOf(long number)
    {
        int axis = UnlimitedAxis;
        AxisSelection all = Axes[axis];
        RequireRoom(all, number);
        return With(axis, new AxisSelection(all.Start + number * all.Stride, all.Block, all.Block, all.Block));
    }

    private static void RequireRoom(AxisSelection all, long blocks)
    {
        if (all.Start + ((Int128)blocks + 1) * all.Stride > long.MaxValue / 2)
            throw new InvalidDataException($"{blocks} blocks at distances of {all.Stride} are selected, which no axis has.");
    }

    private BoxSelection With(int axis, AxisSelection selected)
    {
        var axes = (AxisSelection[])Axes.Clone();
        axes[axis] = selected;
        return new BoxSelection(axes);
    }
}

/// <summary>Blocks of any place and size; an element in several of them counts once.</summary>
/// <param name="Rank">Axes.</param>
/// <param name="Bounds">Of each block the first index along each axis, then those behind the last.</param>
internal sealed record BlocksSelection(int Rank, long[] Bounds) : Selection
{
    public int Count => Bounds.Length / (2 * Rank);

    public long Low(int block, int axis) => Bounds[2 * Rank * block + axis];

    public long High(int block, int axis) => Bounds[2 * Rank * block + Rank + axis];

    /// <summary>As a box, where the blocks are all those of one, in their order: files state most boxes so.</summary>
    public Selection Simplest()
    {
        var axes = new AxisSelection[Rank];
        long repeats = 1; // how often each start comes before the next along an axis
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            (long low, long size) = (Low(0, axis), High(0, axis) - Low(0, axis));
            long count = 1, stride = size;
            if (repeats < Count && Low((int)repeats, axis) is var second && second > low)
            {
                stride = second - low;
                while (repeats * (count + 1) <= Count && Low((int)(repeats * count), axis) == low + count * stride)
                    count++;
            }

            if (stride < size)
                return this;
            axes[axis] = new AxisSelection(low, stride, size, count * size);
            repeats *= count;
        }

        return repeats == Count && IsAll(axes) ? new BoxSelection(axes) : this;
    }

    private bool IsAll(AxisSelection[] axes)
    {
        for (int block = 0; block < Count; block++)
        {
            int rest = block;
            for (int axis = Rank - 1; axis >= 0; axis--)
            {
                (AxisSelection all, int count) = (axes[axis], (int)(axes[axis].Length / axes[axis].Block));
                long low = all.Start + rest % count * all.Stride;
                rest /= count;
                if (Low(block, axis) != low || High(block, axis) != low + all.Block)
                    return false;
            }
        }

        return true;
    }
}
