using Tessera.Memory;
using Tessera.Steps;

namespace Tessera.Recipes;

/// <summary>
/// The blocks that a step makes, each dense in C order over its cell of the grid. A block is this and its number; where its bytes are is known to the
/// <see cref="BlockStore"/> of the run.
/// </summary>
/// <param name="elementType">Of the elements.</param>
/// <param name="grid">A cell a block.</param>
/// <param name="sizeOf">Bytes of a block, where they aren't those of its cell's elements (states of a reduction).</param>
internal sealed class BlocksOutput(ElementType elementType, ChunkGrid grid, Func<long, long>? sizeOf = null) : StepOutput
{
    public ElementType ElementType { get; } = elementType;

    public ChunkGrid Grid { get; } = grid;

    /// <summary>The extent of the blocks that are read: others may be larger.</summary>
    public Shape Usual { get; init; } = grid.LargestChunk;

    public override long Count => Grid.Count;

    public override bool IsInBlocks => true;

    /// <summary>Bytes that are in a block.</summary>
    public long SizeOf(long block) => sizeOf?.Invoke(block) ?? Grid.RegionOf(block).Length * ElementType.Size;

    /// <summary>Bytes that a block takes in memory.</summary>
    public long BytesOf(long block) => BlockPool.CapacityOf(SizeOf(block));

    public override long FreedBytes(long piece) => BytesOf(piece);

    public override void Open(BlockStore blocks) => blocks.Open(this);

    public override void Pin(long piece, BlockStore blocks) => blocks.Pin(this, piece);

    public override void Unpin(long piece, BlockStore blocks) => blocks.Unpin(this, piece);

    public override void Clear()
    {
    }

    protected override void Free(long piece, BlockStore blocks) => blocks.Release(this, piece);
}
