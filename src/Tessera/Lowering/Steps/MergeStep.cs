using System.Numerics;
using Tessera.Recipes;

namespace Tessera.Lowering;

/// <summary>
/// Joins the states of a cell's runs and finishes the results, a task a cell. Neighbours are joined first, then pairs of pairs: a tree
/// that depends on the number of runs alone. The states are read and left as they are, so that a task whose process died can be done again.
/// </summary>
/// <example>
/// Five runs, a to e; the joined states lie in scratch memory, one for each level of the tree:
/// <code>
/// [3] ← a + b    [1] ← c + d    [3] ← [3] + [1]    [3] ← [3] + e
/// </code>
/// </example>
internal sealed class MergeStep(string name, FoldRecipe fold, FoldCut cut, Destination destination, BlocksOutput states) : Step(name)
{
    private readonly int _levels = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((ulong)cut.Runs.Count));

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

    public override long ScratchBytes(int task)
    {
        Region results = RegionOf(task);
        return (_levels * FoldState.Bytes(fold.Reduction, results.Length)) + FoldStep.FinishBytes(destination, results);
    }

    public override void Execute(int task, TaskContext context)
    {
        Region results = RegionOf(task);
        var mark = context.Scratch.Mark();
        var joined = new FoldState[_levels + 1]; // by level; that of level 0 is never written
        for (int level = 1; level <= _levels; level++)
            joined[level] = new FoldState(context.Scratch.Take(FoldState.Bytes(fold.Reduction, results.Length)), fold.Reduction, results.Length);

        (FoldState all, _) = Join(0, _levels, joined[_levels]);
        FoldStep.Finish(fold, all, cut, results, task, destination, context);
        context.Scratch.Release(mark);

        // The runs from a first one on, as many as a tree of so many levels has, or as there are.
        (FoldState State, long Count) Join(long first, int level, FoldState into)
        {
            if (level == 0)
                return (new FoldState(states.AddressOf(LastPart(task, first)), fold.Reduction, results.Length), cut.Runs.RegionOf(first).Length);

            (FoldState left, long leftCount) = Join(first, level - 1, into);
            long next = first + (1L << (level - 1));
            if (next >= cut.Runs.Count)
                return (left, leftCount);

            (FoldState right, long rightCount) = Join(next, level - 1, joined[level - 1]);
            context.Cancellation.ThrowIfCancellationRequested();
            fold.Merge(into, left, leftCount, right, rightCount);
            return (into, leftCount + rightCount);
        }
    }
}
