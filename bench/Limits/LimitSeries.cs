using System.Globalization;

namespace Tessera.Bench;

/// <summary>The machine's limits at one time, in bytes a second.</summary>
/// <param name="Rates">By name; a limit that couldn't be measured is absent.</param>
internal sealed record LimitSeries(IReadOnlyDictionary<string, Spread> Rates)
{
    private const int FewestRuns = 5;

    /// <summary>One limit after the other, each in a process of its own, so that none sees another's memory.</summary>
    public static LimitSeries Measure(IReadOnlyList<Limit> limits, Starter starter, int runs)
    {
        Console.Error.WriteLine("The machine's limits");
        var rates = new Dictionary<string, Spread>();
        foreach (Limit limit in limits)
        {
            using Contender contender = starter.Own(limit.Name, limit.Name);
            contender.WarmUp();
            for (int round = 0; round < Math.Max(FewestRuns, runs); round++)
                contender.RunIn(round);
            if (contender.Fault is not null)
                continue;

            Result result = contender.ToResult();
            double bytes = double.Parse(contender.Answer, CultureInfo.InvariantCulture);
            rates[limit.Name] = new Spread(bytes / result.Median, bytes / result.Greatest, bytes / result.Least);
        }

        return new LimitSeries(rates);
    }
}
