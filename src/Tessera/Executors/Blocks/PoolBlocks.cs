using Tessera.Memory;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Blocks in the memory of a pool, where they stay: pinned or not, they have their addresses.</summary>
/// <param name="pool">Of this process alone, or of memory that it shares with others.</param>
/// <param name="areTasksRepeated">True where a task may be done again, so that what it reads must stay as it is.</param>
internal sealed class PoolBlocks(BlockPool pool, bool areTasksRepeated) : BlockStore
{
    private readonly Dictionary<BlocksOutput, Block?[]> _blocks = [];

    public override void Open(BlocksOutput output) => _blocks.Add(output, new Block?[output.Count]);

    public override nint Make(BlocksOutput output, long block)
    {
        Block memory = pool.Rent(output.SizeOf(block));
        Interlocked.Exchange(ref _blocks[output][block], memory)?.Dispose(); // of a task that did not come to its end
        return memory.Address;
    }

    public override unsafe nint Continue(BlocksOutput output, long from, long block)
    {
        if (!areTasksRepeated)
        {
            Block?[] blocks = _blocks[output];
            blocks[block] = Interlocked.Exchange(ref blocks[from], null);
            return blocks[block]!.Address;
        }

        nint address = Make(output, block);
        long bytes = output.SizeOf(block);
        Buffer.MemoryCopy((void*)AddressOf(output, from), (void*)address, bytes, bytes);
        return address;
    }

    public override nint AddressOf(BlocksOutput output, long block) => _blocks[output][block]!.Address;

    public override void Pin(BlocksOutput output, long block)
    {
    }

    public override void Unpin(BlocksOutput output, long block)
    {
    }

    public override void Release(BlocksOutput output, long block) => Interlocked.Exchange(ref _blocks[output][block], null)?.Dispose();

    public override void Dispose()
    {
        foreach (BlocksOutput output in _blocks.Keys)
        {
            for (long block = 0; block < output.Count; block++)
                Release(output, block);
        }
    }
}
