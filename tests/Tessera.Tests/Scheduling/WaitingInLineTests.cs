using System.Runtime.CompilerServices;
using Tessera.Tests.Memory;
using Tessera.Tests.Pools;

namespace Tessera.Tests.Scheduling;

/// <summary>What becomes of a run that finds every thread of the process taken by another one.</summary>
[Collection(nameof(Alone))]
public sealed class WaitingInLineTests : IDisposable
{
    // More than any other test asks for and than there are processors, so that no idle thread is left over, and none is made.
    private static readonly int Many = Math.Max(24, Environment.ProcessorCount + 1);

    private readonly ManualResetEventSlim _letGo = new();
    private readonly Task _occupier;

    public WaitingInLineTests()
    {
        using var allIn = new CountdownEvent(Many);
        _occupier = Task.Factory.StartNew(() => Schedulers.Threads(Many).Run(SchedulerTests.Independent(Many), new LambdaWork(_ =>
        {
            allIn.Signal();
            _letGo.Wait();
        }), SchedulerTests.Unlimited()), TaskCreationOptions.LongRunning);
        Assert.True(allIn.Wait(30_000));
    }

    [Fact]
    public void It_goes_on_with_its_caller_alone()
    {
        int done = 0;
        var work = new LambdaWork((_, worker) => done += worker == 0 ? 1 : 1000);
        Schedulers.Threads(2).Run(SchedulerTests.Independent(100), work, SchedulerTests.Unlimited());
        Assert.Equal(100, done);
    }

    [Fact]
    public void It_is_joined_by_a_thread_that_becomes_free_while_the_caller_is_in_a_long_task()
    {
        using var both = new Barrier(2);
        Schedulers.Threads(2).Run(SchedulerTests.Independent(2), new LambdaWork((_, worker) =>
        {
            if (worker == 0)
                _letGo.Set();
            Assert.True(both.SignalAndWait(30_000, TestContext.Current.CancellationToken));
        }), SchedulerTests.Unlimited());
    }

    [Fact]
    public void Once_over_it_is_forgotten_though_still_in_line()
    {
        WeakReference work = RunAndForget();
        Marks.AwaitCollection(work);
    }

    public void Dispose()
    {
        _letGo.Set();
        Assert.True(((IAsyncResult)_occupier).AsyncWaitHandle.WaitOne(30_000));
        _letGo.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunAndForget()
    {
        var work = new LambdaWork(_ => { });
        Schedulers.Threads(2).Run(SchedulerTests.Independent(100), work, SchedulerTests.Unlimited());
        return new WeakReference(work);
    }
}
