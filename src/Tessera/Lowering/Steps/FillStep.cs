using Tessera.Recipes;

namespace Tessera.Lowering;

/// <summary>Makes the elements of a recipe, a cell of a grid a task.</summary>
internal sealed class FillStep(string name, Recipe recipe, ChunkGrid grid, Destination destination) : Step(name)
{
    public override long TaskCount => grid.Count;

    public override Region RegionOf(int task) => grid.RegionOf(task);

    public override Shape TileOf(int task) => recipe.TileOf(RegionOf(task).Extent);

    public override (Destination Destination, int Cell, Region Results)? ResultsOf(int task) => (destination, task, RegionOf(task));

    public override void Visit(int task, IRecipeVisitor visitor) => recipe.Visit(RegionOf(task), visitor);

    public override long OutputBytes(int task) => destination.OutputBytes(task, RegionOf(task));

    public override long ScratchBytes(int task)
    {
        Region region = RegionOf(task);
        return recipe.FillBytes(region, region.Extent, destination.IsDense(region)) + destination.ScratchBytes(region);
    }

    public override void Execute(int task, TaskContext context)
    {
        Region region = RegionOf(task);
        destination.Write(task, region, context, tile => recipe.Fill(region, tile, context));
    }
}
