using Tessera.Kernels;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Turns states into results, and writes these.</summary>
internal sealed class CpuResults(StateKernels states, FoldCut cut, CpuDestination destination)
{
    public StateKernels States => states;

    /// <summary>Scratch memory that <see cref="Write"/> takes.</summary>
    public long StackBytes(Region results) => destination.IsDense(results) ? 0 : Scratch.Rounded(results.Length * destination.ElementType.Size);

    /// <summary>What <see cref="Write"/> rents besides.</summary>
    public long RentedBytes(Region results) => destination.RentedBytes(results);

    /// <param name="state">All that enters the results is in it.</param>
    /// <param name="results">Which they are.</param>
    /// <param name="cell">Their number.</param>
    /// <param name="context">Of the task.</param>
    /// <returns>Null, or what the writing waits for.</returns>
    public Task? Write(FoldState state, Region results, int cell, TaskContext context) => destination.Write(cell, results, context, tile =>
    {
        long count = cut.Segments.Shape.Length;
        ElementType type = destination.ElementType;
        if (tile.IsDense(results.Extent, type))
        {
            states.Finish(state, count, tile.Address);
            return;
        }

        var mark = context.Scratch.Mark();
        Tile dense = Tile.Dense(context.Scratch.Take(results.Length * type.Size), results.Extent, type);
        states.Finish(state, count, dense.Address);
        StridedCopy.Copy(dense.Address, dense.Strides, tile.Address, tile.Strides, results.Extent.AsSpan(), type.Size);
        context.Scratch.Release(mark);
    });
}
