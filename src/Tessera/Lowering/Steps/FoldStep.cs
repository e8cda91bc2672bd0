using Tessera.Memory;
using Tessera.Recipes;

namespace Tessera.Lowering;

/// <summary>
/// Folds a run of a cell into states, a task each, or a chain of tasks where the cut has parts. Where a cell has one task, it finishes the
/// results; else a <see cref="MergeStep"/> does.
/// </summary>
internal sealed class FoldStep(string name, FoldRecipe fold, FoldCut cut, Destination destination, BlocksOutput? states) : Step(name)
{
    public override long TaskCount => cut.TaskCount;

    public override Region RegionOf(int task) => cut.Of(task).Domain;

    public override Shape TileOf(int task) => fold.TileOf(RegionOf(task).Extent);

    /// <summary>The states of a run are a block for the step that merges them.</summary>
    public override (Destination Destination, int Cell, Region Results)? ResultsOf(int task) =>
        states is null ? (destination, task, cut.Cells.RegionOf(task)) : null;

    public override void Visit(int task, IRecipeVisitor visitor)
    {
        if (task % cut.Parts > 0)
            visitor.Block(states!, task - 1);
        fold.Visit(RegionOf(task), visitor);
    }

    public override long OutputBytes(int task) => states?.TakenBytes(task) ?? destination.OutputBytes(task, cut.Cells.RegionOf(task));

    public override long ScratchBytes(int task)
    {
        long scratch = fold.ScratchBytes(RegionOf(task));
        if (states is not null)
            return scratch;

        Region results = cut.Cells.RegionOf(task);
        return scratch + BlockPool.CapacityOf(FoldState.Bytes(fold.Reduction, results.Length)) + FinishBytes(destination, results);
    }

    /// <summary>Later tasks of a chain add to the block of the one before.</summary>
    public override bool ChangesInputs(int task) => task % cut.Parts > 0;

    public override void Execute(int task, TaskContext context)
    {
        (Region domain, long before) = cut.Of(task);
        if (states is not null)
        {
            Region cell = cut.Cells.RegionOf(task / (cut.Runs.Count * cut.Parts));
            nint address = task % cut.Parts == 0 ? states.Rent(task) : states.TakeOver(task - 1, task);
            fold.Fold(domain, new FoldState(address, fold.Reduction, cell.Length), before, context);
            return;
        }

        Region results = cut.Cells.RegionOf(task);
        using Block block = BlockPool.Shared.Rent(FoldState.Bytes(fold.Reduction, results.Length));
        var state = new FoldState(block.Address, fold.Reduction, results.Length);
        fold.Fold(domain, state, before, context);
        Finish(fold, state, cut, results, task, destination, context);
    }

    /// <summary>Bytes that <see cref="Finish"/> needs.</summary>
    internal static long FinishBytes(Destination destination, Region results) =>
        destination.ScratchBytes(results) + (destination.IsDense(results) ? 0 : Scratch.Rounded(results.Length * destination.ElementType.Size));

    /// <summary>Writes the results of finished states.</summary>
    internal static void Finish(FoldRecipe fold, FoldState state, FoldCut cut, Region results, int cell, Destination destination, TaskContext context) =>
        destination.Write(cell, results, context, tile =>
        {
            long count = cut.Runs.Shape.Length;
            if (tile.IsDense(results.Extent, destination.ElementType))
            {
                fold.Finish(state, count, tile.Address);
                return;
            }

            var mark = context.Scratch.Mark();
            Tile dense = Tile.Dense(context.Scratch.Take(results.Length * destination.ElementType.Size), results.Extent, destination.ElementType);
            fold.Finish(state, count, dense.Address);
            Kernels.StridedCopy.Copy(dense.Address, dense.Strides, tile.Address, tile.Strides, results.Extent.AsSpan(), destination.ElementType.Size);
            context.Scratch.Release(mark);
        });
}
