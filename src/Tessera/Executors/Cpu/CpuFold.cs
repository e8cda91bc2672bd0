using Tessera.Memory;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Folds a segment, or a part of one, into states, and finishes these where the task has all that enters them.</summary>
internal sealed class CpuFold(FoldStep step, FoldLoop loop, CpuResults finished) : CpuStep
{
    public override long StackBytes(int task)
    {
        long folding = loop.ScratchBytes(step.RegionOf(task));
        return step.States is null ? Math.Max(folding, finished.StackBytes(step.ResultsIn(task))) : folding;
    }

    protected override long RentedBytes(int task)
    {
        if (step.States is not null)
            return 0;
        Region results = step.ResultsIn(task);
        return BlockPool.CapacityOf(StateLayout.Bytes(step.Fold.Reduction, results.Length)) + finished.RentedBytes(results);
    }

    public override Shape TileOf(int task) => loop.TileOf(step.RegionOf(task).Extent);

    public override Task? Execute(int task, TaskContext context)
    {
        (Region domain, long before) = step.Cut.Of(task);
        Region results = step.ResultsIn(task);
        if (step.States is { } states)
        {
            nint address = step.GoesOn(task) ? context.Blocks.Continue(states, task - 1, task) : context.Blocks.Make(states, task);
            loop.Fold(domain, new FoldState(address, step.Fold.Reduction, results.Length), before, context);
            return null;
        }

        using Block block = BlockPool.Shared.Rent(StateLayout.Bytes(step.Fold.Reduction, results.Length));
        var state = new FoldState(block.Address, step.Fold.Reduction, results.Length);
        loop.Fold(domain, state, before, context);
        return finished.Write(state, results, task, context);
    }
}
