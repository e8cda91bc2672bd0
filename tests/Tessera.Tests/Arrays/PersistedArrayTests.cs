using Tessera.Memory;
using Tessera.Tests.Expressions;
using Tessera.Tests.Memory;
using Tessera.Tests.Serialization;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Arrays;

[Collection(nameof(Alone))]
[Trait("Scheduler", "threads")] // what is persisted, and who waits for whom, is in this process
public class PersistedArrayTests
{
    [Fact]
    public void Disposing_gives_the_memory_back_at_once()
    {
        long before = SettledBytes();
        using (PersistedArray<double> x = ChunkedArray.Full(2.0, [1000, 1000]).Persist())
        {
            Assert.True(BlockPool.Shared.RentedBytes - before >= x.Bytes);
            Assert.Equal(2e6, x.Sum().Compute());
        }

        Assert.Equal(before, BlockPool.Shared.RentedBytes);
    }

    [Fact]
    public void Whatever_needs_what_was_disposed_of_says_so_by_name()
    {
        PersistedArray<int> x = ChunkedArray.Arange(12).Persist();
        ChunkedArray<int> reshaped = x.Reshape(3, 4), built = reshaped.Transpose() + 1;
        LazyScalar<int> largest = x.Max();
        Delayed<int> call = Delayed.Function((int n) => n + 1)(largest.ToDelayed());
        Assert.Equal((11, 12), (largest.Compute(), call.Compute()));
        x.Dispose();
        x.Dispose();
        foreach (Func<object> use in new Func<object>[]
        {
            () => x.Compute(), () => reshaped.Compute(), () => built.Compute(), () => largest.Compute(), () => call.Compute(), () => built.Persist(),
            () => built[0].ComputeAsync().GetAwaiter().GetResult(), () => x.ToDelayed()[0].Compute(), () => ChunkedArray.Concatenate([x, x]).Sum().Compute(),
            () => x.Compute(new ComputeOptions { Optimize = false }),
        })
        {
            ObjectDisposedException failure = Assert.Throws<ObjectDisposedException>(use);
            Assert.Equal("persisted int (12)", failure.ObjectName.Replace(",)", ")"));
        }

        Assert.Equal([3, 4], reshaped.Shape.ToArray());
        Assert.Contains("persisted int", built.Explain());
    }

    [Fact]
    public void What_doesnt_need_it_is_computed_as_before()
    {
        PersistedArray<int> x = ChunkedArray.Arange(12).Persist();
        using PersistedArray<int> y = (x + 1).Persist();
        ChunkedArray<int> first = x[..0];
        x.Dispose();
        Assert.Equal(78, y.Sum().Compute());
        Assert.Throws<ObjectDisposedException>(() => first.Compute());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_computation_under_way_ends_with_the_memory_it_began_with(bool onAnotherThread)
    {
        long before = SettledBytes();
        PersistedArray<int> x = ChunkedArray.Full(3, [200_000]).Persist();
        using var begun = new ManualResetEventSlim();
        using var disposed = new ManualResetEventSlim();
        ChunkedArray<int> slow = ChunkedArray.FromSource<int>(new ArraySource(Elements.OfBits(ElementType.Int32, [200_000], new long[200_000]), [200_000])
        {
            Reading = _ =>
            {
                begun.Set();
                disposed.Wait();
            },
        });
        Task<long> sum = Task.Run(() => (slow + x).Sum().Compute(), TestContext.Current.CancellationToken);
        Assert.True(begun.Wait(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), "The source is read.");
        if (onAnotherThread)
            await Task.Run(x.Dispose, TestContext.Current.CancellationToken);
        else
            x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x.Sum().Compute());
        Assert.True(BlockPool.Shared.RentedBytes > before);
        disposed.Set();
        Assert.Equal(600_000, await sum);
        Assert.Equal(before, BlockPool.Shared.RentedBytes);
    }

    [Fact]
    public async Task Disposing_at_any_moment_gives_the_right_sum_or_says_so()
    {
        long before = SettledBytes();
        int computed = 0, refused = 0;
        for (int turn = 0; turn < 300; turn++)
        {
            PersistedArray<int> x = ChunkedArray.Full(7, [50_000]).Persist();
            LazyScalar<long> sum = x.Sum();
            Task<long> compute = Task.Run(() => sum.Compute(), TestContext.Current.CancellationToken);
            Thread.SpinWait(turn * 100);
            x.Dispose();
            try
            {
                Assert.Equal(350_000, await compute);
                computed++;
            }
            catch (ObjectDisposedException)
            {
                refused++;
            }
        }

        Assert.Equal(300, computed + refused);
        Assert.Equal(before, BlockPool.Shared.RentedBytes);
    }

    [Fact]
    public void It_mixes_with_other_arrays_and_travels_as_they_do()
    {
        using PersistedArray<double> x = ChunkedArray.Arange(6.0).Persist();
        ChunkedArray<double> either = x.Length > 5 ? x : x + 1;
        Assert.Equal(30, ((x * 2) + x[Slice.Reverse] - either).Sum().Compute());
        PersistedArray<double> there = RoundTrip.Of(x);
        Assert.Equal(15, there.Sum().Compute());
        there.Dispose(); // of memory that the garbage collector has: nothing to do
        Assert.Equal(15, there.Sum().Compute());
        Assert.Equal(15, x.Sum().Compute());
    }

    [Fact]
    public void Worker_processes_read_it_until_it_is_disposed_of()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        var options = new ComputeOptions { Scheduler = Schedulers.Processes(pool) };
        PersistedArray<double> x = ChunkedArray.Arange(100_000.0).Persist();
        Assert.Equal(4_999_950_000, x.Sum().Compute(options));
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x.Sum().Compute(options));
    }

    /// <summary>What is rented once the arrays that tests before this one dropped are gone.</summary>
    private static long SettledBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return BlockPool.Shared.RentedBytes;
    }
}
