namespace Tessera.Tests.Pools;

public class TimeoutTests
{
    private static readonly MapOptions Short = new() { Timeout = TimeSpan.FromSeconds(1) };

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

    [Theory, MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_function_that_takes_too_long_fails_for_its_input_and_the_worker_is_replaced(string kind)
    {
        using var marks = new Marks();
        using WorkerPool pool = Kinds.Make(kind, 2);
        for (int round = 1; round <= 2; round++)
        {
            var failure = Assert.Throws<WorkerException>(() => pool.Map(HangAtTwo, Enumerable.Range(0, 20).Select(n => (marks, n)), Short));
            Assert.Equal(2, failure.Index);
            Assert.Equal("HangAtTwo failed for input 2: It took longer than the 1.0 s that MapOptions.Timeout allows.", failure.Message);
            Assert.IsType<TimeoutException>(failure.InnerException);
            Assert.True(marks.Has("0") && marks.Has("1"));
            Assert.Equal(Enumerable.Range(0, 50), pool.Map(n => n, Enumerable.Range(0, 50), Short));
        }

        if (kind == "processes")
        {
            int[] ended = [.. marks.Names.Where(name => name.StartsWith("process", StringComparison.Ordinal)).Select(name => int.Parse(name.Split(' ')[1]))];
            Assert.Equal(2, ended.Length);
            Assert.All(ended, process => Assert.False(Marks.IsAlive(process)));
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
    public void A_time_that_is_just_about_enough_leaves_the_pool_whole(string kind)
    {
        using WorkerPool pool = Kinds.Make(kind, 2);
        int timedOut = 0;
        for (int round = 0; round < 15; round++)
        {
            try
            {
                pool.Map(Wait, Enumerable.Repeat(20, 10), new MapOptions { Timeout = TimeSpan.FromMilliseconds(20) });
            }
            catch (WorkerException failure)
            {
                Assert.IsType<TimeoutException>(failure.InnerException);
                timedOut++;
            }
        }

        Assert.InRange(timedOut, 1, 15);
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
