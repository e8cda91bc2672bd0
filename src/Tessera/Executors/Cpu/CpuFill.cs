using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Fills a cell with the elements of a recipe.</summary>
internal sealed class CpuFill(FillStep step, CpuDestination destination) : CpuStep
{
    public override long StackBytes(int task)
    {
        Region region = step.RegionOf(task);
        return step.Recipe.FillBytes(region, region.Extent, destination.IsDense(region));
    }

    protected override long RentedBytes(int task) => destination.RentedBytes(step.RegionOf(task));

    public override Task? Execute(int task, TaskContext context)
    {
        Region region = step.RegionOf(task);
        return destination.Write(task, region, context, tile => step.Recipe.Fill(region, tile, context));
    }
}
