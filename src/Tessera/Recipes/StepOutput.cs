using Tessera.Memory;

namespace Tessera.Recipes;

/// <summary>
/// The blocks that a step makes, each dense in C order over its cell of the grid, kept until their last reader is done.
/// </summary>
/// <param name="name">Of the step, for messages.</param>
/// <param name="elementType">Of the elements.</param>
/// <param name="grid">A cell a block.</param>
/// <param name="bytesOf">Bytes of a block, where they aren't those of its cell's elements (states of a reduction).</param>
internal sealed class StepOutput(string name, ElementType elementType, ChunkGrid grid, Func<long, long>? bytesOf = null)
{
    // Made by the first reader: a plan that is only counted has none.
    private Block?[] _blocks = [];
    private int[] _readers = [];

    public string Name { get; } = name;

    public ElementType ElementType { get; } = elementType;

    public ChunkGrid Grid { get; } = grid;

    /// <summary>Bytes that a block really takes.</summary>
    public long BytesOf(long block) => BlockPool.CapacityOf(bytesOf?.Invoke(block) ?? Grid.RegionOf(block).Length * ElementType.Size);

    /// <summary>Memory for a block, set for its readers.</summary>
    public nint Rent(long block)
    {
        Block memory = BlockPool.Shared.Rent(bytesOf?.Invoke(block) ?? Grid.RegionOf(block).Length * ElementType.Size);
        _blocks[block] = memory;
        return memory.Address;
    }

    /// <summary>Planning: one more task will read the block.</summary>
    public void AddReader(long block)
    {
        if (_readers.Length == 0)
            (_blocks, _readers) = (new Block?[Grid.Count], new int[Grid.Count]);
        _readers[block]++;
    }

    public int ReadersOf(long block) => _readers[block];

    public nint AddressOf(long block) => _blocks[block]!.Address;

    /// <summary>A reader is done; the last one gives the block back, and hears how many bytes that frees.</summary>
    public long RemoveReader(long block)
    {
        if (Interlocked.Decrement(ref _readers[block]) > 0)
            return 0;

        Interlocked.Exchange(ref _blocks[block], null)?.Dispose();
        return BytesOf(block);
    }

    /// <summary>Gives back what a stopped run left.</summary>
    public void Clear()
    {
        for (int i = 0; i < _blocks.Length; i++)
            Interlocked.Exchange(ref _blocks[i], null)?.Dispose();
    }
}
