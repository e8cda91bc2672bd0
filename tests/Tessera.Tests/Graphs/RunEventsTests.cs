using System.Runtime.CompilerServices;
using Tessera.Tests.Pools;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Graphs;

public class RunEventsTests
{
    private readonly RunEvents _events = new();

    public static TheoryData<string> Schedules => ["serial", "threads(1)", "threads(3)"];

    [Theory, MemberData(nameof(Schedules))]
    public void A_run_tells_its_plan_and_of_each_task_its_beginning_and_its_end(string scheduler)
    {
        ArraySource source = ArraySource.OfZeros([40, 256, 1024], [1, 256, 1024]);
        ChunkedArray<int> array = ChunkedArray.FromSource<int>(source) + 1;
        array.Compute(Options(scheduler));

        List<RunEvent> all = Read();
        var begun = Assert.IsType<RunEvent.RunStarted>(all[0]);
        var over = Assert.IsType<RunEvent.RunFinished>(all[^1]);
        Assert.Equal((null, SchedulerOf(scheduler).Name, SchedulerOf(scheduler).Workers), (begun.Parent, begun.Scheduler, begun.Workers.Count));
        Assert.Equal((source.Shape.Length * sizeof(int), array.Graph().Count), (begun.BytesRead, begun.Tasks));
        Assert.Null(over.Failure);
        RunEvent.TaskFinished[] done = [.. all.OfType<RunEvent.TaskFinished>()];
        Assert.Equal(Enumerable.Range(0, begun.Tasks), done.Select(task => task.Task).Order());
        Assert.Equal(source.Shape.Length * sizeof(int), done.Sum(task => task.BytesRead));
        Assert.Equal(source.Shape.Length * sizeof(int), done.Sum(task => task.BytesMade));
        foreach (RunEvent.TaskFinished task in done)
        {
            int started = all.FindIndex(one => one is RunEvent.TaskStarted start && start.Task == task.Task);
            Assert.InRange(started, 1, all.IndexOf(task) - 1);
            Assert.Equal(array.Graph().NameOf(task.Task), task.Step);
            Assert.Equal(task.Time, all[started].Time + task.Duration);
        }

        Assert.All(all, one => Assert.InRange(one.Time, begun.Time, over.Time));
        Assert.All(all, one => Assert.Equal(begun.Run, one.Run));
        RunProgress last = all.OfType<RunEvent.Advanced>().Last().Progress;
        Assert.Equal((begun.Tasks, true, begun.BytesRead), (last.TasksDone, last.IsFinal, last.BytesRead));
        Assert.Equal(0, _events.Dropped);
    }

    [Fact]
    public void Those_that_nobody_reads_are_dropped_from_the_oldest_and_counted()
    {
        var few = new RunEvents(capacity: 5);
        var inc = Delayed.Function((int n) => n + 1);
        Delayed.Compute(Enumerable.Range(0, 1000).Select(i => inc(i)), new ComputeOptions { Events = few, Scheduler = Schedulers.Serial });

        Assert.True(few.TryRead(out RunEvent? first));
        Assert.Equal(few.Dropped, Assert.IsType<RunEvent.Dropped>(first).Count);
        Assert.InRange(few.Dropped, 2000 - 5, 2100);
        var rest = new List<RunEvent>();
        while (few.TryRead(out RunEvent? next))
            rest.Add(next);
        Assert.Equal(5, rest.Count);
        Assert.IsType<RunEvent.RunFinished>(rest[^1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunEvents(capacity: 0));
    }

    [Fact]
    public async Task A_reader_has_all_of_many_computations_until_it_is_told_that_no_more_come()
    {
        Task<List<RunEvent>> reading = Task.Run(async () =>
        {
            var all = new List<RunEvent>();
            await foreach (RunEvent happened in _events)
                all.Add(happened);
            return all;
        });
        var inc = Delayed.Function((int n) => n + 1);
        for (int i = 0; i < 3; i++)
            inc(inc(i)).Compute(Options("serial"));
        _events.Complete();
        inc(1).Compute(Options("serial")); // tells nothing
        List<RunEvent> all = await reading.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(3, all.OfType<RunEvent.RunFinished>().Count());
        Assert.Equal(6, all.OfType<RunEvent.TaskFinished>().Count());
        Assert.Equal(3, all.Select(one => one.Run).Distinct().Count());
    }

    [Theory, MemberData(nameof(Schedules))]
    public void A_failure_is_told_of_its_task_and_of_its_run(string scheduler)
    {
        var fail = Delayed.Function((int n) => n > 0 ? throw new FormatException("seven") : n, "fail");
        var later = Delayed.Function(async (int n) => { await Task.Yield(); return n > 0 ? throw new FormatException("eight") : n; }, "later");
        foreach (Delayed<int> call in new[] { fail(7), later(8) })
        {
            var error = Assert.Throws<ComputationException>(() => call.Compute(Options(scheduler)));
            List<RunEvent> all = Read();
            var failed = Assert.Single(all.OfType<RunEvent.TaskFailed>());
            Assert.Same(error, failed.Failure);
            Assert.Same(error, Assert.IsType<RunEvent.RunFinished>(all[^1]).Failure);
            Assert.Empty(all.OfType<RunEvent.TaskFinished>());
        }
    }

    [Fact]
    public void Tasks_that_wait_when_their_run_is_stopped_end_in_it()
    {
        var begun = new CountdownEvent(10);
        var wait = Delayed.Function(async (int n) =>
        {
            begun.Signal();
            await new TaskCompletionSource<int>().Task; // heeds no token either
            return n;
        }, "wait");
        var fail = Delayed.Function((int n) => begun.Wait(TimeSpan.FromSeconds(60)) ? throw new FormatException("seven") : n, "fail");
        Delayed<int>[] calls = [.. Enumerable.Range(0, 10).Select(n => wait(n)), fail(7)];
        Assert.Throws<ComputationException>(() => Delayed.WhenAll(calls).Compute(Options("threads(3)")));
        List<RunEvent> all = Read();
        Assert.IsType<RunEvent.RunFinished>(all[^1]);
        RunEvent.TaskFailed[] failed = [.. all.OfType<RunEvent.TaskFailed>()];
        Assert.Equal(all.OfType<RunEvent.TaskStarted>().Select(task => task.Task).Order(), failed.Select(task => task.Task).Order());
        Assert.Equal(10, failed.Count(task => task.Failure is OperationCanceledException));
        Assert.IsType<ComputationException>(Assert.Single(failed, task => task.Step == "fail").Failure);
    }

    /// <summary>A service may give one stream to all its computations, and read it late or never.</summary>
    [Fact]
    public void Events_that_nobody_has_read_keep_nothing_that_the_run_worked_on()
    {
        WeakReference input = Computed();
        Marks.AwaitCollection(input);
        List<RunEvent> all = Read();
        Assert.All(all.OfType<RunEvent.TaskFinished>(), task => Assert.NotEmpty(task.Step));
        Assert.Equal(40 * 1024 * 4, all.OfType<RunEvent.TaskFinished>().Sum(task => task.BytesRead));
        Assert.InRange(all.OfType<RunEvent.TaskFinished>().Sum(task => task.BytesMade), sizeof(double), 40 * 1024);

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference Computed()
        {
            ArraySource source = ArraySource.OfZeros([40, 1024], [40, 1024]);
            ChunkedArray.FromSource<int>(source).Cast<double>().Sum().Compute(Options("threads(3)"));
            return new WeakReference(source);
        }
    }

    [Fact]
    [Trait("Scheduler", "threads")] // the function captures a source of tokens, which belongs to this process
    public void A_cancelled_run_ends_as_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var cancel = Delayed.Function((int n) => { stop.Cancel(); return n; });
        var inc = Delayed.Function((int n) => n + 1);
        Assert.Throws<OperationCanceledException>(() => inc(cancel(1)).Compute(Options("serial") with { Cancellation = stop.Token }));
        Assert.IsAssignableFrom<OperationCanceledException>(Assert.IsType<RunEvent.RunFinished>(Read()[^1]).Failure);
    }

    [Theory, MemberData(nameof(Schedules))]
    public void Runs_within_a_run_name_it_and_are_over_before_it(string scheduler)
    {
        var inc = Delayed.Function((int n) => n + 1, "inc");
        Delayed<int> value = inc(1).SelectMany(n => inc(n).SelectMany(m => inc(m)));
        Assert.Equal(4, value.Compute(Options(scheduler)));
        List<RunEvent> all = Read();
        RunEvent.RunStarted[] runs = [.. all.OfType<RunEvent.RunStarted>()];
        Assert.Equal(new long?[] { null, runs[0].Run, runs[1].Run }, runs.Select(run => run.Parent));
        Assert.Equal(runs.Select(run => run.Run).Reverse(), all.OfType<RunEvent.RunFinished>().Select(run => run.Run));
    }

    [Theory, MemberData(nameof(Schedules))]
    public void A_task_that_waits_says_so_before_it_ends(string scheduler)
    {
        var wait = Delayed.Function(async (int n) => { await Task.Delay(1); return n; }, "wait");
        wait(1).Compute(Options(scheduler));
        List<RunEvent> all = Read();
        int waits = all.FindIndex(one => one is RunEvent.TaskWaits { Step: "wait" }), ends = all.FindIndex(one => one is RunEvent.TaskFinished);
        Assert.InRange(waits, 2, ends - 1);
    }

    [Fact]
    public void A_computation_of_which_nobody_hears_has_the_same_result_and_one_that_is_refused_tells_nothing()
    {
        ChunkedArray<double> x = new ChunkedRandom(1).Uniform([200, 200], chunks: [50, 50]);
        Assert.Equal(x.Std(axis: 0).Compute(), x.Std(axis: 0).Compute(Options("threads(3)")));
        Assert.NotEmpty(Read());
        Assert.Throws<MemoryBudgetException>(() => x.Compute(Options("serial") with { MemoryBudget = 1000 }));
        Assert.Empty(Read());
    }

    private ComputeOptions Options(string scheduler) => new() { Scheduler = SchedulerOf(scheduler), Events = _events };

    private static Scheduler SchedulerOf(string name) => name switch
    {
        "serial" => Schedulers.Serial,
        "threads(1)" => Schedulers.Threads(1),
        _ => Schedulers.Threads(3),
    };

    private List<RunEvent> Read()
    {
        var all = new List<RunEvent>();
        while (_events.TryRead(out RunEvent? happened))
            all.Add(happened);
        return all;
    }
}
