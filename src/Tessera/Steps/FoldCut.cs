using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>
/// How a reduction is cut into tasks: cells of results times segments of what is reduced. Fixed by shapes, types and storage, never by workers, so
/// that the bits of the answer are the same whoever computes it.
/// <code>
/// 300 frames of 2048 × 2048, max over axis 0:   results (2048, 2048) in 16 cells of 128 rows, 4 segments of 75:   64 tasks and 16 that merge
/// the same, sum over all:                       1 result, 300 segments of a frame:                             300 tasks and one that merges
/// </code>
/// </summary>
internal sealed class FoldCut
{
    /// <summary>Elements that make a task worth its while.</summary>
    private const long TaskElements = 1L << 22;

    /// <summary>Neighbouring elements that stay together, so that storage is read in long rows.</summary>
    private const long RowElements = 1L << 18;

    /// <summary>The part of the bytes for states that they may take where elements are delivered, which are in memory beside them: a fourth.</summary>
    private const long PartBesideDelivered = 4;

    /// <summary>About so many tasks keep some sixteen workers busy to the end: segments are cut until there are, and beyond while states cost little.</summary>
    private const long EnoughTasks = 64;

    /// <summary>Elements that a segment takes in for each byte of its states, so that clearing and merging these costs little beside it.</summary>
    private const long ElementsPerStateByte = 64;

    /// <summary>Bytes that are delivered for a part of a segment, which are in memory at once.</summary>
    private const long PartBytes = 8L << 20;

    private readonly bool[] _reduced;
    private readonly int _partAxis = -1; // of the segments
    private readonly long _partSize = 1;

    public FoldCut(FoldRecipe fold, bool[] reduced, Shape? chunks, long mostStateBytes)
    {
        _reduced = reduced;
        Shape shape = fold.Shape;
        Alignment alignment = fold.CellAlignment;
        long results = 1, length = Math.Max(1, shape.Length);
        for (int axis = 0; axis < shape.Rank; axis++)
            results *= reduced[axis] ? 1 : Math.Max(1, shape[axis]);

        // Cells: results in the given chunks, or as many cells as there are tasks' worth of elements, while rows stay long.
        long cell = Math.Max(SmallestCell(shape, reduced), results / Math.Max(1, length / TaskElements));
        AxisGrid[] axes = chunks is { } fixedChunks
            ? Given(shape, reduced, fixedChunks)
            : Cut(shape, alignment, Math.Max(1, cell), axis => !reduced[axis]);
        long cells = 1;
        foreach (AxisGrid axis in axes)
            cells *= axis.Count;

        // Segments: as many as make the tasks small enough, but no more than states may take, nor, beyond enough tasks, than are worth their states.
        long perCell = length / cells, reducedElements = length / results, stateBytes = Math.Max(1, fold.Reduction.StateBytes);
        long held = mostStateBytes / (fold.IsDelivered ? PartBesideDelivered : 1) / Math.Max(1, results * stateBytes);
        long worth = Math.Max((EnoughTasks + cells - 1) / cells, reducedElements / (ElementsPerStateByte * stateBytes));
        long segments = cells >= EnoughTasks ? 1 : Math.Max(1, Math.Min(perCell / TaskElements, Math.Min(held, worth)));
        AxisGrid[] cuts = segments == 1
            ? Whole(shape)
            : Cut(shape, alignment, Math.Max(1, (reducedElements + segments - 1) / segments), axis => reduced[axis]);

        Cells = new ChunkGrid([.. axes.Where((_, axis) => !reduced[axis])]);
        Segments = new ChunkGrid([.. cuts.Where((_, axis) => reduced[axis])]);

        _partAxis = fold.IsDelivered ? Segments.LargestChunk.ToList().FindIndex(size => size > 1) : -1;
        if (_partAxis < 0 || shape.Length == 0)
            return;
        long along = Segments.LargestChunk[_partAxis], slice = perCell / Math.Max(1, Segments.Count * along);
        _partSize = Math.Clamp(PartBytes / Math.Max(1, slice * fold.DeliveredBytesPerElement), 1, along);
        Parts = (along + _partSize - 1) / _partSize;
    }

    /// <summary>True if results can be made in such chunks without cutting storage: else each task would decode what others decode, too.</summary>
    public static bool Suits(FoldRecipe fold, bool[] reduced, Shape chunks) =>
        fold.CellAlignment.Suits(new ChunkGrid(Given(fold.Shape, reduced, chunks)));

    /// <summary>The results.</summary>
    public ChunkGrid Cells { get; }

    /// <summary>What is reduced, over the reduced axes alone.</summary>
    public ChunkGrid Segments { get; }

    /// <summary>
    /// How many tasks share a segment, one after another, each going on with the states that the one before leaves: more than one where a segment
    /// would wait for much to be delivered at once.
    /// </summary>
    public long Parts { get; } = 1;

    /// <summary>Tasks are numbered by cell, then segment, then part.</summary>
    public long TaskCount => Cells.Count * Segments.Count * Parts;

    /// <summary>The elements that a task takes in, and how many values of each result the tasks before it in its segment did.</summary>
    public (Region Domain, long Before) Of(long task)
    {
        (long rest, long part) = Math.DivRem(task, Parts);
        (long cell, long segment) = Math.DivRem(rest, Segments.Count);
        Region gone = Segments.RegionOf(segment);
        if (Parts == 1)
            return (Joined(Cells.RegionOf(cell), gone), 0);

        long size = gone.Extent[_partAxis], from = Math.Min(size, part * _partSize), to = Math.Min(size, from + _partSize);
        long[] start = gone.Start.ToArray(), extent = gone.Extent.ToArray();
        (start[_partAxis], extent[_partAxis]) = (start[_partAxis] + from, to - from);
        return (Joined(Cells.RegionOf(cell), new Region(start, Shape.Create(extent))), gone.Length / Math.Max(1, size) * from);
    }

    private Region Joined(Region kept, Region gone)
    {
        Span<long> start = stackalloc long[_reduced.Length], size = stackalloc long[_reduced.Length];
        int k = 0, g = 0;
        for (int axis = 0; axis < _reduced.Length; axis++)
            (start[axis], size[axis]) = _reduced[axis] ? (gone.Start[g], gone.Extent[g++]) : (kept.Start[k], kept.Extent[k++]);
        return new Region(start, Shape.Create(size));
    }

    /// <summary>Results whose elements are neighbours in storage: up to <see cref="RowElements"/> elements, or to the next reduced axis.</summary>
    private static long SmallestCell(Shape shape, bool[] reduced)
    {
        long results = 1, row = 1;
        for (int axis = shape.Rank - 1; axis >= 0 && row < RowElements; axis--)
        {
            if (reduced[axis] && results > 1)
                break;
            row *= Math.Max(1, shape[axis]);
            results *= reduced[axis] ? 1 : Math.Max(1, shape[axis]);
        }

        return Math.Max(1, row > RowElements ? results / (row / RowElements) : results);
    }

    private static AxisGrid[] Given(Shape shape, bool[] reduced, Shape chunks)
    {
        AxisGrid[] axes = Whole(shape);
        int kept = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (!reduced[axis])
                axes[axis] = AxisGrid.Regular(shape[axis], Math.Max(1, Math.Min(chunks[kept++], shape[axis])));
        }

        return axes;
    }

    /// <summary>Cuts some axes, the innermost last, into boxes of about so many elements, in whole storage chunks where these aren't larger.</summary>
    private static AxisGrid[] Cut(Shape shape, Alignment alignment, long elements, Func<int, bool> isCut)
    {
        AxisGrid[] axes = Whole(shape);
        long chunks = elements;
        for (int axis = 0; axis < shape.Rank; axis++)
            chunks /= isCut(axis) ? Unit(axis) : 1;

        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            if (!isCut(axis) || shape[axis] == 0)
                continue;

            chunks = Math.Max(1, chunks);
            long size = chunks > shape[axis] / Unit(axis) ? shape[axis] : chunks * Unit(axis);
            axes[axis] = alignment.Cut(axis, shape[axis], size);
            chunks /= Math.Max(1, axes[axis].LargestSize / Unit(axis));
        }

        return axes;

        long Unit(int axis) => Math.Clamp(alignment.Sizes[axis], 1, Math.Max(1, shape[axis]));
    }

    private static AxisGrid[] Whole(Shape shape) => [.. shape.Select(size => AxisGrid.Regular(size, Math.Max(1, size)))];
}
