namespace Tessera.Tests.Delaying;

public class QueryTests
{
    [Fact]
    public void Query_syntax_reads_as_in_LINQ()
    {
        var load = Delayed.Function((int n) => n * 10);
        Delayed<int> sum =
            from a in load(1)
            from b in load(a)
            select a + b;
        Assert.Equal(110, sum.Compute());
        Assert.Equal(11, (from a in load(1) select a + 1).Compute());
    }

    [Fact]
    public void What_an_inner_value_shares_with_the_rest_runs_once()
    {
        foreach (Scheduler scheduler in new[] { Schedulers.Serial, Schedulers.Threads(1), Schedulers.Threads(4) })
        {
            int calls = 0;
            Delayed<int> slow = Delayed.Call(() =>
            {
                Thread.Sleep(20);
                return Interlocked.Increment(ref calls);
            });
            var inc = Delayed.Function((int n) => n + 1);
            Delayed<int>[] all = [.. Enumerable.Range(0, 8).Select(i => inc(i).SelectMany(n => slow.Zip(inc(n), (a, b) => a * b)))];
            Assert.Equal(Enumerable.Range(2, 8), Delayed.Compute([.. all, slow], new ComputeOptions { Scheduler = scheduler }).Take(8));
            Assert.Equal(1, calls);
        }
    }

    [Fact]
    public void A_failure_in_an_inner_value_is_told_as_its_own()
    {
        var fail = Delayed.Function((int n) => n > 1 ? throw new FormatException("too much") : n, "fail");
        var error = Assert.Throws<ComputationException>(() => Delayed.Value(5).SelectMany(n => fail(n)).Compute());
        Assert.Equal("fail(5)", error.Operation);
        Assert.IsType<FormatException>(error.InnerException);
    }

    [Fact]
    public void A_value_that_turns_out_to_need_itself_is_refused()
    {
        foreach (Scheduler scheduler in new[] { Schedulers.Serial, Schedulers.Threads(2) })
        {
            Delayed<int> self = null!;
            self = Delayed.Value(1).SelectMany(n => self.Select(m => m + n));
            var error = Assert.Throws<ComputationException>(() => self.Compute(new ComputeOptions { Scheduler = scheduler }));
            Assert.Contains("itself", error.Message);
        }
    }

    [Fact]
    public void Elements_that_inner_and_outer_values_share_stay_where_they_are()
    {
        for (int round = 0; round < 20; round++)
        {
            var load = Delayed.Function((int n) => Enumerable.Repeat(n, 100_000).ToArray());
            ChunkedArray<int> x = ChunkedArray.FromDelayed(load(7), [100_000]);
            Delayed<long> sum = x.Sum();
            Delayed<long> later = Delayed.Value(2L).SelectMany(n => x.Sum().ToDelayed().Select(total =>
            {
                GC.Collect();
                return n * total;
            }));
            Assert.Equal((700_000, 1_400_000), Delayed.Compute(sum, later, new ComputeOptions { Scheduler = Schedulers.Threads(3) }));
        }
    }

    [Fact]
    public void Pairs_are_made_and_taken_apart_without_computing()
    {
        int calls = 0;
        Delayed<int> one = Delayed.Call(() => ++calls);
        Delayed<(int First, string Second)> pair = one.Zip(Delayed.Value("two"));
        (Delayed<int> first, Delayed<string> second) = pair;
        Assert.Equal(0, calls);
        Assert.Equal((1, "two"), Delayed.Compute(first, second));
        Assert.Equal("two", pair.Item2.Compute());
        var three = Delayed.Call(() => (1, 2.5, 'c'));
        var (a, b, c) = three;
        Assert.Equal((1, 2.5, 'c'), Delayed.Compute(a, b, c));
        Assert.Equal(3, Delayed.Value(new Box(3)).Select(box => box.Width).Compute());
    }

    private sealed record Box(int Width);
}
