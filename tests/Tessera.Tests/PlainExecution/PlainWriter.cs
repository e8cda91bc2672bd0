using System.Runtime.InteropServices;
using Tessera.Executors;
using Tessera.Steps;

namespace Tessera.Tests.PlainExecution;

/// <summary>Writes the elements of a cell to where they belong, one by one.</summary>
internal sealed unsafe class PlainWriter(int cell, Region region, byte[] elements, TaskContext context) : IDestinationKinds<bool>
{
    public bool Of(BlocksDestination destination)
    {
        elements.CopyTo(new Span<byte>((void*)context.Blocks.Make(destination.Output, cell), elements.Length));
        return true;
    }

    public bool Of(MemoryDestination destination) => Scatter(destination.Address, destination.Shape, destination.ElementType.Size);

    public bool Of(SinkDestination destination)
    {
        destination.Sink.Write(region, elements, context.Cancellation);
        return true;
    }

    public bool Of(ReceivedDestination destination) => Scatter(Marshal.UnsafeAddrOfPinnedArrayElement(destination.Output.Elements(), 0), destination.Output.Shape, destination.ElementType.Size);

    public bool Of(PlacedDestination destination) => throw new NotSupportedException("Plans are plainly done where they are made.");

    private bool Scatter(nint address, Shape shape, int size)
    {
        var whole = new Region(shape);
        int at = 0;
        foreach (ReadOnlySpan<long> index in region.Indices())
        {
            elements.AsSpan(at, size).CopyTo(new Span<byte>((byte*)address + (Places.Of(index, whole) * size), size));
            at += size;
        }

        return true;
    }
}
