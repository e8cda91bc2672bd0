namespace Tessera.Tests.Pools;

/// <summary>What a worker does at its beginning, and after how much work it ends.</summary>
public class WorkerTests
{
    private static int _set;

    [ThreadStatic]
    private static int _calls;

    private static (int Process, int Thread, int Calls) Where(int n) => (Environment.ProcessId, Environment.CurrentManagedThreadId, ++_calls);

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void The_initializer_runs_once_in_every_worker(string kind)
    {
        using var marks = new Marks();
        using (WorkerPool pool = Make(kind, marks))
        {
            for (int round = 0; round < 3; round++)
                Assert.Equal([1, 2, 3], pool.Map(n => n, new[] { 1, 2, 3 }));
        }

        Assert.Equal(2, marks.Names.Length);

        static WorkerPool Make(string kind, Marks marks) =>
            Kinds.Make(kind, 2, new PoolOptions { Initializer = () => marks.Make($"{Environment.ProcessId} {Environment.CurrentManagedThreadId}") });
    }

    [Fact]
    public void In_processes_it_sets_what_is_static()
    {
        using WorkerPool pool = WorkerPool.Processes(2, new PoolOptions { Initializer = static () => _set = 42 });
        Assert.All(pool.Map(n => _set, Enumerable.Range(0, 20)), value => Assert.Equal(42, value));
        Assert.Equal(0, _set);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Its_failure_is_told_by_whatever_is_asked_of_the_pool(string kind)
    {
        using WorkerPool pool = Kinds.Make(kind, 2, new PoolOptions { Initializer = static () => throw new FileNotFoundException("No model.") });
        for (int round = 0; round < 3; round++)
        {
            var failure = Assert.Throws<WorkerException>(() => pool.Map(n => n, new[] { 1, 2, 3 }));
            Assert.Equal("The pool's initializer failed: No model.", failure.Message);
            Assert.IsType<FileNotFoundException>(failure.InnerException);
            Assert.Null(failure.Index);
            await Assert.ThrowsAsync<WorkerException>(() => pool.MapAsync(n => n, new[] { 1 }));
            Assert.Throws<WorkerException>(() => pool.MapLazy(n => n, new[] { 1 }).Count());
        }

        pool.Close();
        pool.Join();
    }

    [Fact]
    public void An_initializer_that_ends_its_process_is_told()
    {
        using WorkerPool pool = WorkerPool.Processes(1, new PoolOptions { Initializer = static () => Environment.Exit(7) });
        var failure = Assert.Throws<WorkerException>(() => pool.Map(n => n, new[] { 1 }));
        Assert.StartsWith("The pool can't start its worker processes:", failure.Message);
        Assert.Equal(7, Assert.IsType<WorkerDiedException>(failure.InnerException).ExitCode);
        Assert.Throws<WorkerException>(() => pool.Map(n => n, new[] { 1 }));
    }

    [Fact]
    public void An_initializer_that_cannot_travel_is_refused()
    {
        using var handle = new ManualResetEvent(false);
        Assert.Throws<System.Runtime.Serialization.SerializationException>(() => WorkerPool.Processes(1, new PoolOptions { Initializer = () => handle.Set() }));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_worker_ends_after_so_many_inputs(string kind)
    {
        foreach (int? chunkSize in new int?[] { null, 1, 7 })
        {
            using WorkerPool pool = Kinds.Make(kind, 2, new PoolOptions { MaxTasksPerWorker = 5 });
            var options = new MapOptions { ChunkSize = chunkSize };
            (int Process, int Thread, int Calls)[] all = [.. pool.Map(Where, Enumerable.Range(0, 12), options), .. await pool.MapAsync(Where, Enumerable.Range(0, 11), options)];
            Assert.All(all, where => Assert.InRange(where.Calls, 1, 5));
            Assert.InRange(all.Count(where => where.Calls == 1), 23 / 5 + 1, 23);
            if (kind == "processes")
                Assert.All(all.GroupBy(where => where.Process), group => Assert.InRange(group.Count(), 1, 5));
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_worker_that_begins_asynchronous_calls_counts_them(string kind)
    {
        using WorkerPool pool = Kinds.Make(kind, 1, new PoolOptions { MaxTasksPerWorker = 3 });
        int[] processes = await pool.MapAsync(LaterAsync, Enumerable.Range(0, 10));
        Assert.Equal(10, processes.Length);
        if (kind == "processes")
            Assert.All(processes.GroupBy(process => process), group => Assert.InRange(group.Count(), 1, 3));

        static async Task<int> LaterAsync(int n)
        {
            await Task.Yield();
            return Environment.ProcessId;
        }
    }

    [Fact]
    public void A_replaced_worker_is_initialized()
    {
        using WorkerPool pool = WorkerPool.Processes(1, new PoolOptions { MaxTasksPerWorker = 2, Initializer = static () => _set = 42 });
        Assert.All(pool.Map(n => _set++, Enumerable.Range(0, 6)), value => Assert.InRange(value, 42, 43));
    }
}
