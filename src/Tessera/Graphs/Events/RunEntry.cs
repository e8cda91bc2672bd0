namespace Tessera.Graphs;

internal enum RunEntryKind : byte
{
    Whole,
    TaskStarted,
    TaskWaits,
    TaskFinished,
    TaskFailed,
}

/// <summary>
/// An event while it waits for its reader. Those of tasks are what the run knew at little cost, and become objects when they are read; the few others are told whole.
/// It leads to nothing that the run worked on: a plan, and all that it reads, may go when the run is over, however long its events wait.
/// </summary>
/// <param name="Kind">Which.</param>
/// <param name="Run">Whose, if it is a task's, as all below.</param>
/// <param name="Timestamp">When, by the run's clock.</param>
/// <param name="Since">When that began which ends here: the task, or, where it begins, its wait for a worker.</param>
/// <param name="Task">Its number.</param>
/// <param name="Worker">Who does or did it.</param>
/// <param name="Step">What it does.</param>
/// <param name="Bytes">That it moved, if it is done.</param>
/// <param name="Detail">The failure; the event, if it is told whole.</param>
internal readonly record struct RunEntry(
    RunEntryKind Kind, RunClock Run, long Timestamp, long Since, int Task, int Worker, string Step, TaskBytes Bytes = default, object? Detail = null)
{
    public static RunEntry Of(RunClock run, RunEvent whole) => new(RunEntryKind.Whole, run, 0, 0, -1, -1, "", Detail: whole);

    public RunEvent ToEvent()
    {
        if (Kind == RunEntryKind.Whole)
            return (RunEvent)Detail!;
        (long run, DateTimeOffset time, TimeSpan duration) = (Run.Number, Run.TimeOf(Timestamp), Run.Between(Since, Timestamp));
        return Kind switch
        {
            RunEntryKind.TaskStarted => new RunEvent.TaskStarted(run, time, Task, Step, Worker, duration),
            RunEntryKind.TaskWaits => new RunEvent.TaskWaits(run, time, Task, Step, Worker),
            RunEntryKind.TaskFinished => new RunEvent.TaskFinished(run, time, Task, Step, Worker, duration, Bytes.Read, Bytes.Decoded, Bytes.Made),
            RunEntryKind.TaskFailed => new RunEvent.TaskFailed(run, time, Task, Step, Worker, duration, (Exception)Detail!),
            _ => throw new InvalidOperationException($"There is no event of kind {Kind}. This is an error in Tessera; please report it."),
        };
    }
}
