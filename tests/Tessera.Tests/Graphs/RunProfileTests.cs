using System.Text.Json;

namespace Tessera.Tests.Graphs;

/// <summary>What a profile says of real runs. Times are held against each other by laws; none against the clock.</summary>
public sealed class RunProfileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-profiles-").FullName;
    private readonly RunProfile _profile = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> SchedulerNames => ["serial", "threads(1)", "threads(3)", "processes(2)"];

    [Theory, MemberData(nameof(SchedulerNames))]
    public void The_times_of_tasks_add_up_to_those_of_steps_and_of_workers(string name) => On(name, scheduler =>
    {
        Delayed<double> root = Example();
        root.Compute(new ComputeOptions { Scheduler = scheduler, Profile = _profile });
        AssertLaws(name);
        int[] tasks = [.. Enumerable.Range(0, _profile.Graph.Count)];
        Assert.All(tasks, task => Assert.True(_profile.IsDone(task)));
        Assert.Equal(tasks.Length, _profile.Steps.Sum(step => step.Tasks));
        Assert.Equal(TotalOf(tasks, _profile.DurationOf), TotalOf(_profile.Steps, step => step.Time + step.Waiting));
        Assert.Equal(TotalOf(tasks, _profile.WaitingOf), TotalOf(_profile.Steps, step => step.Waiting));
        foreach (int task in tasks)
        {
            foreach (int dependency in _profile.Graph.DependenciesOf(task))
                Assert.True(_profile.StartOf(task) >= _profile.StartOf(dependency) + _profile.DurationOf(dependency));
        }

        StepTime wait = Assert.Single(_profile.Steps, step => step.Name == "wait");
        Assert.True(wait.Waiting > TimeSpan.Zero);
        Assert.True(_profile.PeakBytes > 0);
        Assert.StartsWith($"{tasks.Length} tasks in ", _profile.ToString());
        Assert.Equal(name, _profile.ToString().Split(" on ")[1].Split(';')[0]);
        AssertTrace(SavedTrace());
    });

    [Fact]
    public void What_is_read_and_made_is_told_by_step()
    {
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(Storage.ArraySource.OfInts([8, 8], [4, 8]));
        Tensor((x + 1) * 2);
        StepTime fill = Assert.Single(_profile.Steps);
        Assert.Equal((256, 256, 256), (fill.BytesRead, fill.BytesMade, _profile.BytesRead));
        Assert.True(_profile.PeakBytes >= 256); // the result counts

        void Tensor(ChunkedArray<int> array) => array.Compute(new ComputeOptions { Profile = _profile });
    }

    [Fact]
    public void Numbers_that_are_generated_are_not_read()
    {
        Shape shape = [64, 64];
        (new ChunkedRandom(7).Uniform(shape, chunks: [16, 64]) + ChunkedArray.FromFunction(index => (double)index[0], shape) + ChunkedArray.Full(2.0, shape)
            + ChunkedArray.Arange<long>(64).Cast<double>()).Sum().Compute(new ComputeOptions { Profile = _profile });
        Assert.Equal(0, _profile.BytesRead);
        Assert.Contains(", 0 B read, ", _profile.ToString());
        Assert.DoesNotContain("   Read", _profile.ToString());
    }

    [Theory, MemberData(nameof(SchedulerNames))]
    public void A_run_that_fails_tells_what_was_done_and_the_time_of_what_failed(string name) => On(name, scheduler =>
    {
        var fail = Delayed.Function((int n) => n == 0 ? throw new FormatException("no") : n, "fail");
        var inc = Delayed.Function((int n) => n + 1, "inc");
        Assert.Throws<ComputationException>(() => inc(fail(inc(-1))).Compute(new ComputeOptions { Scheduler = scheduler, Profile = _profile }));
        AssertLaws(name);
        Assert.Equal([("fail", 0), ("inc", 1)], _profile.Steps.Select(step => (step.Name, step.Tasks)).Order());
        Assert.Equal(_profile.DurationOf(0), _profile.Steps.Single(step => step.Name == "inc").Time);
        Assert.StartsWith("1 of 3 tasks in ", _profile.ToString());
        JsonElement[] trace = SavedTrace();
        AssertTrace(trace);
        JsonElement failed = Assert.Single(trace, e => e.TryGetProperty("args", out JsonElement args) && args.TryGetProperty("ended", out _));
        Assert.Equal("fail", failed.GetProperty("name").GetString());
    });

    [Theory, InlineData("serial"), InlineData("threads(3)")]
    public void A_run_that_is_cancelled_tells_what_was_done(string name) => On(name, scheduler =>
    {
        using var stop = new CancellationTokenSource();
        var cancel = Delayed.Function(async (int n, CancellationToken token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return n;
        });
        var inc = Delayed.Function((int n) => n + 1);
        Assert.ThrowsAny<OperationCanceledException>(() => inc(cancel(inc(1), Delayed.Cancellation))
            .Compute(new ComputeOptions { Scheduler = scheduler, Profile = _profile, Cancellation = stop.Token }));
        AssertLaws(name);
        Assert.Equal(1, _profile.Steps.Sum(step => step.Tasks));
        AssertTrace(SavedTrace());
    });

    [Fact]
    public void A_profile_tells_of_the_last_run_and_of_none_before_the_first()
    {
        Assert.Equal("a profile with which nothing was computed yet", _profile.ToString());
        Assert.Contains("ComputeOptions.Profile", Assert.Throws<InvalidOperationException>(() => _profile.Steps).Message);
        Assert.Throws<InvalidOperationException>(() => _profile.SaveTrace(Path.Combine(_folder, "none.json")));
        Assert.Empty(Directory.GetFiles(_folder));

        var one = Delayed.Function((int n) => n, "one");
        var two = Delayed.Function((int n) => n, "two");
        Delayed.Compute([one(1), one(2)], new ComputeOptions { Profile = _profile });
        Assert.Equal(["one"], _profile.Steps.Select(step => step.Name));
        two(1).Compute(new ComputeOptions { Profile = _profile });
        Assert.Equal(["two"], _profile.Steps.Select(step => step.Name));
        Assert.Equal(1, _profile.Graph.Count);
    }

    [Fact]
    public void While_a_run_is_on_the_profile_tells_of_what_has_happened()
    {
        string during = "";
        TimeSpan? time = null;
        var inc = Delayed.Function((int n) => n + 1, "inc");
        var look = Delayed.Function(
            (int n) =>
            {
                (during, time) = (_profile.ToString(), _profile.RunTime);
                return n;
            },
            "look");
        look(inc(1)).Compute(new ComputeOptions { Profile = _profile, Scheduler = Schedulers.Serial });
        Assert.StartsWith("1 of 2 tasks in ", during);
        Assert.Contains(", so far", during);
        Assert.True(time <= _profile.RunTime);
        Assert.DoesNotContain(", so far", _profile.ToString());
        Assert.Equal(2, _profile.Steps.Count);
    }

    [Fact]
    public void A_trace_for_which_there_is_no_folder_is_refused()
    {
        Delayed.Function((int n) => n)(1).Compute(new ComputeOptions { Profile = _profile });
        Assert.Contains("folder", Assert.Throws<DirectoryNotFoundException>(() => _profile.SaveTrace(Path.Combine(_folder, "none", "trace.json"))).Message);
    }

    /// <summary>An array, a call that works and one that waits, and many that need it.</summary>
    private static Delayed<double> Example()
    {
        ChunkedArray<double> x = new ChunkedRandom(7).Uniform([300, 100], chunks: [50, 100]);
        var wait = Delayed.Function(
            async (double mean) =>
            {
                await Task.Delay(100);
                return mean;
            },
            "wait");
        var add = Delayed.Function((double mean, int n) => mean + n, "add");
        var sum = Delayed.Function((IReadOnlyList<double> parts) => parts.Sum(), "sum");
        Delayed<double> mean = wait(x.Mean());
        return sum(Delayed.WhenAll(Enumerable.Range(0, 40).Select(n => add(mean, n))));
    }

    private void AssertLaws(string scheduler)
    {
        Assert.Equal(TotalOf(_profile.Steps, step => step.Time), TotalOf(_profile.Workers, worker => worker.Busy));
        Assert.Equal(_profile.Steps.Sum(step => step.Tasks), _profile.Workers.Sum(worker => worker.Tasks));
        Assert.All(_profile.Workers, worker => Assert.Equal(_profile.RunTime, worker.Busy + worker.Idle));
        Assert.All(_profile.Workers, worker => Assert.True(worker.Busy >= TimeSpan.Zero && worker.Idle >= TimeSpan.Zero));
        Assert.All(_profile.Workers, worker => Assert.InRange(worker.Utilization, 0, 1));
        Assert.Equal(_profile.Steps.OrderByDescending(step => step.Time), _profile.Steps);
        Assert.InRange(_profile.Steps.Sum(step => step.Share), 0.999999, 1.000001);
        Assert.All(_profile.Steps, step => Assert.True(step.Median <= step.Longest && step.Queued >= TimeSpan.Zero));
        string kind = scheduler.StartsWith("processes", StringComparison.Ordinal) ? "process worker" : "worker";
        int workers = scheduler == "serial" ? 1 : scheduler[^2] - '0';
        Assert.Equal(Enumerable.Range(0, workers).Select(i => $"{kind} {i}"), _profile.Workers.Select(worker => worker.Name));
    }

    private JsonElement[] SavedTrace()
    {
        string path = Path.Combine(_folder, "trace.json");
        Assert.Equal(path, _profile.SaveTrace(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
        using JsonDocument trace = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. trace.RootElement.GetProperty("traceEvents").EnumerateArray().Select(e => e.Clone())];
    }

    /// <summary>Every task that was done once, under its name, on its worker's thread, whose events don't overlap; every wait begun and ended.</summary>
    private void AssertTrace(JsonElement[] events)
    {
        Assert.All(events, e => Assert.Contains(e.GetProperty("ph").GetString(), (string[])["M", "X", "b", "e"]));
        JsonElement[] bars = [.. events.Where(e => e.GetProperty("ph").GetString() == "X")];
        ILookup<int, JsonElement> byTask = bars.Where(e => e.GetProperty("cat").GetString() == "task").ToLookup(e => e.GetProperty("args").GetProperty("task").GetInt32());
        Assert.All(byTask, task => Assert.Single(task));
        for (int task = 0; task < _profile.Graph.Count; task++)
        {
            if (!_profile.IsDone(task))
                continue;
            JsonElement bar = Assert.Single(byTask[task]);
            Assert.Equal(_profile.Graph.NameOf(task), bar.GetProperty("name").GetString());
            Assert.Equal(_profile.WorkerOf(task) + 1, bar.GetProperty("tid").GetInt32());
            Assert.Equal((_profile.DurationOf(task) - _profile.WaitingOf(task)).Ticks, 10 * bar.GetProperty("dur").GetDecimal());
            Assert.Equal((_profile.StartOf(task) + _profile.PlanningTime).Ticks, 10 * bar.GetProperty("ts").GetDecimal());
        }

        foreach (IGrouping<int, JsonElement> thread in bars.GroupBy(e => e.GetProperty("tid").GetInt32()))
        {
            decimal end = 0;
            foreach (JsonElement bar in thread.OrderBy(e => e.GetProperty("ts").GetDecimal()).ThenBy(e => e.GetProperty("dur").GetDecimal()))
            {
                Assert.True(bar.GetProperty("ts").GetDecimal() >= end);
                end = bar.GetProperty("ts").GetDecimal() + bar.GetProperty("dur").GetDecimal();
            }
        }

        AssertWaits(events);
        IEnumerable<string?> names = events.Where(e => e.GetProperty("name").GetString() == "thread_name").Select(e => e.GetProperty("args").GetProperty("name").GetString());
        Assert.Equal([.. _profile.Workers.Select(worker => worker.Name).Prepend("computation")], names);
    }

    private void AssertWaits(JsonElement[] events)
    {
        ILookup<int, JsonElement> waits = events.Where(e => e.GetProperty("ph").GetString() is "b" or "e").ToLookup(e => e.GetProperty("id").GetInt32());
        Assert.Equal(
            Enumerable.Range(0, _profile.Graph.Count).Where(task => _profile.WaitingOf(task) > TimeSpan.Zero),
            waits.Select(wait => wait.Key).Where(_profile.IsDone));
        foreach (IGrouping<int, JsonElement> wait in waits)
        {
            Assert.Equal(["b", "e"], wait.Select(e => e.GetProperty("ph").GetString()));
            decimal[] at = [.. wait.Select(e => e.GetProperty("ts").GetDecimal())];
            Assert.Equal(_profile.WaitingOf(wait.Key).Ticks, 10 * (at[1] - at[0]));
        }
    }

    private static TimeSpan TotalOf<T>(IEnumerable<T> items, Func<T, TimeSpan> timeOf) => new(items.Sum(item => timeOf(item).Ticks));

    private static void On(string name, Action<Scheduler> test)
    {
        if (name != "processes(2)")
        {
            test(name == "serial" ? Schedulers.Serial : Schedulers.Threads(name[^2] - '0'));
            return;
        }

        using WorkerPool pool = WorkerPool.Processes(2);
        test(Schedulers.Processes(pool));
    }
}
