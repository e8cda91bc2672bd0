using Tessera.Tests.Storage;

namespace Tessera.Tests.Graphs;

/// <summary>What a profile and progress say of a run can be had from its events alone, as long as none is dropped: to the tick and to the byte.</summary>
public class EventsTellAllTests
{
    private readonly RunEvents _events = new(capacity: 1_000_000);
    private readonly RunProfile _profile = new();
    private readonly Reports _progress = new();

    public static TheoryData<string> Schedules => ["serial", "threads(1)", "threads(3)"];

    [Theory, MemberData(nameof(Schedules))]
    public void Of_arrays_that_are_read_across_their_storage_chunks(string scheduler)
    {
        ChunkedArray<double> x = ChunkedArray.FromSource<int>(ArraySource.OfInts([512, 1024], [64, 64])).Cast<double>();
        ChunkedArray<double> part = x[10..500, 5..1000];
        ((part - part.Mean()) / part.Std(axis: 0)).Max(axis: 1).Compute(Options(scheduler));
        AssertSame();
        part.Max(axis: 1).Compute(Options(scheduler)); // nothing is kept, and of the chunks at the edges no more is read than is asked for
        ToldRun told = AssertSame();
        Assert.True(told.Over.BytesDecoded > told.Over.BytesRead);
        Assert.Equal((told.Begun.BytesRead, told.Begun.BytesDecoded), (told.Over.BytesRead, told.Over.BytesDecoded));
    }

    [Theory, MemberData(nameof(Schedules))]
    public void Of_calls_that_wait_and_take_from_arrays(string scheduler)
    {
        ChunkedArray<double> x = new ChunkedRandom(7).Uniform([300, 100], chunks: [50, 100]);
        var wait = Delayed.Function(async (double mean) => { await Task.Delay(20); return mean; }, "wait");
        var add = Delayed.Function((double mean, int n) => mean + n, "add");
        var sum = Delayed.Function((IReadOnlyList<double> parts) => parts.Sum(), "sum");
        Delayed<double> mean = wait(x.Mean());
        sum(Delayed.WhenAll(Enumerable.Range(0, 40).Select(n => add(mean, n)))).Compute(Options(scheduler));
        ToldRun told = AssertSame();
        Assert.Equal([1, 1, 40], told.Begun.Steps.Where(step => step.Name is "wait" or "add" or "sum").Select(step => step.Tasks).Order());
        Assert.True(told.Tasks.Values.Single(task => task.Step == "wait").Waiting > TimeSpan.Zero);
    }

    [Theory, MemberData(nameof(Schedules))]
    public void Of_a_run_that_fails(string scheduler)
    {
        var inc = Delayed.Function((int n) => n + 1, "inc");
        var fail = Delayed.Function((int n) => n == 0 ? throw new FormatException("no") : n, "fail");
        var later = Delayed.Function(async (int n) => { await Task.Yield(); return n == 0 ? throw new FormatException("no") : n; }, "later");
        foreach (Delayed<int> failing in new[] { inc(fail(inc(-1))), inc(later(inc(-1))) })
        {
            Assert.Throws<ComputationException>(() => failing.Compute(Options(scheduler)));
            ToldRun told = AssertSame();
            Assert.IsType<ComputationException>(told.Over.Failure);
            Assert.Equal(1, told.Over.TasksDone);
        }
    }

    [Theory, MemberData(nameof(Schedules))]
    [Trait("Scheduler", "threads")] // the function captures a source of tokens, which belongs to this process
    public void Of_a_run_that_is_cancelled(string scheduler)
    {
        using var stop = new CancellationTokenSource();
        var inc = Delayed.Function((int n) => n + 1, "inc");
        var cancel = Delayed.Function(async (int n, CancellationToken token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return n;
        }, "cancel");
        Delayed<int> call = inc(cancel(inc(1), Delayed.Cancellation));
        Assert.ThrowsAny<OperationCanceledException>(() => call.Compute(Options(scheduler) with { Cancellation = stop.Token }));
        Assert.IsAssignableFrom<OperationCanceledException>(AssertSame().Over.Failure);
    }

    /// <summary>The run within is a part of the task that began it, for a profile; its events are its own.</summary>
    [Theory, MemberData(nameof(Schedules))]
    public void Of_a_run_that_begins_another(string scheduler)
    {
        var inc = Delayed.Function((int n) => n + 1, "inc");
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(ArraySource.OfInts([64, 64], [64, 64]));
        inc(1).SelectMany(n => (x + n).Sum().ToDelayed()).Compute(Options(scheduler));
        List<RunEvent> all = Read();
        long outer = all[0].Run;
        ToldRun within = new(all.Where(happened => happened.Run != outer)), told = new(all.Where(happened => happened.Run == outer));
        AssertSame(told);
        Assert.Equal((outer, 64 * 64 * sizeof(int)), (within.Begun.Parent, within.Over.BytesRead));
        Assert.True(told.Over.PeakBytes >= within.Over.PeakBytes && within.Over.PeakBytes > 0);
    }

    /// <summary>The run around it is stopped while the one within waits and heeds no token for a while.</summary>
    [Theory, MemberData(nameof(Schedules))]
    public void A_run_is_over_when_those_within_are_even_if_it_fails(string scheduler)
    {
        if (scheduler == "serial")
            return; // the run within is over before anything else begins
        var begun = new TaskCompletionSource();
        var one = Delayed.Function((int n) => n, "one");
        var stays = Delayed.Function((int n, CancellationToken token) =>
        {
            begun.TrySetResult();
            token.WaitHandle.WaitOne(TimeSpan.FromSeconds(60));
            return n;
        }, "stays");
        var fail = Delayed.Function(async (int n) =>
        {
            await begun.Task;
            return n > 0 ? throw new FormatException("no") : n;
        }, "fail");
        Delayed<int>[] calls = [one(1).SelectMany(n => stays(n, Delayed.Cancellation)), fail(1)];
        Assert.Throws<ComputationException>(() => Delayed.WhenAll(calls).Compute(Options(scheduler)));
        RunEvent.RunFinished[] over = [.. Read().OfType<RunEvent.RunFinished>()];
        Assert.Equal(over.Select(run => run.Run).OrderDescending(), over.Select(run => run.Run));
        Assert.Equal(2, over.Length);
    }

    [Fact]
    public void How_much_memory_a_run_takes_is_told_while_it_runs_with_its_result()
    {
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(ArraySource.OfInts([256, 1024], [64, 1024])) + 1;
        x.Compute(Options("serial") with { MemoryBudget = 64 << 20 });
        List<RunEvent> all = Read();
        var told = new ToldRun(all);
        Assert.Equal(64 << 20, told.Begun.MemoryBudget);
        Assert.All(all.OfType<RunEvent.Advanced>(), advanced => Assert.InRange(advanced.MemoryBytes, x.Shape.Length * sizeof(int), told.Over.PeakBytes));
        Assert.InRange(told.Over.PeakBytes, x.Shape.Length * sizeof(int), 64 << 20);
    }

    [Fact]
    public void What_a_run_has_done_is_told_at_its_end_even_where_its_tasks_were_dropped()
    {
        var few = new RunEvents(capacity: 2);
        ChunkedArray<int> x = ChunkedArray.FromSource<int>(ArraySource.OfInts([1024, 1024], [64, 1024])) + 1;
        x.Compute(Options("serial") with { Events = few });
        RunEvent? happened;
        do
            Assert.True(few.TryRead(out happened));
        while (happened is not RunEvent.RunFinished);
        var over = (RunEvent.RunFinished)happened;
        Assert.Equal((_profile.Graph.Count, _profile.BytesRead, _profile.BytesDecoded), (over.TasksDone, over.BytesRead, over.BytesDecoded));
        Assert.Equal(_profile.Steps.Sum(step => step.BytesMade), over.BytesMade);
    }

    private ComputeOptions Options(string scheduler) => new()
    {
        Scheduler = scheduler switch { "serial" => Schedulers.Serial, "threads(1)" => Schedulers.Threads(1), _ => Schedulers.Threads(3) },
        Events = _events,
        Profile = _profile,
        Progress = _progress,
    };

    private List<RunEvent> Read()
    {
        var all = new List<RunEvent>();
        while (_events.TryRead(out RunEvent? happened))
            all.Add(happened);
        return all;
    }

    private ToldRun AssertSame()
    {
        var told = new ToldRun(Read());
        AssertSame(told);
        return told;
    }

    private void AssertSame(ToldRun told)
    {
        Assert.Equal(
            (_profile.PlanningTime, _profile.RunTime, _profile.PeakBytes, _profile.BytesRead, _profile.BytesDecoded),
            (told.Begun.PlanningTime, told.Over.Duration, told.Over.PeakBytes, told.Over.BytesRead, told.Over.BytesDecoded));
        Assert.Equal(_profile.Steps.Select(step => step with { Steps = 1 }).OrderBy(step => step.Name), told.Steps().OrderBy(step => step.Name));
        Assert.Equal(_profile.Workers, told.Workers());
        Assert.Equal((_profile.Graph.Count, _profile.Graph.Count), (told.Begun.Tasks, told.Begun.Steps.Sum(step => step.Tasks)));
        for (int task = 0; task < _profile.Graph.Count; task++)
        {
            ToldTask? one = told.Tasks.GetValueOrDefault(task);
            bool isDone = one?.Done is not null;
            Assert.Equal(_profile.IsDone(task), isDone);
            if (isDone)
                Assert.Equal((_profile.WorkerOf(task), _profile.StartOf(task), _profile.DurationOf(task), _profile.WaitingOf(task)), (one!.Worker, one.Started, one.Done!.Duration, one.Waiting));
        }

        // The reporters for the user and for events may skip different reports between the first and the last.
        Assert.Equal((_progress.All[0], _progress.All[^1]), (told.Progress[0], told.Progress[^1]));
        Assert.Equal(new RunProgress(told.Tasks.Values.Count(task => task.Done is not null), told.Begun.Tasks, told.Over.Duration, told.Over.BytesRead, IsFinal: true), told.Progress[^1]);
        _progress.All.Clear();
    }

    private sealed class Reports : IProgress<RunProgress>
    {
        public List<RunProgress> All { get; } = [];

        public void Report(RunProgress value) => All.Add(value);
    }
}
