using Tessera.Memory;

namespace Tessera.Tests.Memory;

public class BlockPoolTests
{
    private const long Mebi = 1 << 20;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_537)]
    [InlineData(3 * Mebi + 5)]
    [InlineData(5 * Mebi + 1)]
    public void A_block_is_aligned_writable_to_its_last_byte_and_knows_its_size(long bytes)
    {
        var pool = new BlockPool(Mebi);
        using (Block block = pool.Rent(bytes))
        {
            Assert.Equal(bytes, block.Bytes);
            Assert.Equal(0, block.Address % 64);
            Assert.NotEqual(0, block.Address);
            block.AsSpan().Fill(0xA5);
            Assert.Equal(-1, block.AsSpan().IndexOfAnyExcept((byte)0xA5));
            Assert.Equal(BlockPool.CapacityOf(bytes), pool.RentedBytes);
            Assert.Equal(1, pool.RentedBlocks);
        }

        Assert.Equal((0, 0), (pool.RentedBlocks, pool.RentedBytes));
        pool.Trim(0);
        Assert.Equal(0, pool.CachedBytes);
    }

    [Fact]
    public void Large_blocks_begin_at_a_huge_page_on_Linux()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Huge pages are asked for on Linux only.");
        var pool = new BlockPool(0);
        using Block block = pool.Rent(4 * Mebi);
        Assert.Equal(0, block.Address % (2 * Mebi));
    }

    [Fact]
    public void The_block_returned_last_is_rented_first_by_who_needs_that_size()
    {
        var pool = new BlockPool(100 * Mebi);
        Block first = pool.Rent(Mebi), second = pool.Rent(Mebi);
        (nint firstAddress, nint secondAddress) = (first.Address, second.Address);
        second.Dispose();
        first.Dispose();

        using Block other = pool.Rent(2 * Mebi);
        using Block again = pool.Rent(Mebi - 100);
        using Block andAgain = pool.Rent(Mebi);
        Assert.Equal((firstAddress, secondAddress), (again.Address, andAgain.Address));
        Assert.Equal(0, pool.CachedBytes);
    }

    [Fact]
    public void Disposing_twice_returns_the_memory_once()
    {
        var pool = new BlockPool(100 * Mebi);
        Block block = pool.Rent(Mebi);
        block.Dispose();
        block.Dispose();
        Assert.Equal((0, Mebi), (pool.RentedBlocks, pool.CachedBytes));

        using Block one = pool.Rent(Mebi), two = pool.Rent(Mebi);
        Assert.NotEqual(one.Address, two.Address);
        block.Dispose();
        Assert.Equal(2, pool.RentedBlocks);
    }

    [Fact]
    public void Between_runs_no_more_is_cached_than_the_pool_was_made_for()
    {
        var pool = new BlockPool(3 * Mebi);
        Block[] blocks = [.. Enumerable.Range(0, 5).Select(_ => pool.Rent(Mebi))];
        foreach (Block block in blocks)
            block.Dispose();
        Assert.Equal(3 * Mebi, pool.CachedBytes);
        pool.Trim(Mebi);
        Assert.Equal(Mebi, pool.CachedBytes);
    }

    [Fact]
    public void During_a_run_rented_and_cached_bytes_together_keep_to_what_it_was_allowed()
    {
        var pool = new BlockPool(1000 * Mebi);
        using (pool.Allow(100 * Mebi))
        {
            var random = new Random(2);
            var rented = new List<Block>();
            for (int i = 0; i < 1000; i++)
            {
                long bytes = random.Next(1, 20) * Mebi;
                if (pool.RentedBytes + BlockPool.CapacityOf(bytes) <= 100 * Mebi && random.Next(3) > 0)
                    rented.Add(pool.Rent(bytes));
                else if (rented.Count > 0)
                    Take(rented, random.Next(rented.Count)).Dispose();
                Assert.True(pool.RentedBytes + pool.CachedBytes <= 100 * Mebi);
            }

            rented.ForEach(b => b.Dispose());
        }

        Assert.Equal((0, 0), (pool.RentedBlocks, pool.RentedBytes));
    }

    [Fact]
    public void The_size_that_nobody_asked_for_the_longest_is_freed_first()
    {
        var pool = new BlockPool(6 * Mebi);
        Block one = pool.Rent(Mebi), two = pool.Rent(2 * Mebi), four = pool.Rent(4 * Mebi);
        nint kept = two.Address;
        one.Dispose();
        two.Dispose();
        four.Dispose(); // 7 MiB: one is too many
        Assert.Equal(6 * Mebi, pool.CachedBytes);
        using Block again = pool.Rent(2 * Mebi);
        Assert.Equal(kept, again.Address);
    }

    [Fact]
    public void What_outlives_its_run_takes_nothing_from_the_next_ones_cache()
    {
        var pool = new BlockPool(0);
        using Block persisted = pool.Rent(64 * Mebi);
        using IDisposable run = pool.Allow(10 * Mebi);
        pool.Rent(8 * Mebi).Dispose();
        Assert.Equal(0, pool.CachedBytes);

        persisted.Keep();
        pool.Rent(8 * Mebi).Dispose();
        Assert.Equal(8 * Mebi, pool.CachedBytes);
        pool.Rent(9 * Mebi).Dispose(); // of another class, and both together would be too much
        Assert.Equal(BlockPool.CapacityOf(9 * Mebi), pool.CachedBytes);

        run.Dispose();
        Assert.Equal(0, pool.CachedBytes);
    }

    [Fact]
    public void A_kept_block_counts_as_nobodys_once_it_is_given_back()
    {
        var pool = new BlockPool(0);
        Block kept = pool.Rent(4 * Mebi);
        kept.Keep();
        kept.Keep();
        kept.Dispose();
        using IDisposable run = pool.Allow(10 * Mebi);
        using Block rented = pool.Rent(8 * Mebi);
        pool.Rent(4 * Mebi).Dispose();
        Assert.Equal(0, pool.CachedBytes);
    }

    [Fact]
    public void Too_large_a_block_says_how_many_bytes_were_asked_and_counts_as_not_rented()
    {
        var pool = new BlockPool(Mebi);
        Assert.Contains("1 PiB", Assert.Throws<InsufficientMemoryException>(() => pool.Rent(1L << 50)).Message);
        Assert.Contains("8 EiB", Assert.Throws<InsufficientMemoryException>(() => pool.Rent(long.MaxValue)).Message);
        Assert.Equal((0, 0), (pool.RentedBlocks, pool.RentedBytes));
    }

    [Fact]
    public void No_two_threads_ever_hold_the_same_memory()
    {
        var pool = new BlockPool(8 * Mebi);
        Parallel.For(0, 4, seed =>
        {
            var random = new Random(seed);
            var mine = new List<Block>();
            for (int i = 0; i < 2000; i++)
            {
                if (mine.Count < 8)
                {
                    Block block = pool.Rent(random.Next(1, 300_000));
                    Mark(block, seed);
                    mine.Add(block);
                }
                else
                {
                    using Block block = Take(mine, random.Next(8));
                    Assert.Equal((seed, seed), (block.AsSpan()[0], block.AsSpan()[^1]));
                }
            }

            mine.ForEach(b => b.Dispose());
        });
        Assert.Equal((0, 0), (pool.RentedBlocks, pool.RentedBytes));
    }

    private static void Mark(Block block, int seed) => block.AsSpan()[0] = block.AsSpan()[^1] = (byte)seed;

    private static Block Take(List<Block> blocks, int index)
    {
        Block block = blocks[index];
        blocks.RemoveAt(index);
        return block;
    }
}
