using System.Runtime.InteropServices;
using Tessera.Executors;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Tests.PlainExecution;

/// <summary>Joins the states of a cell's segments one after another.</summary>
internal sealed class PlainMerge(MergeStep step) : StepWork
{
    public override unsafe Task? Execute(int task, TaskContext context)
    {
        Region results = step.RegionOf(task);
        int bytes = (int)StateLayout.Bytes(step.Fold.Reduction, results.Length);
        byte[] memory = PlainRows.Pinned(new ReadOnlySpan<byte>((void*)AddressOf(0), bytes));
        var joined = new FoldState(Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0), step.Fold.Reduction, results.Length);
        long count = step.Cut.Segments.RegionOf(0).Length;
        for (long segment = 1; segment < step.Cut.Segments.Count; segment++)
        {
            long more = step.Cut.Segments.RegionOf(segment).Length;
            PlainResults.Join(step.Fold.Reduction, joined, count, joined with { Address = AddressOf(segment) }, more);
            count += more;
        }

        step.Destination.Accept(new PlainWriter(task, results, PlainResults.Of(step.Fold, step.Cut, joined), context));
        GC.KeepAlive(memory);
        return null;

        nint AddressOf(long segment) => context.Blocks.AddressOf(step.States, step.BlockOf(task, segment));
    }
}
