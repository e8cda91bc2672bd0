using Tessera.Memory;
using Tessera.Recipes;

namespace Tessera.Lowering;

/// <summary>Where a step's results go, cell by cell.</summary>
internal abstract class Destination(ElementType elementType)
{
    public ElementType ElementType { get; } = elementType;

    /// <summary>Where cells must begin and end; null where any cut will do.</summary>
    public virtual Shape? Chunks => null;

    /// <summary>Bytes left behind by a cell, for its readers.</summary>
    public virtual long OutputBytes(int cell, Region region) => 0;

    /// <summary>Bytes needed while a cell is made.</summary>
    public virtual long ScratchBytes(Region region) => 0;

    /// <summary>True where the memory that a cell is given lies dense in C order.</summary>
    public virtual bool IsDense(Region region) => true;

    /// <summary>Gives the cell's memory to <paramref name="fill"/>, and passes on what was filled.</summary>
    public abstract void Write(int cell, Region region, TaskContext context, Action<Tile> fill);
}

/// <summary>Blocks for later steps.</summary>
internal sealed class BlocksDestination(BlocksOutput output) : Destination(output.ElementType)
{
    public override long OutputBytes(int cell, Region region) => output.BytesOf(cell);

    public override void Write(int cell, Region region, TaskContext context, Action<Tile> fill) =>
        fill(Tile.Dense(output.Rent(cell), region.Extent, ElementType));
}

/// <summary>Memory that holds the whole result, dense in C order.</summary>
internal sealed class MemoryDestination(nint address, ElementType elementType, Shape shape) : Destination(elementType)
{
    private readonly Tile _whole = Tile.Dense(address, shape, elementType);

    public override bool IsDense(Region region) => _whole.IsDense(region.Extent, ElementType);

    public override void Write(int cell, Region region, TaskContext context, Action<Tile> fill) => fill(_whole.At(region.Start));
}

/// <summary>A sink, which takes each cell as it is made.</summary>
internal sealed class SinkDestination(IBlockSink sink, ElementType elementType) : Destination(elementType)
{
    public override Shape? Chunks => sink.StorageChunks;

    public override long ScratchBytes(Region region) => BlockPool.CapacityOf(region.Length * ElementType.Size);

    public override unsafe void Write(int cell, Region region, TaskContext context, Action<Tile> fill)
    {
        long bytes = region.Length * ElementType.Size;
        using Block block = BlockPool.Shared.Rent(bytes);
        fill(Tile.Dense(block.Address, region.Extent, ElementType));
        sink.Write(region, block.AsSpan(), context.Cancellation);
    }
}
