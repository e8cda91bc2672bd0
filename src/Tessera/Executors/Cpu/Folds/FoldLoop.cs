using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Executors;

/// <summary>Lets the values of a region enter states, tile by tile.</summary>
/// <param name="recipe">What enters, and how.</param>
/// <param name="inputs">Its inputs.</param>
/// <param name="make">Makes kernels once values are asked for.</param>
internal sealed class FoldLoop(FoldRecipe recipe, CpuInputs inputs, Func<KernelProgram, Kernel> make)
{
    private readonly bool[] _reduced = recipe.Reduced.ToArray();
    private readonly int[] _order = OrderOf(recipe.Reduced);
    private readonly long[] _indexStrides = IndexStridesOf(recipe);
    private TileFold? _fold; // made when first needed, once a worker at worst: plans that are only looked at need none

    /// <summary>How much of a region enters the states at a time.</summary>
    public Shape TileOf(Shape domain) => Shape.Create(TileExtent(domain));

    public long ScratchBytes(Region domain) => domain.Length == 0 ? 0 : inputs.ScratchBytes(domain, TileOf(domain.Extent));

    /// <summary>Folds a region of the inputs into states, which lie dense in C order over the region's kept axes.</summary>
    /// <param name="domain">The region.</param>
    /// <param name="state">Fresh states, or ones that hold earlier values.</param>
    /// <param name="before">Values that each state holds already.</param>
    /// <param name="context">Of the task.</param>
    public void Fold(Region domain, FoldState state, long before, TaskContext context)
    {
        if (before == 0)
            state.Clear();
        if (domain.Length == 0)
            return;

        int rank = domain.Rank;
        var stateStrides = new long[rank];
        long stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            stateStrides[axis] = _reduced[axis] ? 0 : stride;
            stride *= _reduced[axis] ? 1 : domain.Extent[axis];
        }

        TileFold fold = _fold ??= new TileFold(recipe.Reduction, inputs, make);
        long folded = before, lastPlace = -1;
        foreach (Region tile in TileCut.Tiles(domain, recipe.Alignment, TileExtent(domain.Extent), _order))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            long place = 0, index = 0, values = 1;
            for (int axis = 0; axis < rank; axis++)
            {
                place += (tile.Start[axis] - domain.Start[axis]) * stateStrides[axis];
                index += tile.Start[axis] * _indexStrides[axis];
                values *= _reduced[axis] ? tile.Extent[axis] : 1;
            }

            folded = place == lastPlace ? folded : before;
            lastPlace = place;
            var mark = context.Scratch.Mark();
            fold.Fold(tile, _reduced, state, place, stateStrides, folded, index, _indexStrides, context);
            context.Scratch.Release(mark);
            folded += values;
        }
    }

    private long[] TileExtent(Shape domain) =>
        TileCut.FoldedExtent(domain, recipe.Alignment, inputs.BytesPerElement, recipe.Reduction.StateBytes, _reduced);

    /// <summary>Reduced axes are walked within the kept ones: results stay in the cache while all that enters them passes by.</summary>
    private static int[] OrderOf(ReadOnlySpan<bool> reduced)
    {
        var order = new int[reduced.Length];
        int next = 0;
        foreach (bool turn in (ReadOnlySpan<bool>)[false, true])
        {
            for (int axis = 0; axis < reduced.Length; axis++)
            {
                if (reduced[axis] == turn)
                    order[next++] = axis;
            }
        }

        return order;
    }

    /// <summary>Where a value stands among all that are reduced, in C order over the reduced axes; 0 where the reduction doesn't ask.</summary>
    private static long[] IndexStridesOf(FoldRecipe recipe)
    {
        var strides = new long[recipe.Reduced.Length];
        long stride = 1;
        for (int axis = strides.Length - 1; axis >= 0 && recipe.Reduction.CellType == ElementType.Int64; axis--)
        {
            strides[axis] = recipe.Reduced[axis] ? stride : 0;
            stride *= recipe.Reduced[axis] ? recipe.Shape[axis] : 1;
        }

        return strides;
    }
}
