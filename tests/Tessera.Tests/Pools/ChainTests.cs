namespace Tessera.Tests.Pools;

/// <summary>Maps whose inputs come from other maps of the same pool, or from sequences that wait.</summary>
public class ChainTests
{
    [Theory]
    [InlineData("threads", 1)]
    [InlineData("threads", 4)]
    [InlineData("processes", 1)]
    [InlineData("processes", 3)]
    public void A_map_may_take_its_inputs_from_lazy_maps_of_the_same_pool(string kind, int workers)
    {
        using WorkerPool pool = kind == "threads" ? WorkerPool.Threads(workers) : WorkerPool.Processes(workers);
        IEnumerable<int> first = pool.MapLazy(n => n + 1, Enumerable.Range(0, 200)), second = pool.MapUnordered(n => n * 2, first);
        Assert.Equal(Enumerable.Range(1, 200).Sum(n => 2 * n + 1), pool.Map(n => n + 1, second).Sum());
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("processes")]
    public async Task A_sequence_that_waits_does_not_hold_up_other_maps(string kind)
    {
        using WorkerPool pool = kind == "threads" ? WorkerPool.Threads(2) : WorkerPool.Processes(2);
        using var go = new ManualResetEventSlim();
        Task<int[]> waiting = pool.MapAsync(n => n, Waiting(go));
        Assert.Equal([2, 3, 4], pool.Map(n => n + 1, new[] { 1, 2, 3 }));
        go.Set();
        Assert.Equal(7, Assert.Single(await waiting));
    }

    [Fact]
    public async Task What_the_end_of_a_source_throws_is_heard_by_who_breaks_off()
    {
        using WorkerPool pool = WorkerPool.Threads(2);
        var plain = Assert.Throws<InvalidDataException>(() => pool.MapLazy(n => n, EndsBadly()).First());
        Assert.Equal("The end is bad.", plain.Message);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await pool.MapLazyAsync(n => n, EndsBadlyAsync()).FirstAsync(TestContext.Current.CancellationToken));
    }

    private static IEnumerable<int> EndsBadly()
    {
        try
        {
            for (int n = 0; ; n++)
                yield return n;
        }
        finally
        {
            Fail();
        }
    }

    private static async IAsyncEnumerable<int> EndsBadlyAsync()
    {
        try
        {
            for (int n = 0; ; n++)
            {
                await Task.Yield();
                yield return n;
            }
        }
        finally
        {
            Fail();
        }
    }

    private static void Fail() => throw new InvalidDataException("The end is bad.");

    private static IEnumerable<int> Waiting(ManualResetEventSlim go)
    {
        go.Wait();
        yield return 7;
    }

    /// <summary>What stops one map stops no other that the same process has batches of.</summary>
    [Fact]
    public void Maps_that_fail_within_the_inputs_of_another_take_nothing_from_it()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        var inputs = Enumerable.Range(0, 400).ToList();
        int[] results = pool.Map(n => n + 1, inputs.Select(n => Failing(pool, n)));
        Assert.Equal(inputs.Select(n => n + 1), results);
    }

    private static int Failing(WorkerPool pool, int n)
    {
        if (n % 20 == 0)
            Assert.Throws<WorkerException>(() => pool.Map<int, int>(_ => throw new InvalidDataException("Inner."), new[] { n }));
        return n;
    }

    [Fact]
    public void A_process_that_dies_in_a_map_within_the_inputs_is_replaced_for_the_map_around()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        var inputs = Enumerable.Range(0, 40).ToList();
        Assert.Equal(inputs.Select(n => n + 1), pool.Map(n => n + 1, inputs.Select(n => Dying(pool, n))));
    }

    private static int Dying(WorkerPool pool, int n)
    {
        if (n % 10 == 0)
            Assert.Throws<WorkerException>(() => pool.Map(EndsIn, new[] { n }));
        return n;
    }

    private static int EndsIn(int n)
    {
        Environment.Exit(1);
        return n;
    }

    [Fact]
    public void Times_may_be_up_within_one_another()
    {
        using WorkerPool pool = WorkerPool.Threads(1);
        CancellationToken stop = TestContext.Current.CancellationToken;
        MapOptions Within(int milliseconds) => new() { Timeout = TimeSpan.FromMilliseconds(milliseconds) };
        for (int run = 0; run < 3; run++)
        {
            var over = new TaskCompletionSource();
            var failure = Assert.Throws<WorkerException>(() => pool.Map(
                n => pool.Map(
                    m =>
                    {
                        over.Task.Wait(30_000, stop);
                        return m;
                    },
                    new[] { n },
                    Within(100)).Length,
                new[] { 1 },
                Within(200)));
            Assert.IsType<TimeoutException>(failure.GetBaseException());
            over.SetResult();
            Assert.Equal([2], pool.Map(n => n + 1, new[] { 1 }));
        }
    }

    [Fact]
    public void A_worker_that_is_soon_to_be_replaced_does_its_nested_maps()
    {
        using WorkerPool pool = WorkerPool.Threads(1, new PoolOptions { MaxTasksPerWorker = 1 });
        Assert.Equal([4, 6, 8], pool.Map(n => pool.Map(m => m + 1, new[] { n, n }).Sum(), new[] { 1, 2, 3 }));
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("processes")]
    public void Functions_without_results_are_called_for_each_input(string kind)
    {
        using WorkerPool pool = kind == "threads" ? WorkerPool.Threads(2) : WorkerPool.Processes(2);
        using var marks = new Marks();
        pool.ForEach(input => { input.marks.Make($"{input.n}"); }, Enumerable.Range(0, 5).Select(n => (marks, n)));
        Assert.Equal(["0", "1", "2", "3", "4"], marks.Names);
        pool.Apply((Marks all, int n) => { all.Make($"{n}"); }, marks, 5);
        Assert.True(marks.Has("5"));
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("processes")]
    public async Task Asynchronous_functions_without_results_are_waited_for_and_heard(string kind)
    {
        using WorkerPool pool = kind == "threads" ? WorkerPool.Threads(2) : WorkerPool.Processes(2);
        using var marks = new Marks();
        await pool.ForEachAsync(LaterAsync, Enumerable.Range(0, 5).Select(n => (marks, n)));
        Assert.Equal(5, marks.Names.Length);
        await Assert.ThrowsAsync<WorkerException>(() => pool.ForEachAsync(LaterAsync, [(marks, -1)]));
        await pool.ApplyAsync(LaterAsync, (marks, 7));
        Assert.True(marks.Has("7"));
        Assert.Contains("ForEachAsync", (await Assert.ThrowsAsync<ArgumentException>(() => pool.MapAsync(LaterAsync, [(marks, 1)]))).Message);
        Assert.Equal(new[] { 0, 2, 4 }, await pool.MapLazyAsync(async (int n) => { await Task.Yield(); return 2 * n; }, Enumerable.Range(0, 3)).ToArrayAsync(TestContext.Current.CancellationToken));
    }

    private static async Task LaterAsync((Marks Marks, int Number) input)
    {
        await Task.Delay(20);
        if (input.Number < 0)
            throw new InvalidDataException("Below zero.");
        input.Marks.Make($"{input.Number}");
    }

    [Fact]
    public void A_token_callback_that_throws_does_not_keep_a_pool_from_ending()
    {
        WorkerPool pool = WorkerPool.Threads(1);
        using var begun = new ManualResetEventSlim();
        Task<int[]> map = pool.MapAsync(
            async (int n, CancellationToken stop) =>
            {
                stop.Register(() => throw new InvalidOperationException("A callback failed."));
                begun.Set();
                await Task.Delay(Timeout.Infinite, stop);
                return n;
            },
            new[] { 1 });
        begun.Wait(TestContext.Current.CancellationToken);
        pool.Terminate();
        Assert.ThrowsAny<OperationCanceledException>(() => map.GetAwaiter().GetResult());
        pool.Join();
    }

    [Fact]
    public void A_function_that_must_not_run_twice_does_not_even_where_its_process_dies()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        using var marks = new Marks();
        var error = Assert.Throws<WorkerException>(() => pool.Map(
            Once, Enumerable.Range(0, 10).Select(n => (marks, n)), new MapOptions { ChunkSize = 10, Retries = 0 }));
        Assert.Equal(5, error.Index);
        Assert.Equal(Enumerable.Range(0, 6).Select(n => $"{n} 1").Order(), marks.Names.Order());
    }

    [Fact]
    public void A_function_that_must_not_run_twice_does_not_where_its_process_dies_over_the_answer()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        using var marks = new Marks();
        var error = Assert.Throws<WorkerException>(() => pool.Map(OnceAndDie, new[] { marks }, new MapOptions { Retries = 0 }));
        Assert.IsType<WorkerDiedException>(error.InnerException);
        Assert.Equal(["1"], marks.Names);
    }

    private static double[] OnceAndDie(Marks marks)
    {
        int time = 1;
        while (!marks.Make($"{time}"))
            time++;
        var end = new Thread(() =>
        {
            Thread.Sleep(20);
            System.Diagnostics.Process.GetCurrentProcess().Kill();
        });
        end.Start();
        return new double[60_000_000];
    }

    private static int Once((Marks Marks, int Number) input)
    {
        int time = 1;
        while (!input.Marks.Make($"{input.Number} {time}"))
            time++;
        if (input.Number == 5)
            Environment.Exit(1);
        return input.Number;
    }

    [Fact]
    public void What_a_function_captured_is_let_go_with_its_map()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        WeakReference captured = Mapped(pool);
        Marks.AwaitCollection(captured);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Mapped(WorkerPool pool)
    {
        double[] large = new double[100_000];
        Assert.Equal([100_001], pool.Map((int n) => n + large.Length, new[] { 1 }));
        return new WeakReference(large);
    }
}
