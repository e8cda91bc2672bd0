using System.Numerics;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>
/// Joins the states of a cell's segments and finishes the results. Neighbours are joined first, then pairs of pairs: a tree that depends on the number of
/// segments alone.
/// </summary>
/// <example>
/// Five segments, a to e; the joined states lie in scratch memory, one for each level of the tree:
/// <code>
/// [3] ← a + b    [1] ← c + d    [3] ← [3] + [1]    [3] ← [3] + e
/// </code>
/// </example>
internal sealed class CpuMerge(MergeStep step, CpuResults finished) : CpuStep
{
    private readonly int _levels = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((ulong)step.Cut.Segments.Count));

    public override long StackBytes(int task)
    {
        Region results = step.RegionOf(task);
        return (_levels * Scratch.Rounded(StateLayout.Bytes(step.Fold.Reduction, results.Length))) + finished.StackBytes(results);
    }

    protected override long RentedBytes(int task) => finished.RentedBytes(step.RegionOf(task));

    public override Shape TileOf(int task) => step.RegionOf(task).Extent;

    public override Task? Execute(int task, TaskContext context)
    {
        Region results = step.RegionOf(task);
        (FoldRecipe fold, FoldCut cut) = (step.Fold, step.Cut);
        var mark = context.Scratch.Mark();
        var joined = new FoldState[_levels + 1]; // by level; that of level 0 is never written
        for (int level = 1; level <= _levels; level++)
            joined[level] = new FoldState(context.Scratch.Take(StateLayout.Bytes(fold.Reduction, results.Length)), fold.Reduction, results.Length);

        (FoldState all, _) = Join(0, _levels, joined[_levels]);
        Task? pending = finished.Write(all, results, task, context);
        context.Scratch.Release(mark);
        return pending;

        // The segments from a first one on, as many as a tree of so many levels has, or as there are.
        (FoldState State, long Count) Join(long first, int level, FoldState into)
        {
            if (level == 0)
                return (new FoldState(context.Blocks.AddressOf(step.States, step.BlockOf(task, first)), fold.Reduction, results.Length), cut.Segments.RegionOf(first).Length);

            (FoldState left, long leftCount) = Join(first, level - 1, into);
            long next = first + (1L << (level - 1));
            if (next >= cut.Segments.Count)
                return (left, leftCount);

            (FoldState right, long rightCount) = Join(next, level - 1, joined[level - 1]);
            context.Cancellation.ThrowIfCancellationRequested();
            finished.States.Merge(into, left, leftCount, right, rightCount);
            return (into, leftCount + rightCount);
        }
    }
}
