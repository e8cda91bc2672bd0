using Tessera.Kernels;
using Tessera.Memory;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Where results that a process makes land, and how they get from there to where they belong.</summary>
/// <param name="blocks">Of memory that processes share.</param>
internal sealed class RemoteDestinations(BlockPool blocks) : IDestinationKinds<RemoteDestination>
{
    /// <summary>For plans, which ask what results take and make none.</summary>
    public static RemoteDestinations Planned { get; } = new(BlockPool.Shared);

    public RemoteDestination Of(BlocksDestination destination) => new InBlocks(destination.Output);

    public RemoteDestination Of(MemoryDestination destination) => Copied(destination);

    public RemoteDestination Of(SinkDestination destination) => new ToSink(new SinkWriter(destination, blocks));

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

    /// <summary>A sink takes what the process has filled from where it lies.</summary>
    private sealed class ToSink(SinkWriter writer) : RemoteDestination
    {
        public override long RentedBytes(Region results) => writer.RentedBytes(results);

        public override Task? Write(int cell, Region results, TaskContext context, Action<nint> make) =>
            writer.Write(cell, results, context, tile => make(tile.Address));
    }

    /// <summary>What lies elsewhere is written here, from a block that the process has filled.</summary>
    private sealed class Passed(CpuDestination destination, BlockPool blocks) : RemoteDestination
    {
        public override long RentedBytes(Region results) =>
            BlockPool.CapacityOf(results.Length * destination.ElementType.Size) + destination.RentedBytes(results);

        public override Task? Write(int cell, Region results, TaskContext context, Action<nint> make)
        {
            ElementType type = destination.ElementType;
            using Block block = blocks.Rent(results.Length * type.Size);
            make(block.Address);
            return destination.Write(cell, results, context, tile =>
            {
                Tile made = Tile.Dense(block.Address, results.Extent, type);
                StridedCopy.Copy(made.Address, made.Strides, tile.Address, tile.Strides, results.Extent.AsSpan(), type.Size);
            });
        }
    }
}
