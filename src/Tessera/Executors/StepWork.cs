namespace Tessera.Executors;

/// <summary>A step as an executor does it: made ready once a run, then used by many threads at once.</summary>
internal abstract class StepWork
{
    /// <summary>Does a task, or begins it and gives what it waits for.</summary>
    public abstract Task? Execute(int task, TaskContext context);
}
