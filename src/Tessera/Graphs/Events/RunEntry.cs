namespace Tessera.Graphs;

internal enum RunEventKind : byte
{
    RunStarted,
    TaskStarted,
    TaskWaits,
    TaskFinished,
    TaskFailed,
    Advanced,
    RunFinished,
}

/// <summary>
/// An event while it waits for its reader: what the run knew at no cost. Names and bytes of tasks are made by whoever reads it, so that events that are
/// dropped cost a few nanoseconds and no memory of their own.
/// </summary>
/// <param name="Run">Whose.</param>
/// <param name="Kind">Which.</param>
/// <param name="Timestamp">When, by the run's clock.</param>
/// <param name="Started">When that began which ends here.</param>
/// <param name="Task">Whose, where it is a task's.</param>
/// <param name="Worker">Who does or did it.</param>
/// <param name="Detail">A failure; progress.</param>
internal readonly record struct RunEntry(
    RunTeller Run, RunEventKind Kind, long Timestamp, long Started = 0, int Task = -1, int Worker = -1, object? Detail = null)
{
    public RunEvent ToEvent()
    {
        (long run, DateTimeOffset time) = (Run.Number, Run.TimeOf(Timestamp));
        return Kind switch
        {
            RunEventKind.RunStarted => new RunEvent.RunStarted(
                run, time, Run.Plan.Parent, Run.Plan.Scheduler, Run.Plan.Workers, Run.Graph.Count, Run.Plan.BytesRead, Run.Plan.PeakBytes),
            RunEventKind.TaskStarted => new RunEvent.TaskStarted(run, time, Task, Step, Worker),
            RunEventKind.TaskWaits => new RunEvent.TaskWaits(run, time, Task, Step, Worker),
            RunEventKind.TaskFinished => new RunEvent.TaskFinished(
                run, time, Task, Step, Worker, Duration, Run.Graph.Labels?.BytesReadBy(Task) ?? 0, Run.Graph.Labels?.BytesMadeBy(Task) ?? 0),
            RunEventKind.TaskFailed => new RunEvent.TaskFailed(run, time, Task, Step, Worker, (Exception)Detail!),
            RunEventKind.Advanced => new RunEvent.Advanced(run, time, (RunProgress)Detail!),
            RunEventKind.RunFinished => new RunEvent.RunFinished(run, time, Duration, (Exception?)Detail),
            _ => throw new InvalidOperationException($"There is no event of kind {Kind}."),
        };
    }

    private string Step => Run.Graph.NameOf(Task);

    private TimeSpan Duration => Run.Elapsed(Started, Timestamp);
}
