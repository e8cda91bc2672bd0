using Tessera.Memory;
using Tessera.Tests.Memory;

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
