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
        for (int i = 0; i < 50 && captured.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(20);
        }

        Assert.False(captured.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Mapped(WorkerPool pool)
    {
        double[] large = new double[100_000];
        Assert.Equal([100_001], pool.Map((int n) => n + large.Length, new[] { 1 }));
        return new WeakReference(large);
    }
}
