using System.Runtime.InteropServices;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Has cells filled where they lie in the managed array.</summary>
internal sealed class ReceivedWriter(ReceivedDestination destination) : CpuDestination(destination.ElementType)
{
    private readonly Tile _layout = Tile.Dense(0, destination.Output.Shape, destination.ElementType);

    public override bool IsDense(Region region) => _layout.IsDense(region.Extent, ElementType);

    public override Task? Write(int cell, Region region, TaskContext context, Action<Tile> fill)
    {
        fill((_layout with { Address = Address() }).At(region.Start));
        return null;
    }

    private unsafe nint Address()
    {
        fixed (byte* first = &MemoryMarshal.GetArrayDataReference(destination.Output.Elements()))
            return (nint)first;
    }
}
