using Tessera.Recipes;

namespace Tessera.Lowering;

/// <summary>A managed array, for the value that is made of it.</summary>
internal sealed class ReceivedDestination(ReceivedOutput output, ElementType elementType) : Destination(elementType)
{
    private readonly Tile _layout = Tile.Dense(0, output.Shape, elementType);

    public override long OutputBytes(int cell, Region region) => region.Length * ElementType.Size;

    public override bool IsDense(Region region) => _layout.IsDense(region.Extent, ElementType);

    public override void Write(int cell, Region region, TaskContext context, Action<Tile> fill) =>
        fill(output.Placed != 0 ? Tile.Dense(output.Placed, region.Extent, ElementType) : (_layout with { Address = output.Address() }).At(region.Start));
}
