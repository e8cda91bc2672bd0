using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>In a worker process, where all results go to the place that the question tells.</summary>
internal sealed class PlacedDestinations(PlacedBlocks blocks) : IDestinationKinds<CpuDestination>
{
    public CpuDestination Of(BlocksDestination destination) => new PlacedWriter(destination, blocks);

    public CpuDestination Of(MemoryDestination destination) => new PlacedWriter(destination, blocks);

    public CpuDestination Of(SinkDestination destination) => new PlacedWriter(destination, blocks);

    public CpuDestination Of(ReceivedDestination destination) => new PlacedWriter(destination, blocks);

    public CpuDestination Of(PlacedDestination destination) => new PlacedWriter(destination, blocks);
}
