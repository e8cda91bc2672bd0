namespace Tessera.Diagnostics;

/// <summary>Passes what happens in a run on to several observers, in order.</summary>
internal sealed class RunObservers(params RunObserver[] observers) : RunObserver
{
    /// <summary>One for all that there are; null where there is none.</summary>
    public static RunObserver? Of(params ReadOnlySpan<RunObserver?> observers)
    {
        RunObserver[] some = [.. observers.ToArray().OfType<RunObserver>()];
        return some.Length switch { 0 => null, 1 => some[0], _ => new RunObservers(some) };
    }

    public override bool CountsBytes => Array.Exists(observers, observer => observer.CountsBytes);

    public override void RunStarted(int tasks, long began) => Array.ForEach(observers, observer => observer.RunStarted(tasks, began));

    public override void TaskStarted(int task, int worker, long started) =>
        Array.ForEach(observers, observer => observer.TaskStarted(task, worker, started));

    public override void BytesRead(int task, int worker, long read, long decoded) =>
        Array.ForEach(observers, observer => observer.BytesRead(task, worker, read, decoded));

    public override void WorkerFreed(int task, int worker, long started, long freed) =>
        Array.ForEach(observers, observer => observer.WorkerFreed(task, worker, started, freed));

    public override void TaskFinished(int task, int worker, long started, long finished) =>
        Array.ForEach(observers, observer => observer.TaskFinished(task, worker, started, finished));

    public override void TaskFailed(int task, int worker, long started, long ended, Exception failure) =>
        Array.ForEach(observers, observer => observer.TaskFailed(task, worker, started, ended, failure));

    public override void RunFinished(Exception? failure, long ended) => Array.ForEach(observers, observer => observer.RunFinished(failure, ended));
}
