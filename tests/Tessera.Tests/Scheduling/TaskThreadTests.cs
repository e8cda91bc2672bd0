using Tessera.Tests.Storage;

namespace Tessera.Tests.Scheduling;

[Trait("Scheduler", "threads")] // it looks at threads of this process
public class TaskThreadTests
{
    public static TheoryData<string> All => ["serial", "threads(1)", "threads(3)"];

    [Theory, MemberData(nameof(All))]
    public async Task Functions_sources_and_sinks_are_within_a_task_and_nothing_else_is(string scheduler)
    {
        var options = new ComputeOptions { Scheduler = SchedulerOf(scheduler) };
        var look = Delayed.Function((int _) => Schedulers.IsWithinTask);
        Assert.False(Schedulers.IsWithinTask);
        Assert.All(Delayed.Compute(Enumerable.Range(0, 100).Select(i => look(i)), options), Assert.True);
        Assert.All(await Delayed.ComputeAsync(Enumerable.Range(0, 100).Select(i => look(i)), options), Assert.True);

        var sink = new ArraySink([5]) { Writing = _ => Assert.True(Schedulers.IsWithinTask) };
        ChunkedArray.FromFunction(_ => Schedulers.IsWithinTask ? 1 : 0, [100]).Save(sink, options);
        Assert.Equal(100, sink.Elements.Sum());
        Assert.False(Schedulers.IsWithinTask);
    }

    [Theory, MemberData(nameof(All))]
    public void A_computation_within_a_task_leaves_it_within_and_a_failure_leaves_nothing(string scheduler)
    {
        var options = new ComputeOptions { Scheduler = SchedulerOf(scheduler) };
        var inner = Delayed.Function((int n) => n);
        var outer = Delayed.Function((int n) => inner(n).Compute(options) == n && Schedulers.IsWithinTask);
        Assert.True(outer(1).Compute(options));
        var fail = Delayed.Function((int n) => n > 0 ? throw new FormatException() : n);
        Assert.Throws<ComputationException>(() => Delayed.Compute([fail(1), fail(2)], options));
        Assert.False(Schedulers.IsWithinTask);
    }

    private static Scheduler SchedulerOf(string name) => name switch
    {
        "serial" => Schedulers.Serial,
        "threads(1)" => Schedulers.Threads(1),
        _ => Schedulers.Threads(3),
    };
}
