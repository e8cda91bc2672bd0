using Tessera.Memory;

namespace Tessera.Recipes;

/// <summary>
/// The blocks that a step makes, each dense in C order over its cell of the grid, kept until their last reader is done.
/// </summary>
internal sealed class StepOutput(string name, ElementType elementType, ChunkGrid grid)
{
    private readonly Block?[] _blocks = new Block?[grid.Count];
    private readonly int[] _readers = new int[grid.Count];

    public string Name { get; } = name;

    public ElementType ElementType { get; } = elementType;

    public ChunkGrid Grid { get; } = grid;

    public long BytesOf(long block) => Grid.RegionOf(block).Length * ElementType.Size;

    /// <summary>Planning: one more task will read the block.</summary>
    public void AddReader(long block) => _readers[block]++;

    public int ReadersOf(long block) => _readers[block];

    public void Set(long block, Block memory) => _blocks[block] = memory;

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
