using System.Diagnostics;
using Tessera.Diagnostics;
using Tessera.Memory;

namespace Tessera.Scheduling;

/// <summary>What one execution of a graph must keep to.</summary>
/// <param name="budget">Where the bytes of a task are reserved before it starts.</param>
/// <param name="observer">Is told of every task, or null.</param>
/// <param name="cancellation">Once it fires, no task begins.</param>
internal sealed class TaskRun(MemoryBudget budget, RunObserver? observer = null, CancellationToken cancellation = default) : IDisposable
{
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

    public MemoryBudget Budget => budget;

    public RunObserver? Observer => observer;

    /// <summary>The caller's token.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Fires when the caller cancels or a task fails: what tasks heed while they are under way.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>True once either token has fired: then what a task throws for it is no failure.</summary>
    public bool IsStopping => cancellation.IsCancellationRequested || _stopping.IsCancellationRequested;

    /// <summary>Interrupts the tasks that are under way.</summary>
    public void Stop()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (AggregateException)
        {
            // What a source or a function had registered with the token failed. The run ends for the reason that came first.
        }
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Does one task, and tells the observer.</summary>
    public void Execute(ITaskWork work, int task, int worker)
    {
        if (Observer is null)
        {
            work.Execute(task, worker);
            return;
        }

        Observer.TaskStarted(task, worker);
        long started = Stopwatch.GetTimestamp();
        work.Execute(task, worker);
        Observer.TaskFinished(task, worker, started, Stopwatch.GetTimestamp());
    }
}
