using System.Diagnostics;
using Tessera.Diagnostics;
using Tessera.Memory;

namespace Tessera.Scheduling;

/// <summary>What one execution of a graph must keep to.</summary>
/// <param name="Budget">Where the bytes of a task are reserved before it starts.</param>
/// <param name="Observer">Is told of every task, or null.</param>
/// <param name="Cancellation">Once it fires, no task begins.</param>
internal sealed record TaskRun(MemoryBudget Budget, RunObserver? Observer = null, CancellationToken Cancellation = default)
{
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
