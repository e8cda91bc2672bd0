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
    internal void Run(TaskGraph graph, ITaskWork work, TaskRun run) => RunAsync(graph, work, run, here: true).GetAwaiter().GetResult();

    /// <summary>The same on other threads, if the scheduler has any; the calling one may go on.</summary>
    /// <inheritdoc cref="Run"/>
    internal Task RunAsync(TaskGraph graph, ITaskWork work, TaskRun run) => RunAsync(graph, work, run, here: false);

    /// <param name="graph">What is run.</param>
    /// <param name="work">What its tasks do.</param>
    /// <param name="run">What they keep to.</param>
    /// <param name="here">True if the calling thread takes part: then all tasks are done when this returns its task.</param>
    internal async Task RunAsync(TaskGraph graph, ITaskWork work, TaskRun run, bool here)
    {
        Exception? failure = null;
        run.Observer?.RunStarted(graph.Count, run.Now());
        try
        {
            if (here)
                RunHere(graph, work, run);
            else
                await RunTasksAsync(graph, work, run).ConfigureAwait(false);
        }
        catch (Exception caught)
        {
            failure = caught;
            run.Stop();
            run.TellInterrupted();
            throw;
        }
        finally
        {
            if (here)
                run.WhenOverAsync().GetAwaiter().GetResult(); // what comes after, as abandoning sinks, is the calling thread's, too
            else
                await run.WhenOverAsync().ConfigureAwait(false);
            run.Observer?.RunFinished(failure, run.Now());
        }
    }

    private protected abstract void RunTasks(TaskGraph graph, ITaskWork work, TaskRun run);

    private protected abstract Task RunTasksAsync(TaskGraph graph, ITaskWork work, TaskRun run);

    /// <summary>An asynchronous task must not want to go on on the thread that waits here for it, that of a window for example.</summary>
    private void RunHere(TaskGraph graph, ITaskWork work, TaskRun run)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(null);
            RunTasks(graph, work, run);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
