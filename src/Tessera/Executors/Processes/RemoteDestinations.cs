using Tessera.Kernels;
using Tessera.Memory;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Where results that a process makes land, and how they get from there to where they belong.</summary>
/// <param name="blocks">Of memory that processes share.</param>
internal sealed class RemoteDestinations(BlockPool blocks) : IDestinationKinds<RemoteDestination>
{
    public RemoteDestination Of(BlocksDestination destination) => new InBlocks(destination.Output);

    public RemoteDestination Of(MemoryDestination destination) => Copied(destination);

    public RemoteDestination Of(SinkDestination destination) => Copied(destination);

    public RemoteDestination Of(ReceivedDestination destination) => Copied(destination);

    public RemoteDestination Of(PlacedDestination destination) => Copied(destination);

    private Passed Copied(Destination destination) => new(destination.Accept(CpuDestinations.Here), blocks);

    /// <summary>Blocks lie in shared memory themselves.</summary>
    private sealed class InBlocks(BlocksOutput output) : RemoteDestination
    {
        public override Task? Write(int cell, Region results, TaskContext context, Action<nint> make)
        {
            make(context.Blocks.Make(output, cell));
            return null;
        }
    }

    /// <summary>What lies elsewhere is written here, from a block that the process has filled.</summary>
    private sealed class Passed(CpuDestination destination, BlockPool blocks) : RemoteDestination
    {
        public override Task? Write(int cell, Region results, TaskContext context, Action<nint> make)
        {
            ElementType type = destination.ElementType;
            using Block block = blocks.Rent(results.Length * type.Size);
            MemoryLedger.Shared.AddOutside(block.Bytes);
            try
            {
                make(block.Address);
                return destination.Write(cell, results, context, tile =>
                {
                    Tile made = Tile.Dense(block.Address, results.Extent, type);
                    StridedCopy.Copy(made.Address, made.Strides, tile.Address, tile.Strides, results.Extent.AsSpan(), type.Size);
                });
            }
            finally
            {
                MemoryLedger.Shared.AddOutside(-block.Bytes);
            }
        }
    }
}
