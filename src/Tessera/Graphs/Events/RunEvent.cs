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
    /// <param name="Workers">How many tasks run at once at most.</param>
    /// <param name="Tasks">Tasks that there are.</param>
    /// <param name="BytesRead">Bytes that the tasks will read from files and other sources.</param>
    /// <param name="PeakBytes">Bytes that one worker would hold at the peak, by the forecast.</param>
    public sealed record RunStarted(long Run, DateTimeOffset Time, long? Parent, string Scheduler, int Workers, int Tasks, long BytesRead, long PeakBytes) : RunEvent(Run, Time);

    /// <summary>A worker begins a task.</summary>
    /// <param name="Run">The number of its run.</param>
    /// <param name="Time">When.</param>
    /// <param name="Task">Its number in the run's graph.</param>
    /// <param name="Step">What it does: the name of a delayed function, the operations of a step over arrays.</param>
    /// <param name="Worker">Who does it, from 0.</param>
    public sealed record TaskStarted(long Run, DateTimeOffset Time, int Task, string Step, int Worker) : RunEvent(Run, Time);

    /// <summary>An asynchronous task waits from now on; its worker does others.</summary>
    /// <inheritdoc cref="TaskStarted"/>
    public sealed record TaskWaits(long Run, DateTimeOffset Time, int Task, string Step, int Worker) : RunEvent(Run, Time);

    /// <summary>A task is done.</summary>
    /// <param name="Run">The number of its run.</param>
    /// <param name="Time">When.</param>
    /// <param name="Task">Its number in the run's graph.</param>
    /// <param name="Step">What it did.</param>
    /// <param name="Worker">Who began it.</param>
    /// <param name="Duration">From its beginning to its end, waiting included.</param>
    /// <param name="BytesRead">Bytes that it read from files and other sources, decoded; neither elements in memory nor generated numbers.</param>
    /// <param name="BytesMade">Bytes of the elements that it made. Values of functions don't count.</param>
    public sealed record TaskFinished(long Run, DateTimeOffset Time, int Task, string Step, int Worker, TimeSpan Duration, long BytesRead, long BytesMade) : RunEvent(Run, Time);

    /// <summary>A task failed, or was interrupted when its run was stopped. A failure ends the run.</summary>
    /// <param name="Run">The number of its run.</param>
    /// <param name="Time">When.</param>
    /// <param name="Task">Its number in the run's graph.</param>
    /// <param name="Step">What it did.</param>
    /// <param name="Worker">Who began it.</param>
    /// <param name="Failure">Why; an <see cref="OperationCanceledException"/> where it was interrupted.</param>
    public sealed record TaskFailed(long Run, DateTimeOffset Time, int Task, string Step, int Worker, Exception Failure) : RunEvent(Run, Time);

    /// <summary>How far a run is: told some ten times a second, at its beginning and at its end. It counts what was done even where the events of tasks were dropped.</summary>
    /// <param name="Run">The number of the run.</param>
    /// <param name="Time">When.</param>
    /// <param name="Progress">Tasks and bytes.</param>
    public sealed record Advanced(long Run, DateTimeOffset Time, RunProgress Progress) : RunEvent(Run, Time);

    /// <summary>A run is over: none of its tasks runs any more.</summary>
    /// <param name="Run">The number of the run.</param>
    /// <param name="Time">When.</param>
    /// <param name="Duration">From the first task's chance to begin.</param>
    /// <param name="Failure">Why it ended early, an <see cref="OperationCanceledException"/> when it was cancelled; null where all is done.</param>
    public sealed record RunFinished(long Run, DateTimeOffset Time, TimeSpan Duration, Exception? Failure) : RunEvent(Run, Time);

    /// <summary>Older events were dropped before they were read.</summary>
    /// <param name="Time">When that was noticed.</param>
    /// <param name="Count">How many, since it was last told.</param>
    public sealed record Dropped(DateTimeOffset Time, long Count) : RunEvent(0, Time);
}
