namespace Tessera.Scheduling;

/// <summary>What the tasks of a graph do.</summary>
internal interface ITaskWork
{
    /// <summary>
    /// Does one task; called once for each, after all that it depends on, by several workers at once. Its bytes are reserved in the run's
    /// budget before the call; the work releases them as it gives blocks back. A failed task ends the run, and its bytes with it.
    /// </summary>
    /// <returns>
    /// Null when the task is done. A task that waits for something other than a processor gives what it waits for: it is done when that is,
    /// and meanwhile the worker does others. What a stopped run still waits for is left to itself.
    /// </returns>
    /// <param name="task">Its number in the graph.</param>
    /// <param name="worker">
    /// From 0 up to the scheduler's workers. One worker does one task at a time, so that scratch can be kept per worker.
    /// </param>
    Task? Execute(int task, int worker);
}
