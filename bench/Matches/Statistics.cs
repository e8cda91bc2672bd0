using System.Diagnostics;

namespace Tessera.Bench;

/// <summary>What is made of repeated measurements.</summary>
internal static class Statistics
{
    /// <summary>To the clock's own precision; a <see cref="TimeSpan"/> has steps of 100 ns, a fifth of the shortest runs.</summary>
    public static double Seconds(Stopwatch clock) => (double)clock.ElapsedTicks / Stopwatch.Frequency;

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
