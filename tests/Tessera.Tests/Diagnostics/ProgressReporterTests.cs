using Tessera.Diagnostics;
using Tessera.Memory;
using Tessera.Scheduling;
using Tessera.Tests.Scheduling;

namespace Tessera.Tests.Diagnostics;

public class ProgressReporterTests
{
    [Theory, InlineData(1), InlineData(4)]
    public void Reports_come_one_at_a_time_never_go_back_and_end_with_all_tasks(int workers)
    {
        var reports = new Recorder();
        var time = new ManualTime();
        var run = new TaskRun(new MemoryBudget(0), new ProgressReporter(reports, time), time: time);
        Schedulers.Threads(workers).Run(SchedulerTests.Independent(5000), new LambdaWork((task, worker) =>
        {
            run.Observer!.BytesRead(task, worker, 10, 20);
            time.Advance(0.01);
        }), run);

        Assert.Equal((0, 5000, false), (reports.All[0].TasksDone, reports.All[0].TasksTotal, reports.All[0].IsFinal));
        Assert.Equal(new RunProgress(5000, 5000, TimeSpan.FromSeconds(50), 50_000, IsFinal: true), reports.All[^1]);
        Assert.Equal(1, reports.All[^1].Fraction);
        Assert.InRange(reports.All.Count, 3, 502); // 50 s, ten a second, and the first and the last
        Assert.Single(reports.All, r => r.IsFinal);
        foreach ((RunProgress earlier, RunProgress later) in reports.All.Zip(reports.All.Skip(1)))
            Assert.True(earlier.TasksDone <= later.TasksDone && earlier.Elapsed <= later.Elapsed && earlier.BytesRead <= later.BytesRead);
    }

    [Fact]
    public void Between_two_reports_lies_a_tenth_of_a_second()
    {
        var reports = new Recorder();
        var time = new ManualTime();
        var reporter = new ProgressReporter(reports, time);
        reporter.RunStarted(100, time.GetTimestamp());
        for (int task = 0; task < 100; task++)
        {
            time.Advance(0.03);
            reporter.TaskFinished(task, 0, 0, 0);
        }

        reporter.RunFinished(null, time.GetTimestamp());
        Assert.Equal([0, 4, 8, 12], reports.All.Take(4).Select(r => r.TasksDone));
        Assert.Equal([0, 0.12, 0.24, 0.36], reports.All.Take(4).Select(r => r.Elapsed.TotalSeconds));
        Assert.Equal(27, reports.All.Count);
    }

    [Fact]
    public void A_run_that_fails_ends_with_a_final_report_short_of_all_tasks()
    {
        var reports = new Recorder();
        var time = new ManualTime();
        var run = new TaskRun(new MemoryBudget(0), new ProgressReporter(reports, time), time: time);
        Assert.Throws<InvalidDataException>(() => Schedulers.Serial.Run(SchedulerTests.Independent(10), new LambdaWork(task =>
        {
            if (task == 4)
                throw new InvalidDataException("broken");
        }), run));
        Assert.Equal((4, true), (reports.All[^1].TasksDone, reports.All[^1].IsFinal));
    }

    [Fact]
    public void The_rest_is_estimated_from_the_pace_so_far()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), new RunProgress(25, 100, TimeSpan.FromSeconds(10), 0, false).Remaining);
        Assert.Null(new RunProgress(0, 100, TimeSpan.FromSeconds(10), 0, false).Remaining);
        Assert.Equal(TimeSpan.Zero, new RunProgress(0, 0, TimeSpan.FromSeconds(1), 0, true).Remaining);
        Assert.Equal(1, new RunProgress(0, 0, default, 0, true).Fraction);
    }

    private sealed class Recorder : IProgress<RunProgress>
    {
        private int _inside;

        public List<RunProgress> All { get; } = [];

        public void Report(RunProgress value)
        {
            Assert.Equal(1, Interlocked.Increment(ref _inside));
            All.Add(value);
            Interlocked.Decrement(ref _inside);
        }
    }
}
