using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Makes a block of each cell.</summary>
internal sealed class BlocksWriter(BlocksDestination destination) : CpuDestination(destination.ElementType)
{
    public override Task? Write(int cell, Region region, TaskContext context, Action<Tile> fill)
    {
        fill(Tile.Dense(context.Blocks.Make(destination.Output, cell), region.Extent, ElementType));
        return null;
    }
}
