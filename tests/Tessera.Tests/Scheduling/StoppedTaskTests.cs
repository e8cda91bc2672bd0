using System.Diagnostics;
using Tessera.Tests.Pools;

namespace Tessera.Tests.Scheduling;

/// <summary>Tasks in worker processes whose run is stopped: what they do about it is no danger to the process, and nothing is begun for them any more.</summary>
public sealed class StoppedTaskTests : IDisposable
{
    private readonly WorkerPool _pool = WorkerPool.Processes(1);
    private readonly Marks _marks = new();

    public void Dispose()
    {
        _pool.Dispose();
        _marks.Dispose();
    }

    private async Task Cancelled(Delayed<int> value)
    {
        using var stop = new CancellationTokenSource();
        Task<int> run = value.ComputeAsync(new ComputeOptions { Scheduler = Schedulers.Processes(_pool), Cancellation = stop.Token });
        _marks.Await("begun");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task A_callback_that_throws_when_the_token_fires_ends_no_process()
    {
        int process = _pool.Map(_ => Environment.ProcessId, [0]).Single();
        var wait = Delayed.Function((Marks told, CancellationToken token) =>
        {
            token.Register(() => throw new InvalidOperationException("The callback failed."));
            told.Make("begun");
            token.WaitHandle.WaitOne();
            Thread.Sleep(100); // the callback throws in the meantime
            token.ThrowIfCancellationRequested();
            return 1;
        });
        await Cancelled(wait(_marks, Delayed.Cancellation));
        Assert.Equal(process, _pool.Map(_ => Environment.ProcessId, [0]).Single());
    }

    [Fact]
    public async Task A_task_whose_process_dies_when_the_run_stops_is_not_done_again()
    {
        var die = Delayed.Function((Marks told, CancellationToken token) =>
        {
            if (!told.Make("begun"))
                told.Make("begun again");
            token.WaitHandle.WaitOne();
            Process.GetCurrentProcess().Kill();
            return 1;
        });
        await Cancelled(die(_marks, Delayed.Cancellation));
        Assert.False(_marks.Has("begun again"), "A second process was given the task.");
    }
}
