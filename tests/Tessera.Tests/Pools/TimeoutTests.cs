namespace Tessera.Tests.Pools;

public class TimeoutTests
{
    private static readonly MapOptions Short = new() { Timeout = TimeSpan.FromSeconds(5) };

    private static int HangAtTwo((Marks Marks, int Number) input)
    {
        if (input.Number == 2)
        {
            input.Marks.Make($"process {Environment.ProcessId}");
            input.Marks.Await("the end");
        }

        input.Marks.Make($"{input.Number}");
        return input.Number;
    }

    /// <summary>Waits for both workers of a pool: in a process the first function takes long.</summary>
    private static void AwaitAll(WorkerPool pool, string kind)
    {
        Marks.Await(() => pool.Map(Pause, Enumerable.Range(0, 8)).Distinct().Count() == (kind == "threads" ? 1 : 2), "all workers are there");

        static int Pause(int n)
        {
            Thread.Sleep(5);
            return Environment.ProcessId;
        }
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_function_that_takes_too_long_fails_for_its_input_and_the_worker_is_replaced(string kind)
    {
        using var marks = new Marks();
        using WorkerPool pool = Kinds.Make(kind, 2);
        AwaitAll(pool, kind);
        var failure = Assert.Throws<WorkerException>(() => pool.Map(HangAtTwo, Enumerable.Range(0, 20).Select(n => (marks, n)), Short));
        Assert.Equal(2, failure.Index);
        Assert.Equal("HangAtTwo failed for input 2: It took longer than the 5.0 s that MapOptions.Timeout allows.", failure.Message);
        Assert.IsType<TimeoutException>(failure.InnerException);
        Assert.True(marks.Has("0") && marks.Has("1"));
        Assert.Equal(Enumerable.Range(0, 50), pool.Map(n => n, Enumerable.Range(0, 50), new MapOptions { Timeout = TimeSpan.FromMinutes(1) }));

        if (kind == "processes")
        {
            int[] ended = [.. marks.Names.Where(name => name.StartsWith("process", StringComparison.Ordinal)).Select(name => int.Parse(name.Split(' ')[1]))];
            Assert.False(Marks.IsAlive(Assert.Single(ended)));
        }

        pool.Dispose(); // waits for nobody who was left behind
        marks.Make("the end");
        if (kind == "threads")
            marks.Await("2");
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Others_go_on_meanwhile(string kind)
    {
        using var marks = new Marks();
        using WorkerPool pool = Kinds.Make(kind, 2);
        AwaitAll(pool, kind);
        var results = new List<int>();
        var failure = Assert.Throws<WorkerException>(() =>
        {
            foreach (int result in pool.MapUnordered(HangAtTwo, Enumerable.Range(0, 12).Select(n => (marks, n)), Short with { LookAhead = 12 }))
                results.Add(result);
        });
        Assert.Equal(2, failure.Index);
        Assert.Equal([0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11], results.Order());
        marks.Make("the end");
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_time_of_days_is_allowed(string kind)
    {
        foreach (TimeSpan time in new[] { TimeSpan.FromHours(1), TimeSpan.FromDays(24) })
            Assert.Equal([0, 1, 2], Kinds.Shared(kind).Map(n => n, Enumerable.Range(0, 3), new MapOptions { Timeout = time }));
    }

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_time_that_runs_out_as_a_function_ends_leaves_the_pool_whole(string kind)
    {
        using WorkerPool pool = Kinds.Make(kind, 2);
        for (int round = 0; round < 15; round++)
        {
            try
            {
                pool.Map(Wait, Enumerable.Repeat(20, 10), new MapOptions { Timeout = TimeSpan.FromMilliseconds(20) });
            }
            catch (WorkerException failure)
            {
                Assert.IsType<TimeoutException>(failure.InnerException);
            }
        }

        Assert.Equal(Enumerable.Range(0, 50), pool.Map(n => n, Enumerable.Range(0, 50)));
        pool.Close();
        pool.Join();

        static int Wait(int milliseconds)
        {
            Thread.Sleep(milliseconds);
            return milliseconds;
        }
    }
}
