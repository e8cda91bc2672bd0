using Tessera.Memory;
using Tessera.Tests.Memory;

namespace Tessera.Tests.Delaying;

[Collection(nameof(Alone))] // it looks at the pool of the process
public class FailedCallTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(5)]
    public void A_failing_call_among_thousands_stops_the_rest_and_is_named(int workers)
    {
        int called = 0;
        var load = Delayed.Function((string name) =>
        {
            Interlocked.Increment(ref called);
            Thread.Sleep(1);
            return name == "frame0017.tif" ? throw new FileNotFoundException("It is gone.") : name.Length;
        }, "load");
        var sum = Delayed.Function((IReadOnlyList<int> lengths) => lengths.Sum());
        Delayed<int> total = sum(Delayed.WhenAll(Enumerable.Range(0, 20_000).Select(i => load($"frame{i:D4}.tif"))));
        var error = Assert.Throws<ComputationException>(() => total.Compute(new ComputeOptions { Scheduler = Schedulers.Threads(workers) }));
        Assert.IsType<FileNotFoundException>(error.InnerException);
        Assert.Equal("load(\"frame0017.tif\")", error.Operation);
        Assert.StartsWith("FailedCallTests.cs:", error.CallSite);
        Assert.StartsWith("The computation failed: It is gone. While computing load(\"frame0017.tif\"), called at FailedCallTests.cs:", error.Message);
        Assert.InRange(called, 18, 15_000); // some 20; but a busy machine may let the others go on before the failure is seen
        Assert.Equal(0, BlockPool.Shared.RunBytes);
    }

    [Fact]
    public void An_asynchronous_failure_ends_the_run_without_waiting_for_the_others()
    {
        var never = new TaskCompletionSource<int>();
        var wait = Delayed.Function((int n) => n == 500 ? Fail() : never.Task);
        Delayed<int>[] all = [.. Enumerable.Range(0, 1000).Select(i => wait(i))];
        var error = Assert.Throws<ComputationException>(() => Delayed.Compute(all, new ComputeOptions { Scheduler = Schedulers.Threads(2) }));
        Assert.IsType<TimeoutException>(error.InnerException);
        Assert.Contains("(500)", error.Operation);

        static async Task<int> Fail()
        {
            await Task.Delay(10);
            throw new TimeoutException("No answer.");
        }
    }

    [Theory, InlineData(1), InlineData(3)]
    public void Cancelling_ends_waiting_calls_too(int workers)
    {
        using var source = new CancellationTokenSource();
        var never = new TaskCompletionSource<int>();
        var wait = Delayed.Function((int n) =>
        {
            if (n == 20 || workers == 1)
                source.CancelAfter(10);
            return never.Task;
        });
        Delayed<int>[] all = [.. Enumerable.Range(0, 100).Select(i => wait(i))];
        var options = new ComputeOptions { Scheduler = workers == 1 ? Schedulers.Serial : Schedulers.Threads(workers), Cancellation = source.Token };
        var cancelled = Assert.ThrowsAny<OperationCanceledException>(() => Delayed.Compute(all, options));
        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    [Theory, InlineData(1), InlineData(3)]
    public async Task A_cancelled_call_that_heeds_the_token_ends_the_run_as_cancelled(int workers)
    {
        var wait = Delayed.Function(async (int n, CancellationToken stop) => { await Task.Delay(Timeout.Infinite, stop); return n; });
        for (int round = 0; round < 50; round++)
        {
            using var source = new CancellationTokenSource();
            var options = new ComputeOptions { Scheduler = Schedulers.Threads(workers), Cancellation = source.Token };
            Task<int[]> all = Delayed.ComputeAsync([wait(1, Delayed.Cancellation), wait(2, Delayed.Cancellation)], options);
            source.CancelAfter(1);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all);
        }
    }

    [Fact]
    public void Blocks_and_delivered_frames_are_let_go_when_a_call_fails_among_them()
    {
        var load = Delayed.Function(async (int n) => { await Task.Delay(n % 3); return n == 60 ? throw new IOException("gone") : new double[512 * 512]; }, "load");
        ChunkedArray<double> stack = ChunkedArray.Stack(Enumerable.Range(0, 100).Select(i => ChunkedArray.FromDelayed(load(i), [512, 512])));
        var error = Assert.Throws<ComputationException>(() => stack.Std(axis: 0).Max().Compute());
        Assert.Equal("load(60)", error.Operation);
        Assert.Equal(0, BlockPool.Shared.RunBytes);
    }

    [Fact]
    public void Blocks_of_arrays_are_back_when_a_call_between_them_fails()
    {
        ChunkedArray<double> x = new ChunkedRandom(1).Uniform([1000, 1000], chunks: [100, 1000]);
        var fail = Delayed.Function((double mean) => mean > 0 ? throw new ArithmeticException("too bright") : mean);
        LazyScalar<double> scaled = ChunkedArray.FromDelayed(fail(x.Mean()));
        var error = Assert.Throws<ComputationException>(() => (x.Std() * scaled).Compute());
        Assert.IsType<ArithmeticException>(error.InnerException);
        Assert.Equal(0, BlockPool.Shared.RunBytes);
    }

    [Fact]
    public void A_failure_is_told_with_what_led_to_it()
    {
        var load = Delayed.Function((int i) => i, "load");
        var filter = Delayed.Function((int image) => image == 7 ? throw new FormatException("bad pixel") : image, "filter");
        var error = Assert.Throws<ComputationException>(() => Delayed.Compute(Enumerable.Range(0, 10).Select(i => filter(load(i)))));
        Assert.Equal("filter(load(7))", error.Operation);

        // One computation within another: both calls are named.
        var outer = Delayed.Function((int n) => filter(n).Compute(), "outer");
        error = Assert.Throws<ComputationException>(() => outer(7).Compute());
        Assert.Equal("outer(7)", error.Operation);
        Assert.Equal("filter(7)", Assert.IsType<ComputationException>(error.InnerException).Operation);
    }

    [Fact]
    public void A_null_task_and_a_null_where_elements_are_promised_are_told()
    {
        var none = Delayed.Function((int n) => (Task<int>)null!);
        Assert.Contains("null instead of a task", Assert.Throws<ComputationException>(() => none(1).Compute()).Message);
        ChunkedArray<int> x = ChunkedArray.FromDelayed(Delayed.Call(() => (int[])null!), [3]);
        Assert.Contains("null where elements", Assert.Throws<ComputationException>(() => x.Compute()).Message);
    }
}
