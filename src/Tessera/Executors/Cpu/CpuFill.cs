using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Fills a cell with the elements of a recipe.</summary>
internal sealed class CpuFill(FillStep step, CpuRecipe recipe, CpuDestination destination) : CpuStep
{
    public override long StackBytes(int task)
    {
        Region region = step.RegionOf(task);
        return recipe.FillBytes(region, region.Extent, destination.IsDense(region));
    }

    protected override long RentedBytes(int task) => destination.RentedBytes(step.RegionOf(task));

    public override Shape TileOf(int task) => recipe.TileOf(step.RegionOf(task).Extent);

    public override Task? Execute(int task, TaskContext context)
    {
        Region region = step.RegionOf(task);
        return destination.Write(task, region, context, tile => recipe.Fill(region, tile, context));
    }
}
