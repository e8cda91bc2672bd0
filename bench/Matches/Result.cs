using System.Globalization;

namespace Tessera.Bench;

/// <summary>
/// One run, and what it answered. A first run that took so long that it counts has no round, for nobody else ran next to it.
/// </summary>
internal readonly record struct Run(int Round, double Seconds, string Answer)
{
    /// <summary>The round of a run outside the rounds.</summary>
    public const int NoRound = -1;
}

/// <summary>
/// What one contender did in a case: its runs, the most memory that its process held, and why it was left out, where it was.
/// </summary>
internal sealed record Result(string Contender, IReadOnlyList<Run> Runs, double PeakMegabytes, string? Fault)
{
    /// <summary>What its runs came to, each answer once.</summary>
    public string Answers => string.Join(" and ", Runs.Select(run => run.Answer).Distinct());

    public double Median => Statistics.Median(Runs.Select(run => run.Seconds));

    public double Least => Runs.Min(run => run.Seconds);

    public double Greatest => Runs.Max(run => run.Seconds);

    /// <summary>Whether a run came to another answer than one of Tessera's, beyond what the case allows: then it isn't the same work.</summary>
    public bool IsOtherThan(Result ours, Case one) =>
        one.Tolerance is { } tolerance && Contender != one.Limit &&
        Runs.Any(run => ours.Runs.Any(other => !AreNear(run.Answer, other.Answer, tolerance)));

    /// <summary>
    /// This contender's seconds over another's: round by round where both ran in the same rounds; else of the medians, and between the extremes.
    /// </summary>
    public Spread Over(Result other)
    {
        double[] pairs =
        [
            .. from mine in Runs
               join theirs in other.Runs on mine.Round equals theirs.Round
               where mine.Round != Run.NoRound
               select mine.Seconds / theirs.Seconds,
        ];
        return pairs.Length > 0
            ? new Spread(Statistics.Median(pairs), pairs.Min(), pairs.Max())
            : new Spread(Median / other.Median, Least / other.Greatest, Greatest / other.Least);
    }

    private static bool AreNear(string left, string right, double tolerance) =>
        left == right ||
        (double.TryParse(left, CultureInfo.InvariantCulture, out double a) && double.TryParse(right, CultureInfo.InvariantCulture, out double b) &&
            Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), Math.Abs(b)));
}

/// <summary>A median between the least and the greatest.</summary>
internal readonly record struct Spread(double Median, double Least, double Greatest);
