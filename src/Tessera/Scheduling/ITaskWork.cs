namespace Tessera.Scheduling;

/// <summary>What the tasks of a graph do.</summary>
internal interface ITaskWork
{
    /// <summary>
    /// Does one task; called once for each, after all that it depends on, by several workers at once. Its bytes are reserved in the run's
    /// budget before the call; the work releases them as it gives blocks back. A failed task ends the run, and its bytes with it.
    /// </summary>
    /// <param name="task">Its number in the graph.</param>
    /// <param name="worker">
    /// From 0 up to the scheduler's workers. One worker does one task at a time, so that scratch can be kept per worker.
    /// </param>
    void Execute(int task, int worker);
}
