using Tessera.Graphs;
using Tessera.Tests.Diagnostics;

namespace Tessera.Tests.Graphs;

/// <summary>The table of a run that is made up: its times are those of a clock that the test moves.</summary>
public class ProfileTableTests
{
    [Fact]
    public void A_run_is_told_in_two_tables_the_dearest_step_first() => Assert.Equal(
        """
        4 of 5 tasks in 2.0 s on threads(2); planned in 12 ms
        workers 40% busy, 5 MiB read, 3 MiB kept at most

        Step                                           Tasks     Time   Share   Median   Longest   Queued   Waiting    Read
        fold sum over all ← multiply ← image of a v…       2    1.5 s     94%   750 ms     1.0 s   350 ms         0   5 MiB
        load                                               2   100 ms      6%   525 ms     1.1 s        0    950 ms     0 B

        Worker     Tasks    Busy     Idle   Used
        worker 0       3   1.6 s   400 ms    80%
        worker 1       1       0    2.0 s     0%
        """.ReplaceLineEndings("\n"), Text(MadeUp()));

    [Fact]
    public void Steps_of_one_name_are_one_row_with_their_number()
    {
        var record = Record(9, new Labels(task => task < 8 ? "fill square" : "merge sum", _ => 0, task => task / 2), out ManualTime time);
        for (int task = 0; task < 9; task++)
        {
            long began = time.GetTimestamp();
            time.Advance(TimeSpan.FromMilliseconds(10));
            record.TaskFinished(task, 0, began, time.GetTimestamp());
        }

        record.RunFinished(null, time.GetTimestamp());
        StepTime[] steps = new RunSummary(record).Steps;
        Assert.Equal([("fill square", 4, 8, TimeSpan.FromMilliseconds(80)), ("merge sum", 1, 1, TimeSpan.FromMilliseconds(10))], steps.Select(step => (step.Name, step.Steps, step.Tasks, step.Time)));
        string[] lines = Text(record).Split('\n');
        Assert.Equal("Step          Steps   Tasks    Time   Share   Median   Longest   Queued", lines[3]);
        Assert.StartsWith("fill square       4       8   80 ms", lines[4]);
        Assert.StartsWith("merge sum         1       1   10 ms", lines[5]);
    }

    [Fact]
    public void Of_many_steps_the_dearest_are_told()
    {
        var record = Record(30, new Labels(task => $"step {task}", _ => 0), out ManualTime time);
        for (int task = 0; task < 30; task++)
        {
            long began = time.GetTimestamp();
            time.Advance(TimeSpan.FromMilliseconds(task + 1));
            record.TaskFinished(task, 0, began, time.GetTimestamp());
        }

        string text = Text(record);
        Assert.Contains(", so far", text);
        Assert.Contains("step 29 ", text);
        Assert.DoesNotContain("step 9 ", text);
        Assert.Contains("… and 10 steps more", text);
    }

    [Fact]
    public void A_run_without_tasks_is_told_as_well()
    {
        var record = Record(0, new Labels(_ => "", _ => 0), out ManualTime time);
        record.RunFinished(null, time.GetTimestamp());
        Assert.StartsWith("0 tasks in 0 on threads(2)", Text(record));
    }

    /// <summary>Two folds and two loads, one of which waits for 950 ms without a worker; a fifth task never ends.</summary>
    private static RunRecord MadeUp()
    {
        var record = Record(5, new Labels(task => task < 2 ? "load" : "fold sum over all ← multiply ← image of a very long name.tif", task => task < 2 ? 0 : 5 << 19), out ManualTime time);
        long start = time.GetTimestamp();
        Finish(0, 1, 0, 0, 0);
        Finish(1, 0, 0, 100, 1050);
        Finish(2, 0, 100, 600, 600);
        Finish(3, 0, 600, 1600, 1600);
        time.Advance(2);
        record.RunFinished(null, time.GetTimestamp());
        return record;

        void Finish(int task, int worker, int began, int freed, int ended)
        {
            if (ended > freed)
                record.WorkerFreed(task, worker, At(began), At(freed));
            record.TaskFinished(task, worker, At(began), At(ended));
        }

        long At(int milliseconds) => start + milliseconds * TimeSpan.TicksPerMillisecond;
    }

    private static RunRecord Record(int tasks, Labels labels, out ManualTime time)
    {
        time = new ManualTime();
        var builder = new TaskGraphBuilder();
        for (int task = 0; task < tasks; task++)
            builder.Add(0, []);
        long asked = time.GetTimestamp();
        var record = new RunRecord(builder.Build(labels), "threads(2)", ["worker 0", "worker 1"], () => 3 << 20, time, asked);
        time.Advance(0.012);
        record.RunStarted(tasks, time.GetTimestamp());
        return record;
    }

    private static string Text(RunRecord record) => new ProfileTable(new RunSummary(record)).ToString().ReplaceLineEndings("\n");

    private sealed class Labels(Func<int, string> name, Func<int, long> read, Func<int, object>? kind = null) : ITaskLabels
    {
        public string NameOf(int task) => name(task);

        public string DescriptionOf(int task) => name(task);

        public object KindOf(int task) => kind?.Invoke(task) ?? name(task);

        public string? RegionOf(int task) => null;

        public long BytesReadBy(int task) => read(task);

        public long BytesMadeBy(int task) => 0;

        public bool IsCall(int task) => false;

        public IEnumerable<string> DataOf(int task) => [];
    }
}
