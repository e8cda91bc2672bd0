using Tessera.Diagnostics;

namespace Tessera.Tests.Diagnostics;

public class DetachedProgressTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly List<string> _warnings = [];

    [Fact]
    public void Reports_are_heard_in_order_and_the_last_before_the_run_goes_on()
    {
        var heard = new List<int>();
        var progress = new DetachedProgress(new Reader(report => heard.Add(report.TasksDone)), _warnings.Add, Long);
        for (int done = 0; done < 10; done++)
            progress.Report(At(done, isFinal: done == 9));
        Assert.Equal(Enumerable.Range(0, 10), heard);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_reader_that_never_comes_back_holds_nobody_up_and_misses_the_oldest()
    {
        using var go = new ManualResetEventSlim();
        using var done = new ManualResetEventSlim();
        var heard = new List<int>();
        var progress = new DetachedProgress(
            new Reader(report =>
            {
                heard.Add(report.TasksDone);
                if (heard.Count == 1)
                    Assert.True(go.Wait(Long));
                if (report.IsFinal)
                    done.Set();
            }),
            _warnings.Add,
            TimeSpan.FromMilliseconds(1));
        progress.Report(At(0));
        while (heard.Count == 0)
            Thread.Yield();
        for (int count = 1; count <= 100; count++)
            progress.Report(At(count, isFinal: count == 100)); // comes back, though nobody listens

        go.Set();
        Assert.True(done.Wait(Long, TestContext.Current.CancellationToken));
        Assert.Equal([0, .. Enumerable.Range(37, 64)], heard);
    }

    [Fact]
    public void A_reader_that_throws_is_told_no_more_and_that_is_a_warning()
    {
        int heard = 0;
        var progress = new DetachedProgress(
            new Reader(_ =>
            {
                heard++;
                throw new FormatException("no bar");
            }),
            _warnings.Add,
            Long);
        for (int done = 0; done < 10; done++)
            progress.Report(At(done));
        progress.Report(At(10, isFinal: true));
        Assert.Equal(1, heard);
        Assert.Contains("no bar", Assert.Single(_warnings));
    }

    [Fact]
    public void A_computation_whose_progress_throws_has_its_result()
    {
        var options = new ComputeOptions { Progress = new Reader(_ => throw new FormatException("no bar")), Warning = _warnings.Add };
        Assert.Equal(4950, ChunkedArray.Arange(100, chunks: [10]).Sum().Compute(options));
        Assert.Contains("no bar", Assert.Single(_warnings, warning => warning.Contains("progress", StringComparison.Ordinal)));
        Assert.Equal(4950, ChunkedArray.Arange(100).Sum().Compute(options with { Warning = _ => throw new FormatException("no warning either") }));
    }

    private static RunProgress At(int done, bool isFinal = false) => new(done, 100, TimeSpan.FromSeconds(done), 0, isFinal);

    [Fact]
    public void A_computation_whose_warnings_are_taken_by_what_throws_has_its_result()
    {
        var options = new ComputeOptions { Warning = _ => throw new InvalidOperationException("taken badly") };
        options.Tell("Something is slow.");
        Assert.Equal(6, ChunkedArray.From([1, 2, 3]).Sum().Compute(options));
    }

    private sealed class Reader(Action<RunProgress> read) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => read(value);
    }
}
