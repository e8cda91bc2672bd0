using Tessera.Memory;
using Tessera.Scheduling;
using Tessera.Tests.Graphs;

namespace Tessera.Tests.Scheduling;

/// <summary>Tasks that wait for something other than a processor, and runs without a caller.</summary>
public class WaitingTaskTests
{
    [Fact]
    public void A_task_that_waits_leaves_its_worker_to_others()
    {
        // 0 waits until all the others are done, which only one worker can do.
        var others = new TaskCompletionSource();
        int done = 0;
        var work = new WaitingWork(task =>
        {
            if (task == 0)
                return others.Task;
            if (Interlocked.Increment(ref done) == 99)
                others.SetResult();
            return null;
        });
        Schedulers.Threads(2).Run(SchedulerTests.Independent(100), work, SchedulerTests.Unlimited());
        Assert.Equal(99, done);
    }

    [Theory, InlineData(2), InlineData(5)]
    public async Task Random_graphs_of_tasks_that_wait_and_tasks_that_do_not_end(int workers)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            TaskGraph graph = RandomGraphs.Make(300, seed);
            var random = new Random(seed);
            bool[] waits = [.. Enumerable.Range(0, 300).Select(_ => random.Next(3) == 0)];
            var budget = new MemoryBudget(seed * 20);
            var work = new CheckedWork(graph, budget, workers: 600); // a task that waits is begun on one worker and ends on none
            var waiting = new WaitingWork(task =>
            {
                if (!waits[task])
                {
                    work.Execute(task, task);
                    return null;
                }

                return Later(() => work.Execute(task, 300 + task));
            });
            if (seed % 2 == 0)
                Schedulers.Threads(workers).Run(graph, waiting, new TaskRun(budget));
            else
                await Schedulers.Threads(workers).RunAsync(graph, waiting, new TaskRun(budget));
            Assert.Equal((300, 0L), (work.TasksDone, budget.Reserved));
        }
    }

    [Fact]
    public async Task A_run_without_a_caller_does_all_and_tells_its_failure()
    {
        foreach (Scheduler scheduler in new[] { Schedulers.Serial, Schedulers.Threads(1), Schedulers.Threads(3) })
        {
            int done = 0;
            await scheduler.RunAsync(SchedulerTests.Independent(500), new LambdaWork(_ => Interlocked.Increment(ref done)), SchedulerTests.Unlimited());
            Assert.Equal(500, done);
            await scheduler.RunAsync(SchedulerTests.Independent(0), new LambdaWork(_ => Assert.Fail("There is no task.")), SchedulerTests.Unlimited());
            await Assert.ThrowsAsync<InvalidDataException>(() => scheduler.RunAsync(
                SchedulerTests.Independent(500), new LambdaWork(task => { if (task == 77) throw new InvalidDataException("broken"); }), SchedulerTests.Unlimited()));
        }
    }

    [Fact]
    public async Task A_run_without_a_caller_whose_tasks_all_wait_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        int begun = 0;
        var work = new WaitingWork(_ =>
        {
            if (Interlocked.Increment(ref begun) == 50)
                source.CancelAfter(1);
            return new TaskCompletionSource().Task;
        });
        var run = new TaskRun(new MemoryBudget(long.MaxValue), null, source.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Schedulers.Threads(2).RunAsync(SchedulerTests.Independent(50), work, run));
    }

    [Fact]
    public void A_thread_with_a_synchronization_context_can_wait_for_asynchronous_tasks()
    {
        // One that never runs what it is given, as the thread of a window that waits.
        SynchronizationContext? before = SynchronizationContext.Current;
        var deaf = new DeafContext();
        SynchronizationContext.SetSynchronizationContext(deaf);
        try
        {
            foreach (Scheduler scheduler in new[] { Schedulers.Serial, Schedulers.Threads(2) })
            {
                scheduler.Run(SchedulerTests.Independent(4), new WaitingWork(_ => Yielding()), SchedulerTests.Unlimited());
                Assert.Same(deaf, SynchronizationContext.Current);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        static async Task Yielding()
        {
            await Task.Yield();
            await Task.Delay(1);
        }
    }

    private static async Task Later(Action action)
    {
        await Task.Yield();
        action();
    }

    private sealed class WaitingWork(Func<int, Task?> execute) : ITaskWork
    {
        public Task? Execute(int task, int worker) => execute(task);
    }

    private sealed class DeafContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
