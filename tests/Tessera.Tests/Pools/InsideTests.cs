namespace Tessera.Tests.Pools;

/// <summary>Functions in a worker that use the same pool, and what they may wait for.</summary>
public class InsideTests
{
    private static readonly int[] Right = [.. Enumerable.Range(1, 20)];

    public static TheoryData<string> Waits => ["Map", "MapLazy", "Apply", "Result", "Wait", "GetResult", "WaitAll", "Result of one", "Wait for one", "ForEachAsync", "asynchronous function"];

    private static int Inside(WorkerPool pool, string way, int n)
    {
        switch (way)
        {
            case "Map":
                return pool.Map(m => m + 1, [n])[0];
            case "MapLazy":
                return pool.MapLazy(m => m + 1, [n]).First();
            case "Apply":
                return pool.Apply((int m) => m + 1, n);
            case "Result":
                return pool.MapAsync(m => m + 1, [n]).Result[0];
            case "Wait":
                Task<int[]> map = pool.MapAsync(m => m + 1, [n]);
                map.Wait(CancellationToken.None);
                return map.Result[0];
            case "GetResult":
                return pool.MapAsync(m => m + 1, [n]).GetAwaiter().GetResult()[0];
            case "WaitAll":
                Task<int>[] both = [pool.ApplyAsync((int m) => m, n), pool.ApplyAsync(() => 1)];
                Task.WaitAll(both);
                return both.Sum(one => one.Result);
            case "Result of one":
                return pool.ApplyAsync((int m) => m + 1, n).Result;
            case "Wait for one":
                int result = 0;
                pool.ApplyAsync(() => { result = n + 1; }).Wait(CancellationToken.None);
                return result;
            case "ForEachAsync":
                int sum = 0;
                pool.ForEachAsync(m => { Interlocked.Add(ref sum, m); }, [n, 1]).GetAwaiter().GetResult();
                return sum;
            default:
                return pool.ApplyAsync(async () =>
                {
                    await Task.Delay(1);
                    return n + 1;
                }).Result;
        }
    }

    [Theory, MemberData(nameof(Waits))]
    public void A_function_may_wait_for_work_of_its_own_pool(string way)
    {
        foreach (int workers in new[] { 1, 2, 4 })
        {
            using WorkerPool pool = WorkerPool.Threads(workers);
            int[]? results = null;
            var thread = new Thread(() => results = pool.Map(n => Inside(pool, way, n), Enumerable.Range(0, 20))) { IsBackground = true };
            thread.Start();
            Assert.True(thread.Join(TimeSpan.FromSeconds(60)), $"{way} on {workers} workers waits for ever.");
            Assert.Equal(Right, results);
        }
    }

    [Fact]
    public void A_function_in_a_function_in_a_function_may_wait_too()
    {
        using WorkerPool pool = WorkerPool.Threads(1);
        Assert.Equal(10, Down(10));

        int Down(int depth) => depth == 0 ? 0 : 1 + pool.ApplyAsync(() => Down(depth - 1)).Result;
    }

    /// <summary>As under a scheduler of user interfaces, whose tasks run on one thread alone; here one that waits.</summary>
    [Fact]
    public void A_function_may_wait_in_a_task_of_another_scheduler()
    {
        using WorkerPool pool = WorkerPool.Threads(2);
        int[]? results = null;
        var thread = new Thread(() => results = pool.Apply(Outer)) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(60)), "It waits for ever.");
        Assert.Equal(Right, results);

        int[] Outer()
        {
            int own = Environment.CurrentManagedThreadId;
            var task = new Task<int[]>(() => pool.MapAsync(n => Slow(n, own), Enumerable.Range(0, 20), new MapOptions { ChunkSize = 1 }).Result);
            task.RunSynchronously(new OfOneThread());
            return task.Result;
        }

        static int Slow(int n, int own)
        {
            Thread.Sleep(Environment.CurrentManagedThreadId == own ? 5 : 200); // so that the other worker is the last
            return n + 1;
        }
    }

    private sealed class OfOneThread : TaskScheduler
    {
        private readonly int _own = Environment.CurrentManagedThreadId;

        protected override void QueueTask(Task task)
        {
            // For later, when the thread is free.
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => Environment.CurrentManagedThreadId == _own && TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }

    [Fact]
    public void What_is_waited_for_fails_with_its_reason()
    {
        using WorkerPool pool = WorkerPool.Threads(1);
        using var cancelling = new CancellationTokenSource();
        var failure = Assert.Throws<WorkerException>(() => pool.Apply(() => pool.MapAsync(int (int n) => throw new InvalidDataException("Broken."), [1, 2]).GetAwaiter().GetResult()));
        Assert.Equal((0, "Broken."), (Assert.IsType<WorkerException>(failure.InnerException).Index, failure.GetBaseException().Message));
        failure = Assert.Throws<WorkerException>(() => pool.Apply(() => pool.MapAsync(
            n =>
            {
                cancelling.Cancel();
                return n;
            },
            Enumerable.Range(0, 5),
            new MapOptions { Cancellation = cancelling.Token }).GetAwaiter().GetResult()));
        Assert.Equal(cancelling.Token, Assert.IsAssignableFrom<OperationCanceledException>(failure.InnerException).CancellationToken);
    }

    [Fact]
    public async Task A_function_may_await_its_own_pool_or_leave_what_it_began()
    {
        using WorkerPool pool = WorkerPool.Threads(1);
        Assert.Equal(Right, await pool.MapAsync(async (int n) => (await pool.MapAsync(m => m + 1, [n]))[0], Enumerable.Range(0, 20)));
        Assert.Equal(Right, await pool.MapAsync(async (int n) => await pool.ApplyAsync((int m) => m + 1, n), Enumerable.Range(0, 20)));
        Task<int[]>? left = null;
        Assert.Equal(3, pool.Apply(() =>
        {
            left = pool.MapAsync(n => n + 1, Enumerable.Range(0, 20));
            return 3;
        }));
        Assert.Equal(Right, await left!);
    }

    [Fact]
    public async Task Another_thread_may_wait_for_what_a_function_began()
    {
        using WorkerPool pool = WorkerPool.Threads(1);
        Task<int>? task = null;
        pool.Apply(() => { task = pool.ApplyAsync(() => 7); });
        Assert.Equal(7, await Task.Run(() => task!.Result, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_sequence_whose_worker_is_in_the_middle_of_its_work_is_told_so()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        var inputs = Enumerable.Range(0, 400).ToList();
        try
        {
            Assert.Equal(inputs, pool.Map(n => n, inputs.Select(n => pool.ApplyAsync((int m) => m, n).Result)));
        }
        catch (Exception refusal) when (refusal is AggregateException or InvalidOperationException)
        {
            Assert.Contains("in the middle of its work", refusal.GetBaseException().Message);
        }
    }

    [Fact]
    public async Task A_worker_that_disposes_of_its_own_pool_does_not_wait_for_itself()
    {
        WorkerPool pool = WorkerPool.Threads(1);
        Assert.Equal(1, await pool.ApplyAsync(async () =>
        {
            await pool.DisposeAsync();
            return 1;
        }));
        pool.Join();
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_function_that_gives_null_for_a_task_is_told_so(string kind)
    {
        WorkerPool pool = Kinds.Shared(kind);
        foreach (Func<Task> begin in new Func<Task>[]
        {
            () => pool.MapAsync(Task<int> (int n) => null!, [1]),
            () => pool.ApplyAsync(Task<int> () => null!),
            () => pool.ApplyAsync(Task () => null!),
            () => pool.ForEachAsync(Task (int n) => null!, [1]),
            () => pool.MapAsync(Task<int> (int n) => null!, [1], new MapOptions { Timeout = TimeSpan.FromSeconds(60) }),
        })
        {
            var failure = await Assert.ThrowsAsync<WorkerException>(begin);
            Assert.Contains("null instead of a task", Assert.IsType<InvalidOperationException>(failure.InnerException).Message);
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_disposed_pool_says_what_to_do(string kind)
    {
        WorkerPool pool = Kinds.Make(kind, 1);
        pool.Dispose();
        foreach (Action use in new Action[]
        {
            () => pool.Map(n => n, [1]),
            () => pool.MapLazy(n => n, [1]),
            () => pool.Apply(() => 1),
        })
        {
            string message = Assert.Throws<ObjectDisposedException>(use).Message;
            Assert.Contains($"The pool {pool.Name} was disposed of", message);
            Assert.Contains("Make another one", message);
        }

        if (kind == "processes")
            Assert.Throws<ObjectDisposedException>(() => ChunkedArray.Arange(1000.0).Sum().Compute(new ComputeOptions { Scheduler = Schedulers.Processes(pool) }));
    }
}
