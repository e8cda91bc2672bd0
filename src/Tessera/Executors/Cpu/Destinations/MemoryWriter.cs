using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Has cells filled where they lie in the whole.</summary>
internal sealed class MemoryWriter(MemoryDestination destination) : CpuDestination(destination.ElementType)
{
    private readonly Tile _whole = Tile.Dense(destination.Address, destination.Shape, destination.ElementType);

    public override bool IsDense(Region region) => _whole.IsDense(region.Extent, ElementType);

    public override Task? Write(int cell, Region region, TaskContext context, Action<Tile> fill)
    {
        fill(_whole.At(region.Start));
        return null;
    }
}
