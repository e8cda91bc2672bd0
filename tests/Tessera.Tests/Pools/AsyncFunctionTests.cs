namespace Tessera.Tests.Pools;

public class AsyncFunctionTests
{
    private static int _underWay;

    public static MatrixTheoryData<string, int> KindsAndConcurrency => new(["threads", "processes"], [1, 2, 3, 10]);

    /// <summary>How many calls are under way in this process, itself among them.</summary>
    private static async Task<(int Process, int UnderWay)> CountAsync(int milliseconds)
    {
        int underWay = Interlocked.Increment(ref _underWay);
        await Task.Delay(milliseconds);
        Interlocked.Decrement(ref _underWay);
        return (Environment.ProcessId, underWay);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_thousand_calls_wait_at_once(string kind)
    {
        using WorkerPool pool = Kinds.Make(kind, 2);
        DateTime began = DateTime.UtcNow;
        int[] results = await pool.MapAsync(WaitAsync, Enumerable.Range(0, 1000));
        Assert.Equal(Enumerable.Range(0, 1000), results);
        Assert.InRange(DateTime.UtcNow - began, TimeSpan.Zero, TimeSpan.FromSeconds(50)); // half of what it would take if calls held the workers

        static async Task<int> WaitAsync(int n)
        {
            await Task.Delay(200);
            return n;
        }
    }

    [Theory, MemberData(nameof(KindsAndConcurrency))]
    public async Task No_more_calls_are_under_way_than_allowed(string kind, int concurrency)
    {
        using WorkerPool pool = Kinds.Make(kind, 2);
        using var marks = new Marks();
        foreach (int? chunkSize in new int?[] { null, 100 })
        {
            var options = new MapOptions { Concurrency = concurrency, ChunkSize = chunkSize };
            int[] most = await pool.MapAsync(CountMarksAsync, Enumerable.Range(0, 30).Select(n => (marks, n)), options);
            Assert.InRange(most.Max(), 1, concurrency);
        }

        static async Task<int> CountMarksAsync((Marks Marks, int Number) input)
        {
            input.Marks.Make($"{input.Number}");
            await Task.Delay(5);
            int underWay = input.Marks.Names.Length;
            File.Delete(Path.Combine(input.Marks.Folder, $"{input.Number}"));
            return underWay;
        }
    }

    [Fact]
    public async Task As_many_are_under_way_as_allowed()
    {
        using WorkerPool pool = WorkerPool.Threads(2);
        int underWay = 0;
        var all = new TaskCompletionSource();
        int[] results = await pool.MapAsync(
            async n =>
            {
                if (Interlocked.Increment(ref underWay) == 20)
                    all.SetResult();
                await all.Task; // ends only if all of them are called
                return n;
            },
            Enumerable.Range(0, 20),
            new MapOptions { Concurrency = 20 });
        Assert.Equal(Enumerable.Range(0, 20), results);
    }

    [Fact]
    public async Task Calls_in_a_process_are_under_way_together()
    {
        using WorkerPool pool = WorkerPool.Processes(2);
        (int Process, int UnderWay)[] counts = await pool.MapAsync(CountAsync, Enumerable.Repeat(200, 40));
        Assert.DoesNotContain(Environment.ProcessId, counts.Select(count => count.Process));
        Assert.InRange(counts.Max(count => count.UnderWay), 2, 40);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task The_first_failure_is_told_with_its_index(string kind)
    {
        var failure = await Assert.ThrowsAsync<WorkerException>(() => Kinds.Shared(kind).MapAsync(FailAsync, Enumerable.Range(0, 50)));
        Assert.Equal(11, failure.Index);
        Assert.Equal("Odd 11.", Assert.IsType<InvalidDataException>(failure.InnerException).Message);
        Assert.Contains(nameof(FailAsync), failure.InnerException.StackTrace);

        static async Task<int> FailAsync(int n, CancellationToken cancellation)
        {
            await Task.Delay(50 - n, cancellation); // later ones fail earlier
            return n is 11 or 30 or 45 ? throw new InvalidDataException($"Odd {n}.") : n;
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_call_that_cancels_itself_has_failed(string kind)
    {
        var failure = await Assert.ThrowsAsync<WorkerException>(() => Kinds.Shared(kind).MapAsync(CancelAsync, [0, 1, 2]));
        Assert.Equal(1, failure.Index);
        Assert.Equal("By itself.", Assert.IsType<OperationCanceledException>(failure.InnerException).Message);

        static async Task<int> CancelAsync(int n)
        {
            await Task.Yield();
            return n == 1 ? throw new OperationCanceledException("By itself.") : n;
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_call_may_fail_before_it_gives_a_task(string kind)
    {
        var failure = await Assert.ThrowsAsync<WorkerException>(() => Kinds.Shared(kind).MapAsync(Refuse, [0, 1, 2]));
        Assert.Equal((1, "Not 1."), (failure.Index, failure.InnerException!.Message));

        static Task<int> Refuse(int n) => n == 1 ? throw new NotSupportedException("Not 1.") : Task.FromResult(n);
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task Cancelling_fires_the_tokens_of_all_calls(string kind)
    {
        using WorkerPool pool = Kinds.Make(kind, 2);
        using var marks = new Marks();
        using var cancelling = new CancellationTokenSource();
        Task<int[]> map = pool.MapAsync(NeverAsync, Enumerable.Range(0, 10).Select(n => (marks, n)), new MapOptions { Cancellation = cancelling.Token });
        Marks.Await(() => marks.Names.Length == 10, "all are under way");
        cancelling.Cancel();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => map);
        Assert.Equal(cancelling.Token, cancelled.CancellationToken);
        Assert.Equal(5, await pool.ApplyAsync(() => 5));
        Assert.Equal(20, marks.Names.Length);

        static async Task<int> NeverAsync((Marks Marks, int Number) input, CancellationToken cancellation)
        {
            input.Marks.Make($"{input.Number} began");
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                input.Marks.Make($"{input.Number} was cancelled");
            }

            return 0;
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_call_that_takes_too_long_is_told_by_its_token_and_its_index(string kind)
    {
        var options = new MapOptions { Timeout = TimeSpan.FromSeconds(5) };
        using WorkerPool pool = Kinds.Make(kind, 2);
        using var marks = new Marks();
        await pool.MapAsync(HangAsync, Enumerable.Range(0, 3).Select(n => (marks, n))); // a process is slow at first
        var failure = await Assert.ThrowsAsync<WorkerException>(() => pool.MapAsync(HangAsync, Enumerable.Range(0, 4).Select(n => (marks, n)), options));
        Assert.Equal(3, failure.Index);
        Assert.Contains("5.0 s", Assert.IsType<TimeoutException>(failure.InnerException).Message);
        marks.Await("3 was cancelled");
        Assert.Equal(5, await pool.ApplyAsync(() => 5));

        static async Task<int> HangAsync((Marks Marks, int Number) input, CancellationToken cancellation)
        {
            using var _ = cancellation.Register(() => input.Marks.Make($"{input.Number} was cancelled"));
            await (input.Number == 3 ? new TaskCompletionSource().Task : Task.CompletedTask);
            return input.Number;
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public async Task A_call_that_takes_too_long_before_it_gives_a_task_is_told_by_its_index(string kind)
    {
        var options = new MapOptions { Timeout = TimeSpan.FromSeconds(5) };
        using WorkerPool pool = Kinds.Make(kind, 2);
        using var marks = new Marks();
        await pool.MapAsync(HoldAsync, Enumerable.Range(0, 3).Select(n => (marks, n))); // a process is slow at first
        var failure = await Assert.ThrowsAsync<WorkerException>(() => pool.MapAsync(HoldAsync, Enumerable.Range(0, 4).Select(n => (marks, n)), options));
        Assert.Equal(3, failure.Index);
        Assert.Contains("5.0 s", Assert.IsType<TimeoutException>(failure.InnerException).Message);
        Assert.Equal(5, await pool.ApplyAsync(() => 5));
        marks.Make("the end");

        static Task<int> HoldAsync((Marks Marks, int Number) input)
        {
            if (input.Number == 3)
                input.Marks.Await("the end");
            return Task.FromResult(input.Number);
        }
    }
}
