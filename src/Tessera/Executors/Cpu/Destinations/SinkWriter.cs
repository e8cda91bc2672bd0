using Tessera.Memory;
using Tessera.Steps;
using Tessera.Storage;

namespace Tessera.Executors;

/// <summary>Has a cell filled, and gives it to the sink.</summary>
/// <param name="destination">Of the cells.</param>
/// <param name="pool">Memory in which they are filled: of this process alone, or shared with those that fill them.</param>
internal sealed class SinkWriter(SinkDestination destination, BlockPool pool) : CpuDestination(destination.ElementType)
{
    public override long RentedBytes(Region region) => BlockPool.CapacityOf(region.Length * ElementType.Size) + SaidBytes.OfWriting(destination.Sink, region);

    public override Task? Write(int cell, Region region, TaskContext context, Action<Tile> fill)
    {
        Block block = pool.Rent(region.Length * ElementType.Size);
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
