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
    public void Arrays_that_two_inner_values_read_are_right_for_both()
    {
        ChunkedArray<double> x = ChunkedArray.FromDelayed(Delayed.Call(() => Enumerable.Repeat(7.0, 2000).ToArray()), [2000]);
        for (int round = 0; round < 30; round++)
        {
            Delayed<double>[] spreads = [.. Enumerable.Range(0, 4).Select(_ => x.Mean().ToDelayed().SelectMany(mean =>
            {
                GC.KeepAlive(new byte[100_000]);
                return (x - mean).Abs().Sum().ToDelayed();
            }))];
            Assert.Equal([0, 0, 0, 0], Delayed.Compute(spreads, new ComputeOptions { Scheduler = Schedulers.Threads(3) }));
        }
    }

    [Fact]
    public void An_inner_run_is_over_before_the_outer_one_is()
    {
        int running = 0;
        using var begun = new ManualResetEventSlim();
        var slow = Delayed.Function((int n) =>
        {
            Interlocked.Increment(ref running);
            begun.Set();
            Thread.Sleep(200);
            Interlocked.Decrement(ref running);
            return n;
        });
        var fail = Delayed.Function((int n) => begun.Wait(30_000) ? throw new FormatException("no") : n, "fail");
        Delayed<int>[] all = [Delayed.Value(1).SelectMany(n => slow(n)), fail(1)];
        var error = Assert.Throws<ComputationException>(() => Delayed.Compute(all, new ComputeOptions { Scheduler = Schedulers.Threads(3) }));
        Assert.IsType<FormatException>(error.InnerException);
        Assert.Equal(0, running);
    }

    [Fact]
    public void The_reason_of_a_stopped_run_is_the_failure_and_not_what_it_interrupted()
    {
        for (int round = 0; round < 20; round++)
        {
            var wait = Delayed.Function(async (CancellationToken stop) => { await Task.Delay(Timeout.Infinite, stop); return 1; }, "wait");
            Delayed<int> shared = wait(Delayed.Cancellation);
            var fail = Delayed.Function(async (int n) => { await Task.Delay(5); return n > 0 ? throw new FormatException("no") : n; }, "fail");
            Delayed<int>[] all = [Delayed.Value(1).SelectMany(n => shared.Zip(fail(n), (a, b) => a + b)), shared];
            var error = Assert.Throws<ComputationException>(() => Delayed.Compute(all, new ComputeOptions { Scheduler = Schedulers.Threads(2) }));
            Assert.IsType<FormatException>(error.InnerException);
        }
    }

    [Theory, InlineData(1, 20_000), InlineData(2, 3000)]
    public void Values_that_become_known_one_after_another_need_no_deep_stack(int workers, int depth)
    {
        var inc = Delayed.Function((int n) => n + 1);
        Delayed<int> Loop(int n) => inc(n).SelectMany(next => next < depth ? Loop(next) : next);
        Scheduler scheduler = workers == 1 ? Schedulers.Serial : Schedulers.Threads(workers);
        Assert.Equal(depth, Loop(0).Compute(new ComputeOptions { Scheduler = scheduler }));
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
