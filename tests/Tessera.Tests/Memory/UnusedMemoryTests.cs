using Tessera.Memory;
using Tessera.Tests.Diagnostics;
using Tessera.Tests.Pools;

namespace Tessera.Tests.Memory;

/// <summary>Memory that nobody asks for goes back to the operating system.</summary>
public class UnusedMemoryTests
{
    private const long Mebi = 1 << 20;

    [Fact]
    public void What_no_run_asks_for_in_some_seconds_is_given_back()
    {
        var time = new ManualTime();
        var pool = new BlockPool(100 * Mebi, time: time);
        Block a = pool.Rent(4 * Mebi), b = pool.Rent(4 * Mebi);
        a.Dispose();
        time.Advance(BlockPool.Patience / 2);
        b.Dispose();
        time.Advance(BlockPool.Patience / 2);
        pool.FreeUnused();
        Assert.Equal(4 * Mebi, pool.CachedBytes);
        time.Advance(BlockPool.Patience / 2);
        pool.FreeUnused();
        Assert.Equal(0, pool.CachedBytes);
    }

    [Fact]
    public void What_a_loop_uses_again_stays()
    {
        var time = new ManualTime();
        var pool = new BlockPool(100 * Mebi, time: time);
        nint first = 0;
        for (int turn = 0; turn < 10; turn++)
        {
            using (Block block = pool.Rent(4 * Mebi))
            {
                first = turn == 0 ? block.Address : first;
                Assert.Equal(first, block.Address);
            }

            time.Advance(0.8 * BlockPool.Patience);
            pool.FreeUnused();
        }
    }

    [Fact]
    public void Nothing_is_given_back_while_a_run_is_on()
    {
        var time = new ManualTime();
        var pool = new BlockPool(0, time: time);
        using (pool.Allow(100 * Mebi))
        {
            pool.Rent(4 * Mebi).Dispose();
            time.Advance(10 * BlockPool.Patience);
            pool.FreeUnused();
            Assert.Equal(4 * Mebi, pool.CachedBytes);
        }

        Assert.Equal(0, pool.CachedBytes);
    }

    /// <summary>What the operating system says of a process of its own: an array disposed of, one that the garbage collector finds, what a run needed.</summary>
    [Fact]
    public void A_program_that_is_done_with_arrays_is_small_again()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Looks into /proc.");
        using var program = new ChildProgram("memory");
        program.End();
        Assert.Equal(["small", "large", "small again", "large", "small again", "done"], program.Output);
    }
}
