using Tessera.Memory;
using Tessera.Steps;
using Tessera.Storage;

namespace Tessera.Executors;

/// <summary>Has a cell filled, and gives it to the sink.</summary>
internal sealed class SinkWriter(SinkDestination destination) : CpuDestination(destination.ElementType)
{
    public override long ScratchBytes(Region region) => BlockPool.CapacityOf(region.Length * ElementType.Size) + SaidBytes.OfWriting(destination.Sink, region);

    public override Task? Write(int cell, Region region, TaskContext context, Action<Tile> fill)
    {
        Block block = BlockPool.Shared.Rent(region.Length * ElementType.Size);
        bool isPassedOn = false;
        try
        {
            fill(Tile.Dense(block.Address, region.Extent, ElementType));
            if (destination.Sink.WritesAsync)
            {
                isPassedOn = true;
                return WriteAsync(region, block, context.Cancellation);
            }

            destination.Sink.Write(region, block.AsSpan(), context.Cancellation);
            return null;
        }
        finally
        {
            if (!isPassedOn)
                block.Dispose();
        }
    }

    private async Task WriteAsync(Region region, Block elements, CancellationToken cancellation)
    {
        using (elements)
        using (var memory = new BlockMemory(elements.Address, checked((int)elements.Bytes)))
            await destination.Sink.WriteAsync(region, memory.Memory, cancellation).ConfigureAwait(false);
    }
}
