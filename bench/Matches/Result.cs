using System.Globalization;

namespace Tessera.Bench;

/// <summary>One run. A first run that took so long that it counts has no round, for nobody else ran next to it.</summary>
internal readonly record struct Run(int Round, double Seconds)
{
    /// <summary>The round of a run outside the rounds.</summary>
    public const int NoRound = -1;
}

/// <summary>What one contender did in a case: its runs, the most memory that its process held, its last answer, and why it was left out, where it was.</summary>
internal sealed record Result(string Contender, IReadOnlyList<Run> Runs, double PeakMegabytes, string Answer, string? Fault)
{
    public double Median => Statistics.Median(Runs.Select(run => run.Seconds));

    public double Least => Runs.Min(run => run.Seconds);

    public double Greatest => Runs.Max(run => run.Seconds);

    /// <summary>Whether both came to the same number, but for a part of it.</summary>
    public bool Agrees(Result other, double tolerance) =>
        double.TryParse(Answer, CultureInfo.InvariantCulture, out double mine) && double.TryParse(other.Answer, CultureInfo.InvariantCulture, out double theirs) &&
        Math.Abs(mine - theirs) <= tolerance * Math.Max(Math.Abs(mine), Math.Abs(theirs));

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
}

/// <summary>A median between the least and the greatest.</summary>
internal readonly record struct Spread(double Median, double Least, double Greatest);
