namespace Tessera.Graphs;

/// <summary>What all events of a run have in common: its number and its beginning, from which their times are counted.</summary>
/// <remarks>
/// A time is rounded to ticks of <see cref="TimeSpan"/> from the beginning of the run, once, as in <see cref="RunRecord"/>: so the differences of the times of events
/// are the durations that they tell, and those of a profile of the same run.
/// </remarks>
/// <param name="number">The run's, among all that tell.</param>
/// <param name="time">The clock.</param>
/// <param name="began">When the run began, by it.</param>
internal sealed class RunClock(long number, TimeProvider time, long began)
{
    private readonly DateTimeOffset _origin = time.GetUtcNow() - time.GetElapsedTime(began);

    public long Number => number;

    public DateTimeOffset TimeOf(long timestamp) => _origin + Since(timestamp);

    public TimeSpan Between(long from, long to) => Since(to) - Since(from);

    private TimeSpan Since(long timestamp) => time.GetElapsedTime(began, timestamp);
}
