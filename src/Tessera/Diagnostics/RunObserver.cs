namespace Tessera.Diagnostics;

/// <summary>
/// Is told everything that happens in one run, and nothing of it is dropped. Profiles, progress and the public stream of events read this sequence. The tasks' events
/// come from the workers, several at once. Those of one worker come in order, except for the end of a task that waited, which comes from anywhere. The end of a task
/// is told before a task that needs it begins. A run without an observer takes no times and calls nobody.
/// An observer neither waits nor throws, because it would slow the run or make it fail: what a user's code does with events it does on another thread.
/// </summary>
/// <remarks>All times are timestamps of the run's clock, and each is taken once, so that whatever observers make of them agrees to the tick.</remarks>
internal abstract class RunObserver
{
    /// <summary>Before the first task.</summary>
    /// <param name="tasks">How many there are.</param>
    /// <param name="began">When the first one had its chance to begin.</param>
    public virtual void RunStarted(int tasks, long began) { }

    /// <summary>A worker begins a task.</summary>
    /// <param name="task">Its number in the graph.</param>
    /// <param name="worker">Who does it.</param>
    /// <param name="started">When.</param>
    public virtual void TaskStarted(int task, int worker, long started) { }

    /// <summary>True for one that wants <see cref="BytesRead"/>, which costs a look at what each task reads.</summary>
    public virtual bool CountsBytes => false;

    /// <summary>A task has read from sources. It is told only if somebody counts, and before the end of the task.</summary>
    /// <param name="task">Its number in the graph.</param>
    /// <param name="worker">Who ran it.</param>
    /// <param name="read">The bytes that it asked for, decoded.</param>
    /// <param name="decoded">The same with the rest of the storage chunks that were decoded for it.</param>
    public virtual void BytesRead(int task, int worker, long read, long decoded) { }

    /// <summary>A worker has left a task that waits; <see cref="TaskFinished"/> or <see cref="TaskFailed"/> comes later.</summary>
    /// <param name="task">Its number in the graph.</param>
    /// <param name="worker">Who is free again.</param>
    /// <param name="started">When the task began.</param>
    /// <param name="freed">Since when.</param>
    public virtual void WorkerFreed(int task, int worker, long started, long freed) { }

    /// <summary>A task is done. A task that fails isn't.</summary>
    /// <param name="task">Its number in the graph.</param>
    /// <param name="worker">Who ran it.</param>
    /// <param name="started">When it began.</param>
    /// <param name="finished">When it was done.</param>
    public virtual void TaskFinished(int task, int worker, long started, long finished) { }

    /// <summary>A task failed, or was interrupted because its run was stopped.</summary>
    /// <param name="task">Its number in the graph.</param>
    /// <param name="worker">Who began it; free since, or since it waited.</param>
    /// <param name="started">When it began.</param>
    /// <param name="ended">When it failed.</param>
    /// <param name="failure">Why.</param>
    public virtual void TaskFailed(int task, int worker, long started, long ended, Exception failure) { }

    /// <summary>No task runs any more, nor does a run that was begun within this one.</summary>
    /// <param name="failure">Why the run ended early (an <see cref="OperationCanceledException"/> when cancelled), or null.</param>
    /// <param name="ended">When.</param>
    public virtual void RunFinished(Exception? failure, long ended) { }
}
