using Tessera.Memory;

namespace Tessera.Tests.Memory;

public class MemoryBudgetTests
{
    [Fact]
    public void What_does_not_fit_is_refused_and_changes_nothing()
    {
        var budget = new MemoryBudget(100);
        Assert.True(budget.TryReserve(60));
        Assert.False(budget.TryReserve(41));
        Assert.Equal(60, budget.Reserved);
        Assert.True(budget.TryReserve(40));
        budget.Release(60);
        budget.Release(40);
        Assert.Equal((0, 100, 100), (budget.Reserved, budget.Peak, budget.Limit));
    }

    [Fact]
    public void A_forced_reservation_goes_beyond_the_limit_and_then_only_nothing_fits()
    {
        var budget = new MemoryBudget(100);
        Assert.True(budget.TryReserve(150, isAlone: true, () => { }));
        Assert.False(budget.TryReserve(1));
        Assert.True(budget.TryReserve(0));
        Assert.Equal((150, 150), (budget.Reserved, budget.Peak));
    }

    [Fact]
    public void Huge_numbers_do_not_wrap_around()
    {
        var budget = new MemoryBudget(long.MaxValue);
        Assert.True(budget.TryReserve(long.MaxValue - 1));
        Assert.False(budget.TryReserve(2));
        Assert.False(new MemoryBudget(0).TryReserve(long.MaxValue));
    }

    [Fact]
    public void Many_threads_together_never_reserve_more_than_the_limit()
    {
        var budget = new MemoryBudget(1000);
        long held = 0;
        Parallel.For(0, 4, seed =>
        {
            var random = new Random(seed);
            for (int i = 0; i < 20_000; i++)
            {
                int bytes = random.Next(1, 500);
                if (!budget.TryReserve(bytes))
                    continue;
                Assert.True(Interlocked.Add(ref held, bytes) <= 1000);
                Interlocked.Add(ref held, -bytes);
                budget.Release(bytes);
            }
        });
        Assert.Equal(0, budget.Reserved);
        Assert.InRange(budget.Peak, 499, 1000);
    }
}
