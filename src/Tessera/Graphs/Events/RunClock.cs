namespace Tessera.Graphs;

/// <summary>What all events of a run have in common: its number, its time, what was known before it began.</summary>
/// <param name="Number">The run's, among all that tell.</param>
/// <param name="Plan">What is told at its beginning.</param>
/// <param name="Tasks">How many there are.</param>
/// <param name="Time">The clock.</param>
internal sealed record RunClock(long Number, PlanSize Plan, int Tasks, TimeProvider Time)
{
    private readonly DateTimeOffset _origin = Time.GetUtcNow();
    private readonly long _originTimestamp = Time.GetTimestamp();

    public DateTimeOffset TimeOf(long timestamp) => _origin + Time.GetElapsedTime(_originTimestamp, timestamp);

    public TimeSpan Elapsed(long from, long to) => Time.GetElapsedTime(from, to);

    public RunEvent Started(DateTimeOffset time) =>
        new RunEvent.RunStarted(Number, time, Plan.Parent, Plan.Scheduler, Plan.Workers, Tasks, Plan.BytesRead, Plan.PeakBytes);
}
