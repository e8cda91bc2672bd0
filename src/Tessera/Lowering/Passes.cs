using Tessera.Recipes;

namespace Tessera.Lowering;

/// <summary>
/// How elements are saved in chunks that cut across the storage of their sources, if memory is too short to keep these: part by part, and for each part all of its
/// storage chunks are decoded once. The part lies in blocks, pieces of storage chunks that all workers fill, and cells are put together from these.
/// <code>
/// 64 frames of 1024 × 1024, decoded whole, saved in chunks of (64, 64, 64), with memory for a quarter of them:
///     all frames are decoded for their rows 0 to 256, then for 256 to 512, …     each frame four times
/// </code>
/// In the order of their numbers, the cells of a part come before those of the next: inner axes are whole before outer ones are more than a cell.
/// </summary>
/// <param name="Shape">Of the array.</param>
/// <param name="Cell">The extent of a cell: whole chunks of the destination.</param>
/// <param name="Part">The extent of a part: whole cells.</param>
internal sealed record Passes(Shape Shape, Shape Cell, Shape Part)
{
    /// <summary>A part has so many cells at least, if chunks are small enough: what is put together takes little memory beside it.</summary>
    private const long FewestCells = 16;

    /// <param name="shape">Of the array.</param>
    /// <param name="chunks">Of the destination.</param>
    /// <param name="elements">Of a part.</param>
    public static Passes Of(Shape shape, Shape chunks, long elements)
    {
        var cell = Shape.Create(BoxExtent.Of(shape, Alignment.Of(chunks, shape), Math.Min(Saving.CellElements, elements / FewestCells)));
        return new Passes(shape, cell, Shape.Create(BoxExtent.Of(shape, Alignment.Of(cell, shape), elements)));
    }

    /// <summary>Parts.</summary>
    public long Count => ChunkGrid.Regular(Shape, Part).Count;

    public ChunkGrid Cells => ChunkGrid.Regular(Shape, Cell);

    /// <summary>The blocks, a task's worth each: cut where parts end, and within each where storage chunks do.</summary>
    /// <param name="storage">Where storage chunks end.</param>
    public ChunkGrid Blocks(Alignment storage)
    {
        long[] sizes = BoxExtent.Of(Part, storage, Saving.CellElements);
        var axes = new AxisGrid[sizes.Length];
        for (int axis = 0; axis < axes.Length; axis++)
            axes[axis] = Cut(axis, sizes[axis], storage);
        return new ChunkGrid(axes);
    }

    private AxisGrid Cut(int axis, long size, Alignment storage)
    {
        if (Part[axis] == Shape[axis])
            return storage.Cut(axis, Shape[axis], size);
        var sizes = new List<long>();
        for (long position = 0; position < Shape[axis];)
        {
            long end = Math.Min(Shape[axis], ((position / Part[axis]) + 1) * Part[axis]);
            long next = storage.Next(axis, position, size, end);
            sizes.Add(next - position);
            position = next;
        }

        return AxisGrid.Of([.. sizes]);
    }
}
