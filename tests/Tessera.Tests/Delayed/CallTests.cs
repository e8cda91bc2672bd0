using System.Collections.Concurrent;

namespace Tessera.Tests.Delaying;

public class CallTests
{
    public static TheoryData<string> Schedules => ["serial", "threads"];

    [Fact]
    public void The_lectures_example_gives_five()
    {
        var inc = Delayed.Function((int n) => n + 1);
        var add = Delayed.Function((int a, int b) => a + b);
        Assert.Equal(5, add(inc(1), inc(2)).Compute());
    }

    [Fact]
    public void No_values_are_soon_computed()
    {
        Assert.Empty(Delayed.Compute(Array.Empty<Delayed<int>>()));
        Assert.Empty(Delayed.WhenAll<int>([]).Compute());
        Assert.Equal([1, 2], Delayed.Compute([Delayed.Value(1), 2]));
        Assert.Equal(0, Delayed.Value(1).Graph().Count);
    }

    [Fact]
    public void Nothing_is_called_before_compute()
    {
        var fail = Delayed.Function((int n) => { Assert.Fail("It was called."); return n; });
        Delayed<int> value = fail(fail(1));
        Assert.Contains("Compute() gives the value", value.ToString());
        Assert.Equal(2, value.Graph().Count);
    }

    [Theory, MemberData(nameof(Schedules))]
    public void Functions_of_zero_to_four_arguments_get_them_in_order(string schedule)
    {
        ComputeOptions options = Options(schedule);
        Delayed<string> x = Delayed.Value("x");
        Assert.Equal("", Delayed.Function(() => "")().Compute(options));
        Assert.Equal("x", Delayed.Function((string a) => a)(x).Compute(options));
        Assert.Equal("x2", Delayed.Function((string a, int b) => $"{a}{b}")(x, 2).Compute(options));
        Assert.Equal("x23", Delayed.Function((string a, int b, int c) => $"{a}{b}{c}")(x, 2, 3).Compute(options));
        Assert.Equal("x234", Delayed.Function((string a, int b, int c, long d) => $"{a}{b}{c}{d}")(x, 2, 3, 4).Compute(options));
    }

    [Theory, MemberData(nameof(Schedules))]
    public void More_arguments_than_four_come_in_tuples(string schedule)
    {
        ComputeOptions options = Options(schedule);
        var five = Delayed.Function((string a, int b, int c, (int D, int E) more) => $"{a}{b}{c}{more.D}{more.E}");
        var seven = Delayed.Function(((string A, int B, int C) first, (int D, int E, int F, string G) rest) =>
            $"{first.A}{first.B}{first.C}{rest.D}{rest.E}{rest.F}{rest.G}");
        var inc = Delayed.Function((int n) => n + 1);
        Delayed<string> x = Delayed.Value("x");
        Assert.Equal("x2345", five(x, 2, 3, (4, 5)).Compute(options));
        Assert.Equal("x2345", five(x, 2, 3, Delayed.Tuple(inc(3), inc(4))).Compute(options));
        Assert.Equal("x234567", seven(Delayed.Tuple(x, inc(1), inc(2)), Delayed.Tuple<int, int, int, string>(inc(3), 5, inc(5), "7")).Compute(options));
    }

    [Theory, MemberData(nameof(Schedules))]
    public void Synchronous_and_asynchronous_functions_mix(string schedule)
    {
        var load = Delayed.Function(async (int n) => { await Task.Delay(5); return n * 10; });
        var check = Delayed.Function((int n) => new ValueTask<int>(n + 1));
        var join = Delayed.Function((int a, int b) => a + b);
        Assert.Equal(42, join(check(load(2)), load(join(1, 1)).Select(n => n + 1)).Compute(Options(schedule)));
    }

    [Theory, MemberData(nameof(Schedules))]
    public void Functions_that_give_nothing_are_done(string schedule)
    {
        var done = new ConcurrentQueue<string>();
        var note = Delayed.Function((string what) => done.Enqueue(what));
        var later = Delayed.Function(async (string what) => { await Task.Yield(); done.Enqueue(what); });
        var soon = Delayed.Function((int n) => { done.Enqueue($"{n}"); return default(ValueTask); });
        Delayed.WhenAll([note("a"), later("b"), soon(3)]).Compute(Options(schedule));
        Assert.Equal(["3", "a", "b"], done.Order());
    }

    [Fact]
    [Trait("Scheduler", "threads")] // calls are counted in this process
    public async Task Awaiting_a_delayed_value_computes_it()
    {
        var half = Delayed.Function((double x) => x / 2);
        Assert.Equal(1.5, await half(3));
        Assert.Equal(0.75, await half(half(3)).ComputeAsync());
        int calls = 0;
        await Delayed.Call(() => { calls++; });
        Assert.Equal(1, calls);
    }

    [Theory, MemberData(nameof(Schedules))]
    [Trait("Scheduler", "threads")] // calls are counted in this process
    public void Within_a_computation_a_call_runs_once_and_in_the_next_one_again(string schedule)
    {
        int calls = 0;
        Delayed<int> once = Delayed.Call(() => Interlocked.Increment(ref calls));
        var add = Delayed.Function((int a, int b) => a + b);
        Assert.Equal(4, add(add(once, once), add(once, once)).Compute(Options(schedule)));
        Assert.Equal(1, calls);
        Assert.Equal((2, 4), Delayed.Compute(once, add(once, once), Options(schedule)));
        Assert.Equal(2, calls);
        Delayed<int> kept = once.Persist();
        Assert.Equal([3, 3, 6], Delayed.Compute([kept, kept, add(kept, kept)]));
        Assert.Equal(3, calls);
    }

    [Fact]
    [Trait("Scheduler", "threads")] // calls are counted in this process
    public void Equal_calls_of_a_pure_function_are_one_task_where_one_says_so()
    {
        int calls = 0;
        var plain = Delayed.Function((string text, int times) => Count(text));
        var pure = Delayed.Function((string text, int times) => Count(text), pure: true);
        int CountOf(params Delayed<int>[] values)
        {
            calls = 0;
            Delayed.Compute(values);
            return calls;
        }

        Assert.Equal(2, CountOf(plain("a", 1), plain("a", 1)));
        Assert.Equal(1, CountOf(pure("a", 1), pure("a", 1), pure("a", Delayed.Value(1))));
        Assert.Equal(2, CountOf(pure("a", 1), pure("b", 1)));
        Assert.Equal(2, CountOf(pure("a", 1), pure("a", 2)));
        Assert.Equal(1, CountOf(pure("a", 1), pure(string.Concat("", "a"), 1)));

        // What is made of equal calls is equal.
        var next = Delayed.Function((int n) => { Interlocked.Increment(ref calls); return n; }, pure: true);
        Assert.Equal(2, CountOf(next(pure("a", 1)), next(pure("a", 1))));

        int Count(string text)
        {
            Interlocked.Increment(ref calls);
            return text.Length;
        }
    }

    [Fact]
    public void Equal_numbers_that_are_not_the_same_are_told_apart()
    {
        var inverse = Delayed.Function((double x) => 1 / x, pure: true);
        Assert.Equal((double.PositiveInfinity, double.NegativeInfinity), Delayed.Compute(inverse(0.0), inverse(-0.0)));
        var text = Delayed.Function((decimal x) => x.ToString(System.Globalization.CultureInfo.InvariantCulture), pure: true);
        Assert.Equal(("1.0", "1.00"), Delayed.Compute(text(1.0m), text(1.00m)));
        Assert.Equal(1, Delayed.WhenAll(inverse(double.NaN), inverse(double.NaN)).Graph().Count - 1);
    }

    [Fact]
    public void A_delayed_value_where_an_object_is_expected_is_computed()
    {
        var name = Delayed.Function((object? value) => value?.GetType().Name ?? "null", "name");
        Delayed<int> five = Delayed.Call(() => 5);
        Assert.Equal("Int32", name(five).Compute());
        Assert.Equal("Double", name(ChunkedArray.Arange(3.0).Mean()).Compute());
        Delayed<object> any = Delayed.Call(() => "s");
        Assert.Equal("s", any.Compute());
        Assert.Equal("Delayed`1", Delayed.Function((Delayed inner) => inner.GetType().Name)(five).Compute());
    }

    [Theory, MemberData(nameof(Schedules))]
    public void A_call_can_come_after_others_that_give_it_nothing(string schedule)
    {
        var done = new ConcurrentQueue<string>();
        var write = Delayed.Function(async (string what) => { await Task.Delay(20); done.Enqueue(what); }, "write");
        var read = Delayed.Function((string what) => string.Join(',', done.Order()) + what, "read");
        Delayed<string> after = read("!").After(write("a"), write("b"));
        Assert.Equal("a,b!", after.Compute(Options(schedule)));
        Assert.StartsWith("read(\"!\"), called at", after.Graph().DescriptionOf(2));
        Delayed<IReadOnlyList<string>> both = Delayed.WhenAll(after, after).After(write("c"));
        Assert.Equal(2, both.Compute(Options(schedule)).Count);
        Delayed.Call(() => done.Clear()).After(after).Compute(Options(schedule));
        Assert.Empty(done);
        Assert.Contains("no call", Assert.Throws<InvalidOperationException>(() => Delayed.Value(1).After(after)).Message);
    }

    [Fact]
    public void Lazy_scalars_are_computed_together()
    {
        ChunkedArray<double> x = ChunkedArray.Arange(5.0);
        Assert.Equal((2.0, 4.0), Delayed.Compute(x.Mean(), x.Max()));
        Assert.Equal((2.0, 4.0, 10.0), Delayed.Compute(x.Mean(), x.Max(), x.Sum()));
    }

    [Fact]
    public void Ten_thousand_waiting_calls_hold_no_thread()
    {
        int waiting = 0;
        using var all = new SemaphoreSlim(0);
        var wait = Delayed.Function(async (int n) =>
        {
            if (Interlocked.Increment(ref waiting) == 10_000)
                all.Release(10_000); // only then does any of them go on
            Assert.True(await all.WaitAsync(60_000));
            return n;
        });
        int[] results = Delayed.Compute(Enumerable.Range(0, 10_000).Select(i => wait(i)), new ComputeOptions { Scheduler = Schedulers.Threads(2) });
        Assert.Equal(Enumerable.Range(0, 10_000), results);
    }

    [Fact]
    public void Asynchronous_functions_of_a_value_are_waited_for()
    {
        Assert.Equal(42, Delayed.Value(21).Select(async n => { await Task.Delay(1); return 2 * n; }).Compute());
        Assert.Equal(42, Delayed.Value(21).Select(n => new ValueTask<int>(2 * n)).Compute());
        Assert.Equal(42, Delayed.Value(20).Zip(Delayed.Value(22), async (a, b) => { await Task.Yield(); return a + b; }).Compute());
    }

    [Theory, InlineData(1), InlineData(2)]
    public void One_worker_is_enough_for_calls_that_wait_together(int workers)
    {
        int waiting = 0;
        var all = new TaskCompletionSource();
        var wait = Delayed.Function(async (int n) =>
        {
            if (Interlocked.Increment(ref waiting) == 100)
                all.SetResult();
            await all.Task;
            return n;
        });
        var options = new ComputeOptions { Scheduler = Schedulers.Threads(workers) };
        Assert.Equal(100, Delayed.Compute(Enumerable.Range(0, 100).Select(i => wait(i)), options).Length);
    }

    [Fact]
    public async Task Blocking_on_asynchronous_computations_within_calls_ends()
    {
        var inc = Delayed.Function((int n) => n + 1);
        var block = Delayed.Function((int n) => Delayed.Compute([inc(n), inc(n)]).Sum() + inc(n).Zip(inc(n), (a, b) => a + b).ComputeAsync().GetAwaiter().GetResult());
        var bind = Delayed.Function((int n) => inc(n).SelectMany(m => inc(m)).Compute());
        Task<int[]>[] runs = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => Delayed.Compute(
            Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? block(i) : bind(i)), new ComputeOptions { Scheduler = Schedulers.Threads(4) })))];
        int[][] results = await Task.WhenAll(runs).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.All(results, result => Assert.Equal(Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? 4 * (i + 1) : i + 2), result));
    }

    [Fact]
    [Trait("Scheduler", "threads")] // the calls wait for an event of this process
    public async Task A_long_call_does_not_keep_the_workers_from_other_computations()
    {
        using var over = new ManualResetEventSlim();
        var hold = Delayed.Function((int n) => over.Wait(60_000) ? n : -1);
        var brief = Delayed.Function((int n) => n);
        Task<int[]>[] busy = [.. Enumerable.Range(0, 2).Select(_ => Delayed.ComputeAsync([hold(1), brief(2)]))];
        await Task.Delay(50, TestContext.Current.CancellationToken);
        int[] soon = await Delayed.ComputeAsync([brief(3), brief(4)]).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal([3, 4], soon);
        over.Set();
        Assert.All(await Task.WhenAll(busy), result => Assert.Equal([1, 2], result));
    }

    [Fact]
    public void Independent_calls_run_at_the_same_time()
    {
        using var both = new Barrier(2);
        var meet = Delayed.Function((int n) => both.SignalAndWait(30_000) ? n : -1);
        Assert.Equal([1, 2], Delayed.Compute([meet(1), meet(2)], new ComputeOptions { Scheduler = Schedulers.Threads(2) }));
    }

    [Theory, InlineData(1, 12), InlineData(2, 26)]
    public void Results_die_early_on_a_tree(int workers, int most)
    {
        // 2^8 leaves, summed in pairs: depth first, a worker holds a result a level and what it works on. What is still held is what survives a collection.
        var made = new ConcurrentQueue<WeakReference>();
        int peak = 0;
        Counted Make(int value)
        {
            var result = new Counted(value);
            Thread.Sleep(workers - 1); // not brief, so that two workers take tasks one by one
            lock (made)
            {
                made.Enqueue(new WeakReference(result));
                if (made.Count % 16 == 0)
                {
                    GC.Collect();
                    peak = Math.Max(peak, made.Count(reference => reference.IsAlive));
                }
            }

            return result;
        }

        var leaf = Delayed.Function((int n) => Make(1));
        var add = Delayed.Function((Counted a, Counted b) => Make(a.Value + b.Value));
        Delayed<Counted> Tree(int depth) => depth == 0 ? leaf(0) : add(Tree(depth - 1), Tree(depth - 1));
        Assert.Equal(256, Tree(8).Compute(new ComputeOptions { Scheduler = Schedulers.Threads(workers) }).Value);
        Assert.InRange(peak, 4, most);
    }

    [Fact]
    public void A_result_is_let_go_with_its_last_reader()
    {
        WeakReference? first = null;
        bool gone = false;
        var make = Delayed.Function((int n) =>
        {
            var made = new byte[1000];
            first = new WeakReference(made);
            return made;
        });
        var length = Delayed.Function((byte[] bytes) => bytes.Length);
        var look = Delayed.Function((int n) =>
        {
            for (int i = 0; i < 50 && !gone; i++)
            {
                GC.Collect();
                gone = !first!.IsAlive;
                Thread.Sleep(10);
            }

            return n;
        });
        Assert.Equal(1000, look(length(make(1))).Compute(new ComputeOptions { Scheduler = Schedulers.Serial }));
        Assert.True(gone);
    }

    [Fact]
    public void The_token_of_the_run_reaches_the_function_that_asks_for_it()
    {
        using var source = new CancellationTokenSource();
        var wait = Delayed.Function(async (int n, CancellationToken stop) =>
        {
            source.Cancel();
            await Task.Delay(Timeout.Infinite, stop);
            return n;
        });
        Assert.ThrowsAny<OperationCanceledException>(() => wait(1, Delayed.Cancellation).Compute(new ComputeOptions { Cancellation = source.Token }));
        Assert.Equal(CancellationToken.None, Delayed.Cancellation.Compute());
    }

    [Fact]
    public void A_chain_of_a_million_calls_needs_no_deep_stack()
    {
        var inc = Delayed.Function((int n) => n + 1);
        Delayed<int> value = 0;
        for (int i = 0; i < 1_000_000; i++)
            value = inc(value);
        Assert.Equal(1_000_000, value.Compute());
    }

    [Fact]
    public void A_delayed_argument_that_is_null_is_refused_at_once()
    {
        var length = Delayed.Function((string text) => text.Length);
        Assert.Contains("Delayed.Value<string?>(null)", Assert.Throws<ArgumentNullException>("argument1", () => length(null!)).Message);
        Assert.Throws<ArgumentNullException>(() => Delayed.Function((Func<int>)null!));
        Assert.Equal("values", Assert.Throws<ArgumentException>(() => Delayed.WhenAll<int>([null!])).ParamName);
        Assert.Equal(0, Delayed.Function((string? text) => text?.Length ?? 0)(Delayed.Value<string?>(null)).Compute());
    }

    private static ComputeOptions Options(string schedule) =>
        new() { Scheduler = schedule == "serial" ? Schedulers.Serial : Schedulers.Threads(3) };

    private sealed record Counted(int Value);
}
