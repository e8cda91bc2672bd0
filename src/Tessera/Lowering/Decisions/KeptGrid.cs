using Tessera.Recipes;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// The blocks of what is kept: cells of a task's worth each, and cut where the boxes that are asked for begin and end, so that no block is made of which nobody
/// reads most.
/// <code>
/// 50,000,000 elements, of which [0..10] are asked for:   a block of 10, and a few of the rest, which no task needs
/// </code>
/// </summary>
internal static class KeptGrid
{
    /// <summary>What nobody asks for is no more blocks than these between two boxes: each is a number in tables.</summary>
    private const int MostBetween = 4;

    /// <param name="shape">Of what is kept.</param>
    /// <param name="alignment">Where it is best cut.</param>
    /// <param name="asked">The boxes that are asked for.</param>
    /// <returns>The blocks, and the extent of those that are asked for: by this, those who read them cut their own cells.</returns>
    public static (ChunkGrid Grid, Shape Asked) Of(Shape shape, Alignment alignment, Region[] asked)
    {
        Region[] boxes = [.. asked.Where(box => box.Length > 0)];
        var axes = new AxisGrid[shape.Rank];
        long[] largest = shape.ToArray(), cell = new long[shape.Rank];
        for (int axis = 0; axis < axes.Length && boxes.Length > 0; axis++)
            largest[axis] = boxes.Max(box => box.Extent[axis]);

        long[] sizes = BoxExtent.Of(Shape.Create(largest), alignment, Saving.CellElements), usual = BoxExtent.Of(shape, alignment, Saving.CellElements);
        for (int axis = 0; axis < axes.Length; axis++)
            (axes[axis], cell[axis]) = Cut(axis, shape[axis], sizes[axis], usual[axis], alignment, boxes);
        return (new ChunkGrid(axes), Shape.Create(cell));
    }

    private static (AxisGrid Axis, long Asked) Cut(int axis, long length, long size, long usual, Alignment alignment, Region[] boxes)
    {
        var ends = new SortedSet<long> { 0, length };
        foreach (Region box in boxes)
        {
            ends.Add(Math.Clamp(Before(box.Start[axis]), 0, length));
            ends.Add(Math.Clamp(-Before(-box.End(axis), -1), 0, length));
        }

        if (ends.Count <= 2)
        {
            AxisGrid even = alignment.Cut(axis, length, size);
            return (even, even.LargestSize);
        }

        long[] at = [.. ends];
        var cells = new List<long>();
        long largest = 1;
        for (int i = 0; i + 1 < at.Length; i++)
        {
            bool isAsked = boxes.Any(box => box.Start[axis] < at[i + 1] && box.End(axis) > at[i]);
            long between = Math.Max(usual, (at[i + 1] - at[i] + MostBetween - 1) / MostBetween);
            for (long position = at[i]; position < at[i + 1];)
            {
                long next = alignment.Next(axis, position, isAsked ? size : between, at[i + 1]);
                largest = isAsked ? Math.Max(largest, next - position) : largest;
                cells.Add(next - position);
                position = next;
            }
        }

        return (AxisGrid.Of([.. cells]), largest);

        // The last good place that isn't behind a position; seen from the other end of the axis, the first that isn't before it.
        long Before(long position, int sign = 1)
        {
            long unit = alignment.Sizes[axis], offset = position - (sign * alignment.Phases[axis]);
            long rest = offset % unit;
            return position - (rest < 0 ? rest + unit : rest);
        }
    }
}
