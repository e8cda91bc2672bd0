using System.Text;

namespace Tessera.Bench;

/// <summary>The machine's limits as a Markdown table, before and after the cases: machines that are shared drift.</summary>
internal static class LimitTable
{
    public static string ToMarkdown(IReadOnlyList<Limit> limits, LimitSeries atStart, LimitSeries atEnd)
    {
        var rows = new StringBuilder();
        foreach (Limit limit in limits)
            rows.AppendLine($"| {limit.What} | {Cells(atStart, limit)} | {Cells(atEnd, limit)} |");
        return
            $"""
            ## The machine's limits

            | Limit | At the start | least to greatest | At the end | least to greatest |
            |---|---|---|---|---|
            {rows}
            """;
    }

    private static string Cells(LimitSeries series, Limit limit) => series.Rates.TryGetValue(limit.Name, out Spread rate)
        ? $"{Units.Rate(rate.Median)} | {Units.Rate(rate.Least)} to {Units.Rate(rate.Greatest)}"
        : "failed | ";
}
