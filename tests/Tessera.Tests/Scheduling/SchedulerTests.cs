using Tessera.Graphs;
using Tessera.Memory;
using Tessera.Scheduling;
using Tessera.Tests.Graphs;

namespace Tessera.Tests.Scheduling;

public class SchedulerTests
{
    private static readonly Scheduler[] All =
        [Schedulers.Serial, .. new[] { 1, 2, 3, 16 }.Select(workers => Schedulers.Threads(workers)), Schedulers.Default];

    public static TheoryData<int> Choices => [.. Enumerable.Range(0, All.Length)];

    [Theory, MemberData(nameof(Choices))]
    public void Every_task_runs_once_after_all_that_it_depends_on(int choice)
    {
        Scheduler scheduler = All[choice];
        for (int seed = 0; seed < 60; seed++)
        {
            TaskGraph graph = RandomGraphs.Make(tasks: 1 + seed * 7, seed);
            var budget = new MemoryBudget(long.MaxValue);
            var work = new CheckedWork(graph, budget, scheduler.Workers);
            scheduler.Run(graph, work, new TaskRun(budget));
            Assert.Equal(graph.Count, work.TasksDone);
            Assert.InRange(work.MostAtOnce, 1, scheduler.Workers);
            Assert.Equal(0, budget.Reserved);
        }
    }

    [Theory, MemberData(nameof(Choices))]
    public void A_graph_of_many_tasks_is_done_to_the_last(int choice)
    {
        TaskGraph graph = RandomGraphs.Make(tasks: 60_000, seed: 5);
        int done = 0;
        All[choice].Run(graph, new LambdaWork(_ => Interlocked.Increment(ref done)), new TaskRun(new MemoryBudget(long.MaxValue)));
        Assert.Equal(60_000, done);
    }

    [Theory, MemberData(nameof(Choices))]
    public void Nothing_to_do_is_soon_done(int choice) =>
        All[choice].Run(Independent(0), new LambdaWork(_ => Assert.Fail("There is no task.")), Unlimited());

    [Fact]
    public void One_worker_takes_the_tasks_in_order_on_the_calling_thread()
    {
        foreach (Scheduler scheduler in new[] { Schedulers.Serial, Schedulers.Threads(1) })
        {
            TaskGraph graph = RandomGraphs.Make(100, seed: 3);
            int caller = Environment.CurrentManagedThreadId;
            var order = new List<int>();
            scheduler.Run(graph, new LambdaWork((task, worker) =>
            {
                Assert.Equal((caller, 0), (Environment.CurrentManagedThreadId, worker));
                order.Add(task);
            }), new TaskRun(new MemoryBudget(0)));
            Assert.Equal(Enumerable.Range(0, 100), order);
        }
    }

    [Fact]
    public void Workers_run_at_the_same_time()
    {
        // Each of three tasks waits for the other two to have begun.
        using var together = new Barrier(3);
        var work = new LambdaWork(_ => Assert.True(together.SignalAndWait(30_000, TestContext.Current.CancellationToken)));
        Schedulers.Threads(3).Run(Independent(3), work, Unlimited());
    }

    [Fact]
    public void Of_the_tasks_that_are_ready_the_lowest_goes_first()
    {
        // When a task begins, all lower ones have begun, but for those that the other worker holds in its hand: one.
        bool[] begun = new bool[200];
        int mostMissing = 0;
        Schedulers.Threads(2).Run(Independent(begun.Length), new LambdaWork(task =>
        {
            lock (begun)
            {
                begun[task] = true;
                mostMissing = Math.Max(mostMissing, begun.AsSpan(0, task).Count(false));
            }

            Thread.Sleep(1); // not brief: tasks are handed out one by one
        }), Unlimited());
        Assert.InRange(mostMissing, 0, 1);
    }

    [Fact]
    public void A_scheduler_says_its_name_and_refuses_to_have_no_workers()
    {
        Scheduler three = Schedulers.Threads(3);
        Assert.Equal(("serial", "threads(3)", 3), (Schedulers.Serial.Name, three.ToString(), three.Workers));
        Assert.Same(Schedulers.Default, Schedulers.Threads());
        Assert.Equal(Environment.ProcessorCount, Schedulers.Default.Workers);
        Assert.Contains("0 workers", Assert.Throws<ArgumentOutOfRangeException>(() => Schedulers.Threads(0)).Message);
    }

    internal static TaskGraph Independent(int tasks, long bytes = 0)
    {
        var builder = new TaskGraphBuilder();
        for (int i = 0; i < tasks; i++)
            builder.Add(bytes, []);
        return builder.Build();
    }

    internal static TaskRun Unlimited() => new(new MemoryBudget(long.MaxValue));
}
