namespace Tessera.Tests.Pools;

/// <summary>How pools and their workers begin and end.</summary>
public class LifeTests
{
    private static int Wait((Marks Marks, int Number) input)
    {
        input.Marks.Make($"{input.Number} {Environment.ProcessId}");
        input.Marks.Await("go on");
        return input.Number;
    }

    private static int[] Processes(Marks marks) =>
        [.. marks.Names.Select(name => name.Split(' ')).Where(parts => parts[^1] != "on").Select(parts => int.Parse(parts[1])).Distinct()];

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_closed_pool_takes_no_more_work(string kind)
    {
        using WorkerPool pool = Kinds.Make(kind, 1);
        Assert.Equal([2], pool.Map(n => n + 1, new[] { 1 }));
        pool.Close();
        pool.Close();
        Assert.Contains("closed", Assert.Throws<InvalidOperationException>(() => pool.Map(n => n, new[] { 1 })).Message);
        Assert.Throws<InvalidOperationException>(() => pool.MapLazy(n => n, new[] { 1 }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.MapAsync(n => n, new[] { 1 }));
        Assert.Throws<InvalidOperationException>(() => pool.Apply(() => 1));
        pool.Join();
        pool.Join();
        await pool.JoinAsync();
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Join_comes_after_Close(string kind)
    {
        using WorkerPool pool = Kinds.Make(kind, 1);
        string sentence = $"Join() waits for the workers of {pool.Name} to end, and they end only after Close() or Terminate(). Call one of them first.";
        Assert.Equal(sentence, Assert.Throws<InvalidOperationException>(pool.Join).Message);
        Assert.Equal(sentence, (await Assert.ThrowsAsync<InvalidOperationException>(pool.JoinAsync)).Message);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_pool_may_be_disposed_of_twice_and_is_not_used_after(string kind)
    {
        WorkerPool pool = Kinds.Make(kind, 1);
        pool.Dispose();
        pool.Dispose();
        await pool.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => pool.Map(n => n, new[] { 1 }));
        Assert.Throws<ObjectDisposedException>(() => pool.Apply(() => 1));
        await using WorkerPool other = Kinds.Make(kind, 1);
        Assert.Equal([2], other.Map(n => n + 1, new[] { 1 }));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Join_waits_for_maps_that_are_under_way(string kind)
    {
        using var marks = new Marks();
        WorkerPool pool = Kinds.Make(kind, 2);
        Task<int[]> map = pool.MapAsync(Wait, Enumerable.Range(0, 9).Select(n => (marks, n)));
        pool.Close();
        Task join = pool.JoinAsync();
        Marks.Await(() => marks.Names.Length == 2, "both workers are at work");
        Assert.False(join.IsCompleted);
        marks.Make("go on");
        await join;
        pool.Join();
        Assert.Equal(Enumerable.Range(0, 9), await map);
        if (kind == "processes")
            Assert.All(Processes(marks), process => Assert.False(Marks.IsAlive(process)));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Terminate_ends_maps_at_once(string kind)
    {
        using var marks = new Marks();
        using WorkerPool pool = Kinds.Make(kind, 2);
        Task<int[]> map = pool.MapAsync(Wait, Enumerable.Range(0, 9).Select(n => (marks, n)));
        Task<int[]> other = pool.MapAsync(n => n, Enumerable.Range(0, 9));
        Marks.Await(() => marks.Names.Length == 2, "both workers are at work");
        pool.Terminate();
        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => map);
        Assert.Contains("terminated", ended.Message);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
        Assert.Contains("terminated", Assert.Throws<InvalidOperationException>(() => pool.Map(n => n, new[] { 1 })).Message);
        if (kind == "threads")
            marks.Make("go on"); // a thread ends with its function
        pool.Terminate();
        pool.Join();
        if (kind == "processes")
            Assert.All(Processes(marks), process => Assert.False(Marks.IsAlive(process)));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Terminate_does_not_wait_for_a_sequence(string kind)
    {
        using var more = new ManualResetEventSlim();
        using var asked = new ManualResetEventSlim();
        bool isDisposed = false;
        WorkerPool pool = Kinds.Make(kind, 2);
        Task<int[]> map = pool.MapAsync(n => n, Blocked());
        asked.Wait(TestContext.Current.CancellationToken);
        pool.Terminate();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => map);
        Assert.False(isDisposed);
        more.Set();
        Marks.Await(() => Volatile.Read(ref isDisposed), "the sequence is disposed of by whoever asked it");
        pool.Join();

        IEnumerable<int> Blocked()
        {
            try
            {
                yield return 1;
                asked.Set();
                more.Wait();
                yield return 2;
            }
            finally
            {
                Volatile.Write(ref isDisposed, true);
            }
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Pools_that_end_while_their_workers_start_end_well(string kind)
    {
        for (int round = 0; round < 6; round++)
        {
            WorkerPool pool = Kinds.Make(kind, 2);
            Thread.Sleep(20 * round);
            if (round % 2 == 0)
                pool.Terminate();
            else
                pool.Close();
            pool.Join();
            pool.Dispose();
        }
    }

    [Fact]
    public void Nested_maps_on_one_thread_do_not_wait_for_themselves()
    {
        using WorkerPool pool = WorkerPool.Threads(1);
        int[] sums = pool.Map(
            n => pool.Map(m => m + pool.Apply(() => n), Enumerable.Range(0, 10)).Sum() + pool.MapLazy(m => m, Enumerable.Range(0, n)).Sum(),
            Enumerable.Range(0, 20));
        Assert.Equal(Enumerable.Range(0, 20).Select(n => 45 + 10 * n + n * (n - 1) / 2), sums);
    }

    [Fact]
    public void Nested_maps_on_several_threads_do_not_wait_for_each_other()
    {
        using WorkerPool pool = WorkerPool.Threads(3);
        Assert.Equal(
            Enumerable.Range(0, 100).Select(n => 3 * n),
            pool.Map(n => pool.Map(m => pool.Map(k => k, new[] { n }).Sum(), Enumerable.Range(0, 3)).Sum(), Enumerable.Range(0, 100)));
    }

    [Fact]
    public void A_worker_cannot_join_its_own_pool()
    {
        using WorkerPool pool = WorkerPool.Threads(1);
        var failure = Assert.Throws<WorkerException>(() => pool.Apply(() =>
        {
            pool.Close();
            pool.Join();
            return 0;
        }));
        Assert.Contains("would wait for itself", Assert.IsType<InvalidOperationException>(failure.InnerException).Message);
    }

    [Fact]
    public void A_function_in_a_process_may_use_a_pool_of_its_own()
    {
        int[] sums = Kinds.Shared("processes").Map(Sum, new[] { 3, 4 });
        Assert.Equal([3, 6], sums);

        static int Sum(int n)
        {
            using WorkerPool threads = WorkerPool.Threads(2);
            using WorkerPool processes = WorkerPool.Processes(1);
            return processes.Map(m => m, threads.Map(m => m, Enumerable.Range(0, n))).Sum();
        }
    }
}
