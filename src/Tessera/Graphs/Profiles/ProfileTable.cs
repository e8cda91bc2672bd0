using System.Text;
using Tessera.Diagnostics;

namespace Tessera.Graphs;

/// <summary>A profile as text: the run in a line or two, then the steps and the workers in columns of fixed width.</summary>
internal sealed class ProfileTable(RunSummary summary)
{
    private const int MostRows = 20, LongestName = 44;

    public override string ToString()
    {
        var rows = new ProfileRows(summary);
        (string run, string work) = rows.Lines();
        StringBuilder text = new StringBuilder().AppendLine(run).AppendLine(work);
        AppendRows(text.AppendLine(), "step", rows.Steps());
        AppendRows(text.AppendLine(), "worker", rows.Workers());
        return text.ToString().TrimEnd();
    }

    private static void AppendRows(StringBuilder text, string noun, string[][] rows)
    {
        string[][] lines = [.. rows.Take(MostRows + 1).Select(row => (string[])[Short(row[0]), .. row[1..]])];
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(i => lines.Max(line => line[i].Length))];
        foreach (string[] line in lines)
            text.Append(line[0].PadRight(widths[0])).AppendJoin("", line.Skip(1).Select((cell, i) => $"   {cell.PadLeft(widths[i + 1])}")).AppendLine();
        if (rows.Length - 1 > MostRows)
            text.AppendLine($"… and {Counted.Of(rows.Length - 1 - MostRows, noun)} more");
    }

    private static string Short(string name)
    {
        string line = name.ReplaceLineEndings(" ");
        return line.Length <= LongestName ? line : $"{line[..(LongestName - 1)]}…";
    }
}
