using Tessera.Memory;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Each kind of destination, as this process writes to it.</summary>
internal sealed class CpuDestinations : IDestinationKinds<CpuDestination>
{
    public static CpuDestinations Here { get; } = new();

    public CpuDestination Of(BlocksDestination destination) => new BlocksWriter(destination);

    public CpuDestination Of(MemoryDestination destination) => new MemoryWriter(destination);

    public CpuDestination Of(SinkDestination destination) => new SinkWriter(destination, BlockPool.Shared);

    public CpuDestination Of(ReceivedDestination destination) => new ReceivedWriter(destination);

    public CpuDestination Of(PlacedDestination destination) => new PlacedWriter(destination, new PlacedBlocks());
}
