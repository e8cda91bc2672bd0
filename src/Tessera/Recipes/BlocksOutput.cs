using Tessera.Memory;

namespace Tessera.Recipes;

/// <summary>The blocks that a step makes, each dense in C order over its cell of the grid.</summary>
/// <param name="elementType">Of the elements.</param>
/// <param name="grid">A cell a block.</param>
/// <param name="bytesOf">Bytes of a block, where they aren't those of its cell's elements (states of a reduction).</param>
/// <param name="chain">So many tasks pass one block on, each to the next; the last leaves it for the readers.</param>
internal sealed class BlocksOutput(ElementType elementType, ChunkGrid grid, Func<long, long>? bytesOf = null, long chain = 1) : StepOutput
{
    private Block?[] _blocks = [];
    private Dictionary<long, nint>? _placed; // blocks that lie where another process said

    public ElementType ElementType { get; } = elementType;

    public ChunkGrid Grid { get; } = grid;

    public override long Count => Grid.Count;

    /// <summary>Bytes that a block really takes.</summary>
    public long BytesOf(long block) => BlockPool.CapacityOf(bytesOf?.Invoke(block) ?? Grid.RegionOf(block).Length * ElementType.Size);

    /// <summary>Where blocks are rented from.</summary>
    public BlockPool Pool { get; set; } = BlockPool.Shared;

    /// <summary>Memory for a block, set for its readers.</summary>
    public nint Rent(long block)
    {
        if (_placed is not null)
            return _placed[block];
        Block memory = Pool.Rent(bytesOf?.Invoke(block) ?? Grid.RegionOf(block).Length * ElementType.Size);
        _blocks[block] = memory;
        return memory.Address;
    }

    /// <summary>Goes on with the block of another task of the chain.</summary>
    public nint TakeOver(long from, long to)
    {
        if (_placed is not null)
            return _placed[to];
        _blocks[to] = Interlocked.Exchange(ref _blocks[from], null);
        return AddressOf(to);
    }

    /// <summary>Bytes that making a block takes anew.</summary>
    public long TakenBytes(long block) => block % chain == 0 ? BytesOf(block) : 0;

    public nint AddressOf(long block) => _placed is null ? _blocks[block]!.Address : _placed[block];

    /// <summary>Makes or takes over what a task writes to, as its place in the chain says.</summary>
    public nint Make(long block) => block % chain == 0 ? Rent(block) : TakeOver(block - 1, block);

    /// <summary>In another process than the one that owns the blocks: says where one lies for the next task.</summary>
    public void Place(long block, nint address) => (_placed ??= [])[block] = address;

    /// <summary>Forgets where blocks lay.</summary>
    public void ForgetPlaces() => _placed?.Clear();

    public override void AddReader(long piece)
    {
        if (_blocks.Length == 0)
            _blocks = new Block?[Count];
        base.AddReader(piece);
    }

    public override long FreedBytes(long piece) => piece % chain == chain - 1 ? BytesOf(piece) : 0;

    public override void Clear()
    {
        for (int i = 0; i < _blocks.Length; i++)
            Free(i);
    }

    protected override void Free(long piece) => Interlocked.Exchange(ref _blocks[piece], null)?.Dispose();
}
