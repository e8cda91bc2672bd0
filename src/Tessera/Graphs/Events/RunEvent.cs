namespace Tessera;

/// <summary>Something that happened in a run. <see cref="RunEvents"/> gives them.</summary>
/// <param name="Run">The run's number, from 1 in the order in which the runs of this process began to tell; 0 where it is about no run.</param>
/// <param name="Time">When it happened.</param>
public abstract record RunEvent(long Run, DateTimeOffset Time)
{
    /// <summary>A run begins: it is planned, and none of its tasks has begun.</summary>
    /// <param name="Run">Its number.</param>
    /// <param name="Time">When.</param>
    /// <param name="Parent">The run that began this one for a value that became known on the way (<c>SelectMany</c>); null for a run that a caller asked for.</param>
    /// <param name="Scheduler">What runs it: "threads(8)".</param>
    /// <param name="Workers">The names of the workers, by their numbers. As many tasks run at once at most.</param>
    /// <param name="Tasks">Tasks that there are.</param>
    /// <param name="Steps">How many of them do what; of more than a thousand names, the first thousand.</param>
    /// <param name="PlanningTime">Time since the computation was asked for: optimizing, lowering, forecasting and, for processes, sending the plan.</param>
    /// <param name="BytesRead">Bytes that the tasks will read from files and other sources, decoded.</param>
    /// <param name="BytesDecoded"><paramref name="BytesRead"/>, with the rest of the storage chunks that will be read in part.</param>
    /// <param name="PeakBytes">The most bytes that the tasks would need in memory at a time on one worker, by the forecast, without the result of the computation.</param>
    /// <param name="MemoryBudget">The bytes of memory that the computation may take, its result included.</param>
    public sealed record RunStarted(
        long Run, DateTimeOffset Time, long? Parent, string Scheduler, IReadOnlyList<string> Workers, int Tasks, IReadOnlyList<StepSize> Steps, TimeSpan PlanningTime,
        long BytesRead, long BytesDecoded, long PeakBytes, long MemoryBudget) : RunEvent(Run, Time);

    /// <summary>A worker begins a task.</summary>
    /// <param name="Run">The number of its run.</param>
    /// <param name="Time">When.</param>
    /// <param name="Task">Its number in the run's graph.</param>
    /// <param name="Step">What it does: the name of a delayed function, the operations of a step over arrays.</param>
    /// <param name="Worker">Who does it, from 0.</param>
    /// <param name="Queued">How long it was kept from beginning once all that it needs was there, by busy workers or the memory budget.</param>
    public sealed record TaskStarted(long Run, DateTimeOffset Time, int Task, string Step, int Worker, TimeSpan Queued) : RunEvent(Run, Time);

    /// <summary>An asynchronous task waits from now on; its worker does others.</summary>
    /// <param name="Run">The number of its run.</param>
    /// <param name="Time">Since when.</param>
    /// <param name="Task">Its number in the run's graph.</param>
    /// <param name="Step">What it does.</param>
    /// <param name="Worker">Who began it.</param>
    public sealed record TaskWaits(long Run, DateTimeOffset Time, int Task, string Step, int Worker) : RunEvent(Run, Time);

    /// <summary>A task is done.</summary>
    /// <param name="Run">The number of its run.</param>
    /// <param name="Time">When.</param>
    /// <param name="Task">Its number in the run's graph.</param>
    /// <param name="Step">What it did.</param>
    /// <param name="Worker">Who began it.</param>
    /// <param name="Duration">From its beginning to its end, waiting included.</param>
    /// <param name="BytesRead">Bytes that it read from files and other sources, decoded; neither elements in memory nor generated numbers.</param>
    /// <param name="BytesDecoded"><paramref name="BytesRead"/>, with the rest of the storage chunks that it read in part.</param>
    /// <param name="BytesMade">Bytes of the elements that it made. Values of functions don't count.</param>
    public sealed record TaskFinished(
        long Run, DateTimeOffset Time, int Task, string Step, int Worker, TimeSpan Duration, long BytesRead, long BytesDecoded, long BytesMade) : RunEvent(Run, Time);

    /// <summary>A task failed, or was interrupted when its run was stopped. A failure ends the run.</summary>
    /// <param name="Run">The number of its run.</param>
    /// <param name="Time">When.</param>
    /// <param name="Task">Its number in the run's graph.</param>
    /// <param name="Step">What it did.</param>
    /// <param name="Worker">Who began it.</param>
    /// <param name="Duration">From its beginning to its failure, waiting included.</param>
    /// <param name="Failure">Why; an <see cref="OperationCanceledException"/> if it was interrupted.</param>
    public sealed record TaskFailed(long Run, DateTimeOffset Time, int Task, string Step, int Worker, TimeSpan Duration, Exception Failure) : RunEvent(Run, Time);

    /// <summary>How far a run is: told at its beginning, some ten times a second, and at its end. It counts what was done even if the events of tasks were dropped.</summary>
    /// <param name="Run">The number of the run.</param>
    /// <param name="Time">When.</param>
    /// <param name="Progress">Tasks and bytes, as <see cref="ComputeOptions.Progress"/> hears them.</param>
    /// <param name="MemoryBytes">Bytes of memory that the computation takes now, its result included; a run within another tells of both together.</param>
    public sealed record Advanced(long Run, DateTimeOffset Time, RunProgress Progress, long MemoryBytes) : RunEvent(Run, Time);

    /// <summary>
    /// A run is over: none of its tasks runs any more, nor does a run within it. The totals count everything, even if the events of tasks were dropped.
    /// </summary>
    /// <param name="Run">The number of the run.</param>
    /// <param name="Time">When.</param>
    /// <param name="Duration">From the first task's chance to begin.</param>
    /// <param name="Failure">Why it ended early, an <see cref="OperationCanceledException"/> if it was cancelled; null if all is done.</param>
    /// <param name="TasksDone">Tasks that came to their end.</param>
    /// <param name="BytesRead">Bytes that they read from files and other sources, decoded.</param>
    /// <param name="BytesDecoded"><paramref name="BytesRead"/>, with the rest of the storage chunks that they read in part.</param>
    /// <param name="BytesMade">Bytes of the elements that they made.</param>
    /// <param name="PeakBytes">The most bytes of memory that the computation took at a time, its result included; a run within another tells of both together.</param>
    public sealed record RunFinished(
        long Run, DateTimeOffset Time, TimeSpan Duration, Exception? Failure, int TasksDone, long BytesRead, long BytesDecoded, long BytesMade, long PeakBytes)
        : RunEvent(Run, Time);

    /// <summary>Older events were dropped before they were read.</summary>
    /// <param name="Time">When that was noticed.</param>
    /// <param name="Count">How many, since it was last told.</param>
    public sealed record Dropped(DateTimeOffset Time, long Count) : RunEvent(0, Time);
}
