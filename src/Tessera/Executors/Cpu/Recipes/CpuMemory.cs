using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Elements that lie in memory: nothing is copied until someone asks for another layout.</summary>
internal sealed class CpuMemory(MemoryRecipe recipe) : CpuRecipe(recipe)
{
    private readonly Tile _elements = Tile.Dense(recipe.Source.Address, recipe.Shape, recipe.ElementType);

    public override bool IsInMemory => true;

    public override bool TryView(Region region, BlockStore? blocks, out Tile tile)
    {
        tile = _elements.At(region.Start);
        return true;
    }

    public override void Fill(Region region, Tile destination, TaskContext context) => Copy(_elements.At(region.Start), destination, region.Extent);

    public override long ScratchBytes(Region within, Shape extent) => 0;

    public override long FillBytes(Region within, Shape extent, bool isDense) => 0;

    public override bool GetsDense => false;

    public override long GotBytes(Region within, Shape extent) => 0;
}
