
namespace Tessera.Scheduling;

/// <summary>
/// The calling thread is worker 0 and takes part, so that a run gets on even where no other thread is free: inside a task of another run,
/// on the thread pool, with many runs at once.
/// </summary>
internal sealed class ThreadScheduler(int workers) : Scheduler
{
    public override string Name => $"threads({workers})";

    public override int Workers => workers;

    private protected override void RunTasks(TaskGraph graph, ITaskWork work, TaskRun run) => Run(graph, work, run, workers);

    private protected override Task RunTasksAsync(TaskGraph graph, ITaskWork work, TaskRun run) =>
        new ThreadedRun(graph, work, run, workers).RunAsync();

    /// <summary>On so many threads, or none but this where there is nothing to share.</summary>
    internal static void Run(TaskGraph graph, ITaskWork work, TaskRun run, int workers)
    {
        if (graph.Count <= 1)
            SerialScheduler.RunInOrder(graph, work, run);
        else
            new ThreadedRun(graph, work, run, workers).Run();
    }
}
