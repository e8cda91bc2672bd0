using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>
/// Does the tasks of one run of a plan: on this process's processors, in other processes, on a device. A scheduler says which one serves it, and in which
/// order tasks are done; what a step is, an executor alone knows.
/// </summary>
internal abstract class Executor : IDisposable
{
    /// <summary>Does one task, after all that it depends on; several workers ask at once.</summary>
    /// <param name="task">Its number in the plan.</param>
    /// <param name="worker">From 0 up to the scheduler's workers. One worker does one task at a time.</param>
    /// <returns>Null when the task is done; what it waits for, if that is something other than a processor.</returns>
    public abstract Task? Execute(int task, int worker);

    /// <summary>Where the blocks of the run lie. What a task was the last to read is released there, after the task.</summary>
    public abstract BlockStore Blocks { get; }

    /// <summary>The run may hold so many bytes of blocks until the result is disposed of; pools keep as much for it.</summary>
    public abstract IDisposable Allow(long bytes);

    public abstract void Dispose();
}
