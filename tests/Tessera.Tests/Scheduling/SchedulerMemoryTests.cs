using Tessera.Graphs;
using Tessera.Memory;
using Tessera.Scheduling;
using Tessera.Tests.Graphs;

namespace Tessera.Tests.Scheduling;

public class SchedulerMemoryTests
{
    [Theory, InlineData(2), InlineData(4)]
    public void Independent_tasks_that_fit_one_by_one_never_hold_more_than_the_budget(int workers)
    {
        var random = new Random(workers);
        var builder = new TaskGraphBuilder();
        for (int i = 0; i < 3000; i++)
            builder.Add(random.Next(1, 101), []);
        TaskGraph graph = builder.Build();
        var budget = new MemoryBudget(150);
        var work = new CheckedWork(graph, budget, workers, inside: _ => Assert.True(budget.Reserved <= 150));
        Schedulers.Threads(workers).Run(graph, work, new TaskRun(budget));
        Assert.Equal(3000, work.TasksDone);
        Assert.InRange(budget.Peak, 100, 150);
        Assert.Equal(0, budget.Reserved);
    }

    [Fact]
    public void A_budget_as_large_as_the_serial_order_needs_is_kept_to_by_threads()
    {
        // Pairs of reads and their sum: in order, at most three blocks are held.
        var builder = new TaskGraphBuilder();
        for (int i = 0; i < 500; i++)
            builder.Add(100, [builder.Add(100, []), builder.Add(100, [])]);
        TaskGraph graph = builder.Build();
        var budget = new MemoryBudget(300);
        var work = new CheckedWork(graph, budget, workers: 2);
        Schedulers.Threads(2).Run(graph, work, new TaskRun(budget));
        Assert.Equal(1500, work.TasksDone);
        Assert.True(budget.Peak <= 600, $"Peak {budget.Peak}"); // one forced start a worker at most
    }

    [Fact]
    public void What_can_never_fit_runs_alone()
    {
        foreach (Scheduler scheduler in new[] { Schedulers.Serial, Schedulers.Threads(3) })
        {
            TaskGraph graph = SchedulerTests.Independent(20, bytes: 1000);
            var budget = new MemoryBudget(10);
            var work = new CheckedWork(graph, budget, 3);
            scheduler.Run(graph, work, new TaskRun(budget));
            Assert.Equal((20, 1, 1000L), (work.TasksDone, work.MostAtOnce, budget.Peak));
        }
    }

    [Fact]
    public void A_small_task_never_overtakes_a_large_one_that_waits_for_memory()
    {
        // 0 holds 60 of 100; 1 needs 90 and waits; 2 to 9 would fit and must not begin before 1.
        var builder = new TaskGraphBuilder();
        builder.Add(60, []);
        builder.Add(90, []);
        for (int i = 2; i < 10; i++)
            builder.Add(5, []);
        TaskGraph graph = builder.Build();
        var budget = new MemoryBudget(100);
        bool firstDone = false;
        var work = new CheckedWork(graph, budget, workers: 3, inside: task =>
        {
            if (task == 0)
                Thread.Sleep(50);
            else
                Assert.True(Volatile.Read(ref firstDone));
            Volatile.Write(ref firstDone, true);
        });
        Schedulers.Threads(3).Run(graph, work, new TaskRun(budget));
        Assert.Equal(10, work.TasksDone);
    }

    [Fact]
    public void Random_graphs_end_under_any_budget()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            TaskGraph graph = RandomGraphs.Make(200, seed, largestBytes: 50);
            var budget = new MemoryBudget(seed * 10);
            var work = new CheckedWork(graph, budget, workers: 4);
            Schedulers.Threads(4).Run(graph, work, new TaskRun(budget));
            Assert.Equal((200, 0L), (work.TasksDone, budget.Reserved));
        }
    }

    [Fact]
    public void A_stopped_run_gives_back_what_it_reserved_for_tasks_that_never_began()
    {
        for (int round = 0; round < 50; round++)
        {
            TaskGraph graph = SchedulerTests.Independent(5000, bytes: 3);
            var budget = new MemoryBudget(long.MaxValue);
            int begun = 0;
            var work = new LambdaWork(_ =>
            {
                budget.Release(3);
                if (Interlocked.Increment(ref begun) == 1000)
                    throw new InvalidDataException("enough");
            });
            Assert.Throws<InvalidDataException>(() => Schedulers.Threads(2).Run(graph, work, new TaskRun(budget)));
            Assert.Equal(0, budget.Reserved);
        }
    }
}
