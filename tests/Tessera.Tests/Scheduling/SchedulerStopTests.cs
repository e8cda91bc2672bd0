using Tessera.Graphs;
using Tessera.Memory;
using Tessera.Scheduling;

namespace Tessera.Tests.Scheduling;

public class SchedulerStopTests
{
    private static readonly Scheduler[] All = [Schedulers.Serial, Schedulers.Threads(2), Schedulers.Threads(5)];

    public static TheoryData<int> Choices => [.. Enumerable.Range(0, All.Length)];

    [Theory, MemberData(nameof(Choices))]
    public void A_failure_ends_the_run_soon_and_is_thrown_as_it_was_with_its_stack(int choice)
    {
        int begun = 0;
        int running = 0;
        var cause = new InvalidDataException("broken");
        var work = new LambdaWork(task =>
        {
            Interlocked.Increment(ref begun);
            Interlocked.Increment(ref running);
            Thread.Sleep(1);
            Interlocked.Decrement(ref running);
            if (task == 20)
                FailWith(cause);
        });
        var thrown = Assert.Throws<InvalidDataException>(
            () => All[choice].Run(SchedulerTests.Independent(10_000), work, SchedulerTests.Unlimited()));
        Assert.Same(cause, thrown);
        Assert.Contains(nameof(FailWith), thrown.StackTrace);
        Assert.InRange(begun, 21, 9_999); // about 26, but a busy machine may let the others run on before the failure is seen
        Assert.Equal(0, running);
    }

    [Fact]
    public void Of_several_failures_the_first_is_thrown()
    {
        using var failed = new ManualResetEventSlim();
        var work = new LambdaWork(task =>
        {
            if (task == 0)
            {
                failed.Set();
                throw new InvalidDataException("first");
            }

            failed.Wait(30_000, TestContext.Current.CancellationToken);
            Thread.Sleep(2000);
            throw new InvalidOperationException("second");
        });
        Assert.Throws<InvalidDataException>(
            () => Schedulers.Threads(2).Run(SchedulerTests.Independent(2), work, SchedulerTests.Unlimited()));
    }

    [Fact]
    public void A_run_that_failed_returns_only_when_the_other_tasks_are_done()
    {
        using var both = new Barrier(2);
        bool done = false;
        var work = new LambdaWork(task =>
        {
            Assert.True(both.SignalAndWait(30_000, TestContext.Current.CancellationToken));
            if (task == 0)
                throw new InvalidDataException("broken");
            Thread.Sleep(100);
            done = true;
        });
        Assert.Throws<InvalidDataException>(
            () => Schedulers.Threads(2).Run(SchedulerTests.Independent(2), work, SchedulerTests.Unlimited()));
        Assert.True(done);
    }

    [Theory, MemberData(nameof(Choices))]
    public void Once_the_token_fires_no_task_begins(int choice)
    {
        using var source = new CancellationTokenSource();
        int begunAfter = 0;
        int done = 0;
        bool fires = false;
        var work = new LambdaWork(task =>
        {
            if (source.IsCancellationRequested)
                Interlocked.Increment(ref begunAfter);
            if (task == 300)
            {
                Volatile.Write(ref fires, true);
                source.Cancel();
            }
            else if (Volatile.Read(ref fires))
            {
                source.Token.WaitHandle.WaitOne(30_000); // else the others might do all, were 300 interrupted here
            }

            Interlocked.Increment(ref done);
        });
        var thrown = Assert.Throws<OperationCanceledException>(
            () => All[choice].Run(SchedulerTests.Independent(100_000), work, Heeding(source.Token)));
        Assert.Equal(source.Token, thrown.CancellationToken);
        Assert.InRange(begunAfter, 0, All[choice].Workers - 1); // these had passed the check before it fired
        Assert.InRange(done, 1, 99_999);
    }

    [Theory, MemberData(nameof(Choices))]
    public void A_token_that_has_fired_lets_nothing_begin(int choice)
    {
        var fired = new CancellationToken(canceled: true);
        var work = new LambdaWork(_ => Assert.Fail("No task begins."));
        Assert.Throws<OperationCanceledException>(() => All[choice].Run(SchedulerTests.Independent(10), work, Heeding(fired)));
    }

    [Theory, MemberData(nameof(Choices))]
    public void A_task_that_heeds_the_token_counts_as_cancelled(int choice)
    {
        using var source = new CancellationTokenSource();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(source.Token);
        var work = new LambdaWork(_ =>
        {
            source.Cancel();
            linked.Token.ThrowIfCancellationRequested();
        });
        var thrown = Assert.Throws<OperationCanceledException>(
            () => All[choice].Run(SchedulerTests.Independent(2), work, Heeding(source.Token)));
        Assert.Equal(source.Token, thrown.CancellationToken);
    }

    [Theory, MemberData(nameof(Choices))]
    public void A_task_that_cancels_itself_has_failed(int choice)
    {
        var cause = new TaskCanceledException("a request timed out");
        var work = new LambdaWork(_ => FailWith(cause));
        Assert.Same(cause, Assert.Throws<TaskCanceledException>(
            () => All[choice].Run(SchedulerTests.Independent(2), work, SchedulerTests.Unlimited())));
    }

    [Theory, MemberData(nameof(Choices))]
    public void A_token_that_fires_in_the_last_task_comes_too_late(int choice)
    {
        using var source = new CancellationTokenSource();
        var builder = new TaskGraphBuilder();
        builder.Add(0, [builder.Add(0, [])]);
        var work = new LambdaWork(task =>
        {
            if (task == 1)
                source.Cancel();
        });
        All[choice].Run(builder.Build(), work, Heeding(source.Token));
        Assert.True(source.IsCancellationRequested);
    }

    private static TaskRun Heeding(CancellationToken cancellation) => new(new MemoryBudget(long.MaxValue), null, cancellation);

    private static void FailWith(Exception cause) => throw cause;
}
