using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Elements that a call has put into memory by the time that they are needed.</summary>
internal sealed class CpuDelivered(DeliveredRecipe recipe) : CpuRecipe(recipe)
{
    public override bool TryView(Region region, BlockStore? blocks, out Tile tile)
    {
        tile = Tile.Dense(recipe.Values.ElementsOf(recipe.Call).Address, Shape, ElementType).At(region.Start);
        return true;
    }

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        TryView(region, context.Blocks, out Tile tile);
        Copy(tile, destination, region.Extent);
    }

    public override long ScratchBytes(Region within, Shape extent) => 0;

    public override long FillBytes(Region within, Shape extent, bool isDense) => 0;

    public override bool GetsDense => false;

    public override long GotBytes(Region within, Shape extent) => 0;
}
