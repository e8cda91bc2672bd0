namespace Tessera.Diagnostics;

/// <summary>
/// Is told what happens in one run. The tasks' events come from the workers, several at once; those of one worker come in order, but for the end of a task that waited, which comes from anywhere. A run
/// without an observer takes no times and calls nobody. What an observer throws fails the run.
/// </summary>
internal abstract class RunObserver
{
    /// <summary>Before the first task.</summary>
    public virtual void RunStarted(int tasks) { }

    /// <summary>A worker begins a task.</summary>
    public virtual void TaskStarted(int task, int worker) { }

    /// <summary>True for one that wants <see cref="BytesRead"/>, which costs a look at what each task reads.</summary>
    public virtual bool CountsBytes => false;

    /// <summary>A task has read from a source; told only where somebody counts.</summary>
    public virtual void BytesRead(int worker, long bytes) { }

    /// <summary>A worker has left a task that isn't done: it waits, or it failed. Of one that waits, <see cref="TaskFinished"/> comes later.</summary>
    /// <param name="task">Its number in the graph.</param>
    /// <param name="worker">Who is free again.</param>
    /// <param name="started">When the task began, by <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>.</param>
    /// <param name="freed">Since when, by the same clock.</param>
    public virtual void WorkerFreed(int task, int worker, long started, long freed) { }

    /// <summary>A task is done. A task that fails isn't.</summary>
    /// <param name="task">Its number in the graph.</param>
    /// <param name="worker">Who ran it.</param>
    /// <param name="started">When, by <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>.</param>
    /// <param name="finished">When, by the same clock.</param>
    public virtual void TaskFinished(int task, int worker, long started, long finished) { }

    /// <summary>No task runs any more.</summary>
    /// <param name="failure">Why the run ended early (an <see cref="OperationCanceledException"/> when cancelled), or null.</param>
    public virtual void RunFinished(Exception? failure) { }
}
