using Tessera.Recipes;

namespace Tessera.Lowering;

/// <summary>
/// Joins the states of a cell's runs and finishes the results, a task a cell. Neighbours are joined first, then pairs of pairs: a tree
/// that depends on the number of runs alone.
/// </summary>
internal sealed class MergeStep(string name, FoldRecipe fold, FoldCut cut, Destination destination, BlocksOutput states) : Step(name)
{
    public override long TaskCount => cut.Cells.Count;

    public override Region RegionOf(int task) => cut.Cells.RegionOf(task);

    public override (Destination Destination, int Cell, Region Results)? ResultsOf(int task) => (destination, task, RegionOf(task));

    public override void Visit(int task, IRecipeVisitor visitor)
    {
        for (long run = 0; run < cut.Runs.Count; run++)
            visitor.Block(states, LastPart(task, run));
    }

    private long LastPart(long cell, long run) => (((cell * cut.Runs.Count) + run + 1) * cut.Parts) - 1;

    public override long OutputBytes(int task) => destination.OutputBytes(task, RegionOf(task));

    public override long ScratchBytes(int task) => FoldStep.FinishBytes(destination, RegionOf(task));

    public override void Execute(int task, TaskContext context)
    {
        Region results = RegionOf(task);
        int runs = (int)cut.Runs.Count;
        var parts = new FoldState[runs];
        var counts = new long[runs];
        for (int run = 0; run < runs; run++)
        {
            parts[run] = new FoldState(states.AddressOf(LastPart(task, run)), fold.Reduction, results.Length);
            counts[run] = cut.Runs.RegionOf(run).Length;
        }

        for (int apart = 1; apart < runs; apart *= 2)
        {
            for (int run = 0; run + apart < runs; run += 2 * apart)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                fold.Merge(parts[run], counts[run], parts[run + apart], counts[run + apart]);
                counts[run] += counts[run + apart];
            }
        }

        FoldStep.Finish(fold, parts[0], cut, results, task, destination, context);
    }
}
