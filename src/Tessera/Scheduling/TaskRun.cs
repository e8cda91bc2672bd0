using System.Collections.Concurrent;
using Tessera.Diagnostics;
using Tessera.Memory;

namespace Tessera.Scheduling;

/// <summary>What one execution of a graph must keep to.</summary>
internal sealed class TaskRun : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping;
    private readonly ConcurrentDictionary<int, (int Worker, long Started)>? _waiting; // tasks that hold no worker, if somebody observes

    /// <param name="budget">Where the bytes of a task are reserved before it starts.</param>
    /// <param name="observer">Is told of every task, or null.</param>
    /// <param name="cancellation">Once it fires, no task begins.</param>
    /// <param name="time">The clock by which the observer is told times; the system's unless given.</param>
    public TaskRun(MemoryBudget budget, RunObserver? observer = null, CancellationToken cancellation = default, TimeProvider? time = null)
    {
        (Budget, Observer, Cancellation, _time) = (budget, observer, cancellation, time ?? TimeProvider.System);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Stopping = _stopping.Token;
        _waiting = observer is null ? null : new();
    }

    public MemoryBudget Budget { get; }

    public RunObserver? Observer { get; }

    /// <summary>Waits for what tasks began and left behind, such as runs within this one: it is part of the run. Called once, after the last task.</summary>
    public Func<Task> WhenOverAsync { get; init; } = () => Task.CompletedTask;

    /// <summary>The caller's token.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Fires when the caller cancels or a task fails: what tasks heed while they are under way.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>True once either token has fired: then what a task throws for it is no failure.</summary>
    public bool IsStopping => Cancellation.IsCancellationRequested || _stopping.IsCancellationRequested;

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
        catch (ObjectDisposedException)
        {
            // The run is over.
        }
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Does one task, or begins it as <see cref="ITaskWork.Execute"/> says, and tells the observer.</summary>
    /// <param name="work">What tasks do.</param>
    /// <param name="task">Its number.</param>
    /// <param name="worker">Who does it.</param>
    /// <param name="now">
    /// When it begins, and afterwards when the worker was free again: the beginning of the next, where that follows at once, since to look at the clock twice a
    /// task would cost as much as a short task. Nothing where nobody observes.
    /// </param>
    public Task? Execute(ITaskWork work, int task, int worker, ref long now)
    {
        if (Observer is null)
            return work.Execute(task, worker);

        long started = now;
        Observer.TaskStarted(task, worker, started);
        Task? pending;
        try
        {
            pending = work.Execute(task, worker);
            now = _time.GetTimestamp();
        }
        catch (Exception failure)
        {
            Observer.TaskFailed(task, worker, started, _time.GetTimestamp(), failure);
            throw;
        }

        if (pending is null)
        {
            Observer.TaskFinished(task, worker, started, now);
            return null;
        }

        Observer.WorkerFreed(task, worker, started, now);
        return FinishAsync(pending, task, worker, started);
    }

    /// <summary>The time by the run's clock; taken only if somebody observes.</summary>
    public long Now() => Observer is null ? 0 : _time.GetTimestamp();

    /// <summary>
    /// Tells the end of tasks that wait for something and that a stopped run leaves to themselves; called before the end of the run is told, when no more begin.
    /// </summary>
    public void TellInterrupted()
    {
        if (_waiting is null)
            return;
        foreach ((int task, (int worker, long started)) in _waiting)
        {
            if (_waiting.TryRemove(task, out _))
                Observer!.TaskFailed(task, worker, started, _time.GetTimestamp(), new OperationCanceledException("The run was stopped."));
        }
    }

    private async Task FinishAsync(Task pending, int task, int worker, long started)
    {
        _waiting![task] = (worker, started);
        try
        {
            await pending.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            if (_waiting.TryRemove(task, out _))
                Observer!.TaskFailed(task, worker, started, _time.GetTimestamp(), failure);
            throw;
        }

        if (_waiting.TryRemove(task, out _))
            Observer!.TaskFinished(task, worker, started, _time.GetTimestamp());
    }
}
