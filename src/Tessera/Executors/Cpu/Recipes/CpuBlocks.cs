using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Elements that an earlier step of the run made: in place inside one block, else put together from several.</summary>
internal sealed class CpuBlocks(BlocksRecipe recipe) : CpuRecipe(recipe)
{
    private BlocksOutput Output => recipe.Output;

    public override bool TryView(Region region, BlockStore? blocks, out Tile tile)
    {
        tile = default;
        if (!recipe.LiesInOne(region, out long block, out Region cell))
            return false;

        tile = Seen(block, cell, region.Start, blocks!);
        return true;
    }

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        foreach (ReadOnlySpan<long> place in recipe.TouchedBlocks(region).Indices())
        {
            long block = recipe.NumberOf(place);
            Region cell = Output.Grid.RegionOf(block), shared = cell.Intersect(region);
            Copy(Seen(block, cell, shared.Start, context.Blocks), destination.At(shared.RelativeTo(region.Start).Start), shared.Extent);
        }
    }

    public override long ScratchBytes(Region within, Shape extent) =>
        recipe.LiesInOne(within, out _, out _) ? 0 : Rounded(extent.Length * ElementType.Size);

    public override long FillBytes(Region within, Shape extent, bool isDense) => 0;

    public override bool GetsDense => false;

    public override long GotBytes(Region within, Shape extent) => ScratchBytes(within, extent);

    /// <summary>What lies in a block from an element on.</summary>
    private Tile Seen(long block, Region cell, ReadOnlySpan<long> from, BlockStore blocks)
    {
        Span<long> at = stackalloc long[from.Length];
        for (int axis = 0; axis < at.Length; axis++)
            at[axis] = from[axis] - cell.Start[axis];
        return Tile.Dense(blocks.AddressOf(Output, block), cell.Extent, ElementType).At(at);
    }
}
