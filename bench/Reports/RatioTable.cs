using System.Globalization;
using System.Text;

namespace Tessera.Bench;

/// <summary>The results as a Markdown table: times, each contender's time over Tessera's, and how near it came to the limit.</summary>
internal sealed class RatioTable
{
    private readonly StringBuilder _rows = new();
    private readonly StringBuilder _notes = new();

    /// <summary>A case's rows. The first result is Tessera's.</summary>
    public void Add(Case one, IReadOnlyList<Result> results)
    {
        Result ours = results[0];
        Result? limit = one.Limit is null ? null : results.FirstOrDefault(result => result.Contender == one.Limit && result.Runs.Count > 0);
        string what = $"`{one.Name}`: {one.What}";
        foreach (Result result in results)
        {
            if (result.Fault is not null)
                _notes.AppendLine($"- `{one.Name}`: {result.Contender} {(result.Runs.Count == 0 ? "is left out" : $"ended after {result.Runs.Count} runs")}: {result.Fault!.TrimEnd('.')}.");
            if (result.Runs.Count == 0)
                continue;
            if (result.IsOtherThan(ours, one))
                _notes.AppendLine($"- `{one.Name}`: {result.Contender} answered {result.Answers}, Tessera {ours.Answers}; that is not the same work.");

            string ratio = result == ours || ours.Runs.Count == 0 ? "" : Ratio(result.Over(ours));
            string share = limit is null || result == limit ? "" : string.Create(CultureInfo.InvariantCulture, $"{100 * limit.Over(result).Median:F0} %");
            string spread = $"{Units.Time(result.Least)} to {Units.Time(result.Greatest)}";
            _rows.AppendLine(CultureInfo.InvariantCulture,
                $"| {what} | {Name(one, result)} | {Units.Time(result.Median)} | {spread} | {result.Runs.Count} | {ratio} | {share} | {result.PeakMegabytes:F0} |");
            what = "";
        }
    }

    public string ToMarkdown() =>
        $"""
        ## Cases

        | Case | Contender | Median | Least to greatest | Runs | Ratio | Of the limit | Peak MB |
        |---|---|---|---|---|---|---|---|
        {_rows}
        {_notes}
        Ratio: the contender's time over Tessera's, of the runs that were made in turn: median (least to greatest). A peer's first run counts where it
        took more than ten seconds; where it has no other, ratios are of the medians. Of the limit: the limit's time, run in the same turns, over the
        contender's; above 100 % where it goes faster than that plain loop did. A ratio below 1 is a contender faster than Tessera.

        """;

    private static string Name(Case one, Result result) =>
        one.Each is { } each ? $"{result.Contender}, {Units.Time(result.Median / each.Count)} a {each.Name}" : result.Contender;

    private static string Ratio(Spread ratio) => $"{Units.Digits(ratio.Median)} ({Units.Digits(ratio.Least)} to {Units.Digits(ratio.Greatest)})";
}
