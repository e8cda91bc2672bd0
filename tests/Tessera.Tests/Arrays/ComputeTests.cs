using Tessera.Memory;
using Tessera.Tests.Memory;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Arrays;

[Collection(nameof(Alone))] // it looks at the pool of the process
public class ComputeTests
{
    [Fact]
    [Trait("Scheduler", "threads")] // the function captures a source of tokens, which belongs to this process
    public async Task A_cancelled_computation_is_a_cancelled_task()
    {
        using var stop = new CancellationTokenSource();
        var options = new ComputeOptions { Cancellation = stop.Token };
        ChunkedArray<double> stopping = ChunkedArray.FromFunction(index =>
        {
            stop.Cancel();
            return 1.0;
        }, [1000, 1000]);

        Task<double> computing = stopping.Mean().ComputeAsync(options);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => computing);
        Assert.True(computing.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping.PersistAsync(options));
    }

    /// <summary>Two hundred threads that wait would take the pool of threads minutes to make.</summary>
    [Fact]
    [Trait("Scheduler", "threads")] // the calls wait for each other, and are counted here
    public async Task Arrays_that_wait_for_calls_hold_no_thread()
    {
        const int Count = 200;
        int begun = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var wait = Delayed.Function(async (int n) =>
        {
            if (Interlocked.Increment(ref begun) == Count)
                all.SetResult(); // only then does any of them go on
            await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
            return new[] { n, n };
        });
        var sinks = new ArraySink[Count];
        Task<int>[] running = [.. Enumerable.Range(0, Count).Select(i => Compute(ChunkedArray.FromDelayed<int>(wait(i), [2]), i))];
        Assert.Equal(Enumerable.Range(0, Count).Select(i => 2 * i), await Task.WhenAll(running));

        async Task<int> Compute(ChunkedArray<int> array, int i)
        {
            switch (i % 4)
            {
                case 0:
                    return (int)await array.Sum().ComputeAsync();
                case 1:
                    return 2 * (await array.ComputeAsync())[1];
                case 2:
                    using (PersistedArray<int> kept = await array.PersistAsync())
                        return (int)kept.Sum().Compute();
                default:
                    sinks[i] = new ArraySink([2]);
                    await array.SaveAsync(sinks[i]);
                    return sinks[i].Elements.Sum();
            }
        }
    }

    [Fact]
    public void Persisted_arrays_that_nobody_holds_do_not_pile_up()
    {
        long before = BlockPool.Shared.RentedBytes, most = 0;
        for (int i = 0; i < 64; i++)
        {
            Assert.Equal(8 << 20, ChunkedArray.Ones<double>([8 << 20]).Persist().Length);
            most = Math.Max(most, BlockPool.Shared.RentedBytes - before);
        }

        Assert.InRange(most, 0, 2L << 30); // of 4 GiB in all
    }
}
