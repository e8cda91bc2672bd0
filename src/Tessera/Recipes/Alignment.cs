using Tessera.Geometry;

namespace Tessera.Recipes;

/// <summary>
/// Where regions are best cut, axis by axis: at <c>Phase + k * Size</c>. A cut elsewhere makes a storage chunk be decoded twice, or a block
/// be copied instead of read in place. A size of 1 says that any cut is as good.
/// </summary>
/// <param name="Sizes">By axis. Not to be changed, as recipes share them.</param>
/// <param name="Phases">By axis, likewise.</param>
internal readonly record struct Alignment(long[] Sizes, long[] Phases)
{
    private static readonly Alignment[] Nones = [Any(0), Any(1), Any(2), Any(3), Any(4), Any(5), Any(6), Any(7)];

    public static Alignment None(int rank) => rank < Nones.Length ? Nones[rank] : Any(rank);

    /// <summary>Cuts at the multiples of storage chunks.</summary>
    public static Alignment Of(Shape chunk, Shape shape)
    {
        var sizes = new long[shape.Rank];
        for (int axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = Math.Clamp(chunk[axis], 1, Math.Max(1, shape[axis]));
        return new Alignment(sizes, new long[sizes.Length]);
    }

    /// <summary>
    /// The same, with rows that are too short to be worth a reading each (the colours of a pixel) left whole, whichever way a view turns them.
    /// </summary>
    public Alignment WithWholeShortRows(Shape shape)
    {
        var (sizes, phases) = ((long[])Sizes.Clone(), (long[])Phases.Clone());
        long row = 1;
        for (int axis = shape.Rank - 1; axis >= 0 && (row *= Math.Max(1, shape[axis])) < FusedInputs.ShortRow; axis--)
            (sizes[axis], phases[axis]) = (Math.Max(1, shape[axis]), 0);
        return new Alignment(sizes, phases);
    }

    /// <summary>The same cuts as a view sees them.</summary>
    public Alignment Through(IndexMap map)
    {
        Alignment seen = Any(map.Shape.Rank);
        for (int axis = 0; axis < Sizes.Length; axis++)
        {
            AxisMap along = map.Axes[axis];
            if (along.Axis < 0 || Sizes[axis] == 1)
                continue;

            long step = Math.Abs(along.Step), size = Math.Max(1, Sizes[axis] / step);
            if (size <= seen.Sizes[along.Axis])
                continue;
            seen.Sizes[along.Axis] = size;

            // The first index whose element opens a storage chunk, in the direction of the view.
            long before = along.Step > 0
                ? (along.Offset - Phases[axis]) % Sizes[axis]
                : Sizes[axis] - 1 - ((along.Offset - Phases[axis]) % Sizes[axis]);
            before = before < 0 ? before + Sizes[axis] : before;
            seen.Phases[along.Axis] = before == 0 ? 0 : (Sizes[axis] - before + step - 1) / step;
        }

        return seen;
    }

    /// <summary>True where a grid cuts at good places alone.</summary>
    public bool Suits(ChunkGrid grid)
    {
        for (int axis = 0; axis < Sizes.Length; axis++)
        {
            for (int cell = 1; Sizes[axis] > 1 && cell < grid[axis].Count; cell++)
            {
                if ((grid[axis].StartOf(cell) - Phases[axis]) % Sizes[axis] != 0)
                    return false;
            }
        }

        return true;
    }

    /// <summary>Along each axis the coarser of two, and of equally coarse ones the first.</summary>
    public Alignment Join(Alignment other)
    {
        Alignment joined = this; // of a hundred thousand parts all but a few change nothing
        for (int axis = 0; axis < Sizes.Length; axis++)
        {
            if (other.Sizes[axis] > Sizes[axis])
                joined = joined.With(axis, other.Sizes[axis], other.Phases[axis]);
        }

        return joined;
    }

    /// <summary>The same but for one axis.</summary>
    public Alignment With(int axis, long size, long phase)
    {
        var (sizes, phases) = ((long[])Sizes.Clone(), (long[])Phases.Clone());
        (sizes[axis], phases[axis]) = (size, phase);
        return new Alignment(sizes, phases);
    }

    /// <summary>Where to cut next after <paramref name="position"/>: about <paramref name="size"/> further, on a good place.</summary>
    public long Next(int axis, long position, long size, long end)
    {
        long target = position + Math.Max(size, 1);
        if (target >= end)
            return end;

        long unit = Sizes[axis], phase = Phases[axis];
        long aligned = FloorDivide(target - phase, unit) * unit + phase;
        if (aligned <= position)
            aligned += unit;
        return Math.Min(end, aligned <= position ? aligned + unit : aligned);
    }

    /// <summary>An axis cut into pieces of about <paramref name="size"/>, on good places.</summary>
    public AxisGrid Cut(int axis, long length, long size)
    {
        long first = Next(axis, 0, size, length);
        if (Phases[axis] == 0 && first % Sizes[axis] == 0)
            return AxisGrid.Regular(length, Math.Max(1, first)); // every further cut is as far again

        var sizes = new List<long>();
        for (long position = 0; position < length;)
        {
            long next = Next(axis, position, size, length);
            sizes.Add(next - position);
            position = next;
        }

        return AxisGrid.Of([.. sizes]);
    }

    private static Alignment Any(int rank)
    {
        var ones = new long[rank];
        Array.Fill(ones, 1);
        return new Alignment(ones, new long[rank]);
    }

    private static long FloorDivide(long value, long divisor) => (value >= 0 ? value : value - divisor + 1) / divisor;
}
