using Tessera.Memory;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Has a cell filled, and gives it to the sink.</summary>
internal sealed class SinkWriter(SinkDestination destination) : CpuDestination(destination.ElementType)
{
    public override long ScratchBytes(Region region) => BlockPool.CapacityOf(region.Length * ElementType.Size);

    public override void Write(int cell, Region region, TaskContext context, Action<Tile> fill)
    {
        using Block block = BlockPool.Shared.Rent(region.Length * ElementType.Size);
        fill(Tile.Dense(block.Address, region.Extent, ElementType));
        destination.Sink.Write(region, block.AsSpan(), context.Cancellation);
    }
}
