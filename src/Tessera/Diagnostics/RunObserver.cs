namespace Tessera.Diagnostics;

/// <summary>
/// Is told what happens in one run: what profiles, progress and streams of events stand behind. The tasks' events come from the workers, several at once; those
/// of one worker come in order, but for the end of a task that waited, which comes from anywhere. A run without an observer takes no times and calls nobody.
/// An observer neither waits nor throws, because it would hold up the run or make it fail: what a user's code does with events it does on another thread.
/// </summary>
internal abstract class RunObserver
{
    /// <summary>Before the first task.</summary>
    public virtual void RunStarted(int tasks) { }

    /// <summary>A worker begins a task.</summary>
    /// <param name="task">Its number in the graph.</param>
    /// <param name="worker">Who does it.</param>
    /// <param name="started">When, by <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>, as all times here.</param>
    public virtual void TaskStarted(int task, int worker, long started) { }

    /// <summary>True for one that wants <see cref="BytesRead"/>, which costs a look at what each task reads.</summary>
    public virtual bool CountsBytes => false;

    /// <summary>A task has read from a source; told only where somebody counts, and before its end.</summary>
    public virtual void BytesRead(int task, int worker, long bytes) { }

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

    /// <summary>No task runs any more.</summary>
    /// <param name="failure">Why the run ended early (an <see cref="OperationCanceledException"/> when cancelled), or null.</param>
    public virtual void RunFinished(Exception? failure) { }
}
