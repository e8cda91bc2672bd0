using System.Diagnostics;

namespace Tessera.Bench;

/// <summary>
/// What a run answers that knows better than the clock around it what is to be counted: work behind the measured part (checking a result,
/// giving memory back) isn't, and another process's memory is.
/// </summary>
internal sealed record Measured(double Seconds, object Answer, double? PeakMegabytes = null)
{
    /// <summary>Measures <paramref name="work"/>, and then makes the answer of what it came to.</summary>
    public static Measured Of<T>(Func<T> work, Func<T, object> answer)
    {
        var clock = Stopwatch.StartNew();
        T value = work();
        double seconds = Statistics.Seconds(clock);
        return new Measured(seconds, answer(value));
    }
}
