using Tessera.Executors;
using Tessera.Scheduling;
using Tessera.Steps;

namespace Tessera;

/// <summary>
/// Decides where and when the tasks of a computation run. Take one from <see cref="Schedulers"/>; one may serve many computations at once.
/// </summary>
public abstract class Scheduler
{
    private protected Scheduler()
    {
    }

    /// <summary>What it is called in plans and messages: "serial", "threads(8)".</summary>
    public abstract string Name { get; }

    /// <summary>How many tasks run at once at most.</summary>
    public abstract int Workers { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>What a worker is called in profiles.</summary>
    internal virtual string NameOfWorker(int worker) => $"worker {worker}";

    /// <summary>What the tasks of a plan that is to be made work with, where this scheduler has them done. The plan keeps it, for the run.</summary>
    internal virtual IStepKinds<ITaskBytes> BytesForPlan() => CpuSteps.ForPlan();

    /// <summary>Who does the tasks of a run.</summary>
    /// <param name="plan">Whose tasks.</param>
    /// <param name="run">What they keep to.</param>
    internal virtual Executor ExecutorFor(Plan plan, TaskRun run) => new CpuExecutor(plan, run.Stopping, Workers);

    /// <summary>
    /// Runs every task of the graph once, each after all that it depends on. When this returns or throws, no task is running on
    /// a thread; asynchronous ones that a stopped run had begun are left to themselves. The first failure of a task ends the run and is thrown here, with its stack.
    /// </summary>
    /// <exception cref="OperationCanceledException">The run's token fired before the last task began.</exception>
    internal void Run(TaskGraph graph, ITaskWork work, TaskRun run)
    {
        run.Observer?.RunStarted(graph.Count);

        // An asynchronous task must not want to go on on the thread that waits here for it, that of a window say.
        SynchronizationContext? context = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(null);
            RunTasks(graph, work, run);
        }
        catch (Exception failure)
        {
            run.Stop();
            run.TellInterrupted();
            run.Observer?.RunFinished(failure);
            throw;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        run.Observer?.RunFinished(null);
    }

    /// <summary>The same on other threads, where the scheduler has any; the calling one may go on.</summary>
    /// <inheritdoc cref="Run"/>
    internal async Task RunAsync(TaskGraph graph, ITaskWork work, TaskRun run)
    {
        run.Observer?.RunStarted(graph.Count);
        try
        {
            await RunTasksAsync(graph, work, run).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            run.Stop();
            run.TellInterrupted();
            run.Observer?.RunFinished(failure);
            throw;
        }

        run.Observer?.RunFinished(null);
    }

    private protected abstract void RunTasks(TaskGraph graph, ITaskWork work, TaskRun run);

    private protected abstract Task RunTasksAsync(TaskGraph graph, ITaskWork work, TaskRun run);
}
