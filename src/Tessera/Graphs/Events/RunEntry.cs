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
/// An event while it waits for its reader: what the run knew at little cost. It leads to nothing that the run worked on: a plan, and all that it reads, may go when
/// the run is over, however long its events wait.
/// </summary>
/// <param name="Run">Whose.</param>
/// <param name="Kind">Which.</param>
/// <param name="Timestamp">When, by the run's clock.</param>
/// <param name="Started">When that began which ends here.</param>
/// <param name="Task">Whose, where it is a task's.</param>
/// <param name="Worker">Who does or did it.</param>
/// <param name="Step">What the task does.</param>
/// <param name="BytesRead">By the task, where it is done.</param>
/// <param name="BytesMade">The same.</param>
/// <param name="Detail">A failure; progress.</param>
internal readonly record struct RunEntry(
    RunClock Run, RunEventKind Kind, long Timestamp, long Started = 0, int Task = -1, int Worker = -1, string Step = "", long BytesRead = 0, long BytesMade = 0, object? Detail = null)
{
    public RunEvent ToEvent()
    {
        (long run, DateTimeOffset time) = (Run.Number, Run.TimeOf(Timestamp));
        return Kind switch
        {
            RunEventKind.RunStarted => Run.Started(time),
            RunEventKind.TaskStarted => new RunEvent.TaskStarted(run, time, Task, Step, Worker),
            RunEventKind.TaskWaits => new RunEvent.TaskWaits(run, time, Task, Step, Worker),
            RunEventKind.TaskFinished => new RunEvent.TaskFinished(run, time, Task, Step, Worker, Duration, BytesRead, BytesMade),
            RunEventKind.TaskFailed => new RunEvent.TaskFailed(run, time, Task, Step, Worker, (Exception)Detail!),
            RunEventKind.Advanced => new RunEvent.Advanced(run, time, (RunProgress)Detail!),
            RunEventKind.RunFinished => new RunEvent.RunFinished(run, time, Duration, (Exception?)Detail),
            _ => throw new InvalidOperationException($"There is no event of kind {Kind}. This is an error in Tessera; please report it."),
        };
    }

    private TimeSpan Duration => Run.Elapsed(Started, Timestamp);
}
