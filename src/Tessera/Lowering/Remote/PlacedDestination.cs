using Tessera.Recipes;

namespace Tessera.Lowering;

/// <summary>In a worker process: results go, dense in C order, to memory of the process that asked for them.</summary>
internal sealed class PlacedDestination(ElementType elementType, Shape? chunks) : Destination(elementType)
{
    public override Shape? Chunks => chunks;

    /// <summary>Where the results of the next task go.</summary>
    public nint Address { get; set; }

    public override void Write(int cell, Region region, TaskContext context, Action<Tile> fill) => fill(Tile.Dense(Address, region.Extent, ElementType));
}
