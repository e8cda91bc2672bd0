using System.Text;
using Tessera.Diagnostics;

namespace Tessera.Graphs;

/// <summary>What a page shows of a profile beside its graph: the run in words, the time of each worker, the tables of steps and workers.</summary>
internal static class ProfilePanel
{
    private const int MostRows = 200;

    /// <param name="summary">The profile.</param>
    /// <param name="colourOf">The colour of a task in the graph.</param>
    public static string Write(RunSummary summary, Func<int, string> colourOf)
    {
        var rows = new ProfileRows(summary);
        (string run, string work) = rows.Lines();
        var text = new StringBuilder();
        text.Append($"<p>{Escaping.Markup(run)}<br>{Escaping.Markup(work)}</p>\n<h2>Workers in time</h2>\n");
        text.Append(Timeline.Draw(summary.Record, colourOf));
        Table(text, "Steps", "step", rows.Steps());
        Table(text, "Workers", "worker", rows.Workers());
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, string noun, string[][] rows)
    {
        text.Append($"<h2>{title}</h2>\n<table>\n<thead>{Row(rows[0], "th")}</thead>\n<tbody>\n");
        foreach (string[] row in rows.Skip(1).Take(MostRows))
            text.Append(Row(row, "td")).Append('\n');
        text.Append("</tbody>\n</table>\n");
        if (rows.Length - 1 > MostRows)
            text.Append($"<p>… and {Counted.Of(rows.Length - 1 - MostRows, noun)} more</p>\n");
    }

    private static string Row(string[] cells, string tag) => $"<tr>{string.Concat(cells.Select(cell => $"<{tag}>{Escaping.Markup(cell)}</{tag}>"))}</tr>";
}
