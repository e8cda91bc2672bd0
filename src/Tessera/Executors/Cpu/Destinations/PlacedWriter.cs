using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Has a cell filled, dense in C order, where the process that asked for it wants it.</summary>
internal sealed class PlacedWriter(Destination destination, PlacedBlocks blocks) : CpuDestination(destination.ElementType)
{
    public override Task? Write(int cell, Region region, TaskContext context, Action<Tile> fill)
    {
        fill(Tile.Dense(blocks.Results, region.Extent, ElementType));
        return null;
    }
}
