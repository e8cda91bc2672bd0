using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Has cells filled where they lie in the managed array.</summary>
internal sealed class ReceivedWriter(ReceivedDestination destination) : CpuDestination(destination.ElementType)
{
    private readonly Tile _layout = Tile.Dense(0, destination.Output.Shape, destination.ElementType);

    public override bool IsDense(Region region) => _layout.IsDense(region.Extent, ElementType);

    public override Task? Write(int cell, Region region, TaskContext context, Action<Tile> fill)
    {
        fill((_layout with { Address = destination.Output.Address() }).At(region.Start));
        return null;
    }
}
