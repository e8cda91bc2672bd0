using System.Runtime.CompilerServices;
using Tessera.Memory;
using Tessera.Scheduling;
using Tessera.Tests.Graphs;
using Tessera.Tests.Pools;

namespace Tessera.Tests.Scheduling;

public class ConcurrentRunTests
{
    [Fact]
    public void Runs_within_tasks_of_runs_come_to_an_end()
    {
        Scheduler scheduler = Schedulers.Threads(3);
        int leaves = 0;
        Nest(depth: 4);
        Assert.Equal(6 * 6 * 6 * 6, leaves);

        void Nest(int depth) => scheduler.Run(SchedulerTests.Independent(6), new LambdaWork(_ =>
        {
            if (depth == 1)
                Interlocked.Increment(ref leaves);
            else
                Nest(depth - 1);
        }), SchedulerTests.Unlimited());
    }

    [Fact]
    public async Task Runs_from_every_thread_of_a_busy_pool_come_to_an_end()
    {
        Scheduler scheduler = Schedulers.Threads(4);
        Task[] runs = [.. Enumerable.Range(0, 64).Select(seed => Task.Run(() =>
        {
            TaskGraph graph = RandomGraphs.Make(300, seed);
            var budget = new MemoryBudget(200);
            var work = new CheckedWork(graph, budget, scheduler.Workers);
            scheduler.Run(graph, work, new TaskRun(budget));
            Assert.Equal((300, 0L), (work.TasksDone, budget.Reserved));
        }, TestContext.Current.CancellationToken))];
        await Task.WhenAll(runs).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_failure_in_one_run_leaves_the_others_alone()
    {
        Scheduler scheduler = Schedulers.Threads(2);
        int done = 0;
        Parallel.For(0, 16, i =>
        {
            var work = new LambdaWork(task =>
            {
                if (i % 2 == 0 && task == 50)
                    throw new InvalidDataException("broken");
                Interlocked.Add(ref done, i % 2);
            });
            if (i % 2 == 0)
                Assert.Throws<InvalidDataException>(() => scheduler.Run(SchedulerTests.Independent(100), work, SchedulerTests.Unlimited()));
            else
                scheduler.Run(SchedulerTests.Independent(100), work, SchedulerTests.Unlimited());
        });
        Assert.Equal(800, done);
    }

    [Fact]
    public void Thousands_of_short_runs_in_a_row_find_their_workers_again()
    {
        Scheduler scheduler = Schedulers.Threads(2);
        for (int seed = 0; seed < 5000; seed++)
        {
            int tasks = 1 + seed % 9;
            int done = 0;
            var work = new LambdaWork(_ => Interlocked.Increment(ref done));
            scheduler.Run(SchedulerTests.Independent(tasks), work, SchedulerTests.Unlimited());
            Assert.Equal(tasks, done);
        }
    }

    [Fact]
    public void A_run_holds_its_work_no_longer_than_it_takes()
    {
        // Otherwise a sleeping thread would keep the blocks and arrays of the last run alive.
        WeakReference work = RunAndForget();
        Marks.AwaitCollection(work);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunAndForget()
    {
        using var both = new Barrier(2);
        var work = new LambdaWork(_ => both.SignalAndWait(30_000, TestContext.Current.CancellationToken));
        Schedulers.Threads(2).Run(SchedulerTests.Independent(2), work, SchedulerTests.Unlimited());
        return new WeakReference(work);
    }
}
