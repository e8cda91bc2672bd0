using System.Globalization;
using Tessera.Diagnostics;

namespace Tessera.Graphs;

/// <summary>A profile in words: the run in two lines, and the cells of the tables of steps and of workers, heads first.</summary>
internal sealed class ProfileRows(RunSummary summary)
{
    /// <summary>How long the run took and how busy the workers were.</summary>
    public (string Run, string Work) Lines()
    {
        RunRecord record = summary.Record;
        int done = summary.Steps.Sum(step => step.Tasks);
        string tasks = done == record.Graph.Count ? Counted.Of(done, "task") : $"{Number(done)} of {Counted.Of(record.Graph.Count, "task")}";
        return (
            $"{tasks} in {Duration.FormatShort(record.RunTime)} on {record.Scheduler}{(record.IsOver ? "" : ", so far")}; planned in {Duration.FormatShort(record.PlanningTime)}",
            $"workers {Percent(summary.Workers.Average(worker => worker.Utilization))} busy, {Read()} read, {ByteSize.Format(record.PeakBytes)} kept at most");
    }

    /// <summary>A row for the steps of each name.</summary>
    public string[][] Steps()
    {
        StepTime[] steps = summary.Steps;
        List<(string Title, Func<StepTime, string> Cell)> columns = [("Step", step => step.Name)];
        if (steps.Any(step => step.Steps > 1))
            columns.Add(("Steps", step => Number(step.Steps)));
        columns.AddRange(
        [
            ("Tasks", step => Number(step.Tasks)),
            ("Time", step => Duration.FormatShort(step.Time)),
            ("Share", step => Percent(step.Share)),
            ("Median", step => Duration.FormatShort(step.Median)),
            ("Longest", step => Duration.FormatShort(step.Longest)),
            ("Queued", step => Duration.FormatShort(step.Queued)),
        ]);
        if (steps.Any(step => step.Waiting > TimeSpan.Zero))
            columns.Add(("Waiting", step => Duration.FormatShort(step.Waiting)));
        if (steps.Any(step => step.BytesRead > 0))
            columns.Add(("Read", step => ByteSize.Format(step.BytesRead)));
        if (steps.Any(step => step.BytesDecoded > step.BytesRead))
            columns.Add(("Decoded", step => ByteSize.Format(step.BytesDecoded)));
        if (steps.Any(step => step.BytesMade > 0))
            columns.Add(("Made", step => ByteSize.Format(step.BytesMade)));
        return Rows(steps, columns);
    }

    /// <summary>A row for each worker.</summary>
    public string[][] Workers() => Rows<WorkerTime>(summary.Workers,
    [
        ("Worker", worker => worker.Name),
        ("Tasks", worker => Number(worker.Tasks)),
        ("Busy", worker => Duration.FormatShort(worker.Busy)),
        ("Idle", worker => Duration.FormatShort(worker.Idle)),
        ("Used", worker => Percent(worker.Utilization)),
    ]);

    /// <summary>What was read and, if storage chunks were read in part, what was decoded for it.</summary>
    private string Read()
    {
        (long read, long decoded) = (summary.Steps.Sum(step => step.BytesRead), summary.Steps.Sum(step => step.BytesDecoded));
        return decoded > read ? $"{ByteSize.Format(decoded)} decoded for {ByteSize.Format(read)}" : ByteSize.Format(read);
    }

    private static string[][] Rows<T>(T[] rows, IReadOnlyCollection<(string Title, Func<T, string> Cell)> columns) =>
        [[.. columns.Select(column => column.Title)], .. rows.Select(row => (string[])[.. columns.Select(column => column.Cell(row))])];

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{100 * part:0}%");
}
