using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Tessera.Bench;

/// <summary>The results as a Markdown table: times, and each peer's time over Tessera's.</summary>
internal sealed class RatioTable
{
    private readonly StringBuilder _rows = new();

    public void Add(Case benchmark, IReadOnlyList<Result> results)
    {
        Result ours = results[0];
        foreach (Result result in results)
        {
            string ratio = result == ours ? "" : $"{result.Median / ours.Median:F2} ({Lowest(result, ours):F2} to {Highest(result, ours):F2})";
            _rows.AppendLine(CultureInfo.InvariantCulture,
                $"| {(result == ours ? benchmark.What : "")} | {result.Contender} | {result.Median:F4} | {result.Fastest:F4} to {result.Slowest:F4} | {ratio} | {result.PeakMegabytes:F0} |");
        }
    }

    public string ToMarkdown() =>
        $"""
        {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}. Seconds, medians; ratio: the contender's time over Tessera's, run by run, median (least to greatest).

        | Case | | Median | Spread | Ratio | Peak MB |
        |---|---|---|---|---|---|
        {_rows}
        """;

    private static double Lowest(Result theirs, Result ours) => theirs.Seconds.Zip(ours.Seconds, (their, our) => their / our).Min();

    private static double Highest(Result theirs, Result ours) => theirs.Seconds.Zip(ours.Seconds, (their, our) => their / our).Max();
}
