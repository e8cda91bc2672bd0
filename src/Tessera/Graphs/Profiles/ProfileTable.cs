using System.Globalization;
using System.Text;
using Tessera.Diagnostics;

namespace Tessera.Graphs;

/// <summary>A profile as text: the run in a line or two, then the steps and the workers in columns of fixed width.</summary>
internal sealed class ProfileTable(RunSummary summary)
{
    private const int MostRows = 20, LongestName = 44;

    public override string ToString()
    {
        RunRecord record = summary.Record;
        var text = new StringBuilder();
        int done = summary.Steps.Sum(step => step.Tasks);
        string tasks = done == record.Graph.Count ? Counted.Of(done, "task") : $"{Number(done)} of {Counted.Of(record.Graph.Count, "task")}";
        text.Append($"{tasks} in {Duration.FormatShort(record.RunTime)} on {record.Scheduler}{(record.IsOver ? "" : ", so far")}; ");
        text.AppendLine($"planned in {Duration.FormatShort(record.PlanningTime)}");
        text.Append($"workers {Percent(summary.Workers.Average(worker => worker.Utilization))} busy, ");
        text.AppendLine($"{ByteSize.Format(summary.Steps.Sum(step => step.BytesRead))} read, {ByteSize.Format(record.PeakBytes)} held at most");
        AppendRows(text.AppendLine(), "step", summary.Steps, step => step.Name, StepColumns(summary.Steps));
        AppendRows(text.AppendLine(), "worker", summary.Workers, worker => worker.Name,
        [
            ("Tasks", worker => Number(worker.Tasks)),
            ("Busy", worker => Duration.FormatShort(worker.Busy)),
            ("Idle", worker => Duration.FormatShort(worker.Idle)),
            ("Used", worker => Percent(worker.Utilization)),
        ]);
        return text.ToString().TrimEnd();
    }

    private static List<(string Title, Func<StepTime, string> Cell)> StepColumns(StepTime[] steps)
    {
        List<(string, Func<StepTime, string>)> columns =
        [
            ("Tasks", step => Number(step.Tasks)),
            ("Time", step => Duration.FormatShort(step.Time)),
            ("Share", step => Percent(step.Share)),
            ("Median", step => Duration.FormatShort(step.Median)),
            ("Longest", step => Duration.FormatShort(step.Longest)),
            ("Queued", step => Duration.FormatShort(step.Queued)),
        ];
        if (steps.Any(step => step.Waiting > TimeSpan.Zero))
            columns.Add(("Waiting", step => Duration.FormatShort(step.Waiting)));
        if (steps.Any(step => step.BytesRead > 0))
            columns.Add(("Read", step => ByteSize.Format(step.BytesRead)));
        if (steps.Any(step => step.BytesMade > 0))
            columns.Add(("Made", step => ByteSize.Format(step.BytesMade)));
        return columns;
    }

    private static void AppendRows<T>(StringBuilder text, string noun, T[] rows, Func<T, string> nameOf, IReadOnlyList<(string Title, Func<T, string> Cell)> columns)
    {
        string[][] lines =
        [
            [string.Concat(noun[..1].ToUpperInvariant(), noun[1..]), .. columns.Select(column => column.Title)],
            .. rows.Take(MostRows).Select(row => (string[])[Short(nameOf(row)), .. columns.Select(column => column.Cell(row))]),
        ];
        int[] widths = [.. Enumerable.Range(0, columns.Count + 1).Select(i => lines.Max(line => line[i].Length))];
        foreach (string[] line in lines)
            text.Append(line[0].PadRight(widths[0])).AppendJoin("", line.Skip(1).Select((cell, i) => $"   {cell.PadLeft(widths[i + 1])}")).AppendLine();
        if (rows.Length > MostRows)
            text.AppendLine($"… and {Counted.Of(rows.Length - MostRows, noun)} more");
    }

    private static string Short(string name)
    {
        string line = name.ReplaceLineEndings(" ");
        return line.Length <= LongestName ? line : $"{line[..(LongestName - 1)]}…";
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{100 * part:0}%");
}
