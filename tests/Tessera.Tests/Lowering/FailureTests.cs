using System.Diagnostics;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Lowering;

public class FailureTests
{
    private static readonly Shape Chunk = [1, 1024, 1024];

    public static TheoryData<string> SchedulerNames => ["serial", "threads"];

    [Theory]
    [MemberData(nameof(SchedulerNames))]
    public void A_failure_says_operation_region_and_cause_and_stops_the_run(string scheduler)
    {
        ArraySource source = Failing(() => new InvalidDataException("frame 3 is damaged"));
        var error = Assert.Throws<ComputationException>(() =>
            (ChunkedArray.FromSource<int>(source) + 1).Max(axis: 0).Mean().Compute(Options(scheduler)));
        Assert.Contains("max over axis 0", error.Operation);
        Assert.Contains("array source", error.Operation);
        Assert.StartsWith("[", error.Block);
        Assert.IsType<InvalidDataException>(error.InnerException);
        Assert.Contains("frame 3 is damaged", error.Message);
        Assert.InRange(source.Reads.Count, 4, 5);
    }

    [Fact]
    public void A_failure_interrupts_what_the_other_workers_are_in_the_middle_of()
    {
        using var both = new Barrier(2);
        int reads = 0;
        bool interrupted = false;
        ArraySource source = new(ArraySource.OfZeros([64, 1024, 1024], Chunk).Elements, Chunk)
        {
            Waiting = cancellation =>
            {
                int read = Interlocked.Increment(ref reads);
                Assert.True(read > 2 || both.SignalAndWait(30_000, CancellationToken.None));
                if (read == 1)
                    throw new InvalidDataException("frame 1 is damaged");
                interrupted = cancellation.WaitHandle.WaitOne(30_000);
                cancellation.ThrowIfCancellationRequested();
            },
        };
        var error = Assert.Throws<ComputationException>(() => ChunkedArray.FromSource<int>(source).Sum().Compute(Options("threads")));
        Assert.Contains("frame 1 is damaged", error.Message);
        Assert.True(interrupted);
        Assert.Equal(2, source.Reads.Count);
    }

    [Theory]
    [MemberData(nameof(SchedulerNames))]
    public void A_cancelled_run_stops_within_a_task(string scheduler)
    {
        using var cancel = new CancellationTokenSource();
        ArraySource source = new(ArraySource.OfZeros([64, 1024, 1024], Chunk).Elements, Chunk) { Reading = _ => cancel.Cancel() };
        var watch = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            ChunkedArray.FromSource<int>(source).Sum().Compute(Options(scheduler) with { Cancellation = cancel.Token }));
        Assert.InRange(source.Reads.Count, 1, 4);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_run_that_is_cancelled_already_reads_nothing()
    {
        ArraySource source = ArraySource.OfInts([4], [1]);
        var options = new ComputeOptions { Cancellation = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => ChunkedArray.FromSource<int>(source).Compute(options));
        Assert.Empty(source.Reads);
    }

    /// <summary>A source's own timeout is a failure; only the caller's token cancels.</summary>
    [Theory]
    [MemberData(nameof(SchedulerNames))]
    public void A_source_that_gives_up_by_itself_has_failed(string scheduler)
    {
        ArraySource source = Failing(() => new TaskCanceledException("the server did not answer"));
        var error = Assert.Throws<ComputationException>(() => ChunkedArray.FromSource<int>(source).Sum().Compute(Options(scheduler)));
        Assert.IsType<TaskCanceledException>(error.InnerException);
    }

    [Fact]
    public void A_function_that_throws_is_the_inner_exception()
    {
        ChunkedArray<int> x = ChunkedArray.FromFunction(index => index[0] == 7 ? throw new FormatException("seven") : 1, [10]);
        Assert.IsType<FormatException>(Assert.Throws<ComputationException>(() => x.Sum().Compute()).InnerException);
        Assert.Equal(3, x[..3].Sum().Compute());
    }

    [Fact]
    public async Task Asynchronous_computing_fails_and_answers_alike()
    {
        ChunkedArray<int> x = ChunkedArray.FromFunction(index => index[0] == 7 ? throw new FormatException("seven") : 1, [10]);
        await Assert.ThrowsAsync<ComputationException>(() => x.ComputeAsync());
        await Assert.ThrowsAsync<ComputationException>(() => x.Sum().ComputeAsync());
        await Assert.ThrowsAsync<ComputationException>(() => x.PersistAsync());
        Assert.Equal(7, await x[..7].Sum().ComputeAsync());
        Assert.Equal([1, 1], await (await x[..2].PersistAsync()).ComputeAsync());
    }

    [Fact]
    public void Progress_counts_tasks_and_bytes_to_the_end()
    {
        ArraySource source = ArraySource.OfZeros([40, 256, 1024], [1, 256, 1024]);
        var reports = new Reports();
        (ChunkedArray.FromSource<int>(source) + 1).Compute(new ComputeOptions { Progress = reports });
        RunProgress last = reports.All[^1];
        Assert.True(last.IsFinal);
        Assert.Equal(1, last.Fraction);
        Assert.Equal(source.Shape.Length * sizeof(int), last.BytesRead);
        Assert.InRange(last.TasksTotal, 2, 40);
        Assert.Equal(reports.All.Select(report => report.TasksDone).Order(), reports.All.Select(report => report.TasksDone));
        Assert.Single(reports.All, report => report.IsFinal);
    }

    private static ComputeOptions Options(string scheduler) =>
        new() { Scheduler = scheduler == "serial" ? Schedulers.Serial : Schedulers.Threads(2) };

    private static ArraySource Failing(Func<Exception> error)
    {
        int reads = 0;
        return new(ArraySource.OfZeros([64, 1024, 1024], Chunk).Elements, Chunk)
        {
            Reading = _ =>
            {
                if (Interlocked.Increment(ref reads) == 4)
                    throw error();
            },

            // From then on reads are slow, so that their number says whether the run stopped.
            Waiting = cancellation => cancellation.WaitHandle.WaitOne(Volatile.Read(ref reads) < 4 ? 0 : 30_000),
        };
    }

    private sealed class Reports : IProgress<RunProgress>
    {
        public List<RunProgress> All { get; } = [];

        public void Report(RunProgress value) => All.Add(value);
    }
}
