using Tessera.Executors;
using Tessera.Pools;
using Tessera.Steps;

namespace Tessera.Scheduling;

/// <summary>
/// Orders tasks as <see cref="ThreadScheduler"/> does, with a thread here for each worker process, which waits for that process.
/// </summary>
internal sealed class ProcessScheduler(ProcessCrew crew) : Scheduler
{
    public override string Name => crew.Name;

    public override int Workers => crew.Workers;

    // Without a process id: whichever process is free takes what this worker's thread asks for.
    internal override string NameOfWorker(int worker) => $"process worker {worker}";

    internal override IStepKinds<ITaskBytes> BytesForPlan() => new ProcessBytes();

    internal override Executor ExecutorFor(Plan plan, TaskRun run) => new ProcessExecutor(plan, run.Stopping, crew);

    private protected override void RunTasks(TaskGraph graph, ITaskWork work, TaskRun run) => ThreadScheduler.Run(graph, work, run, crew.Workers);

    private protected override Task RunTasksAsync(TaskGraph graph, ITaskWork work, TaskRun run) =>
        new ThreadedRun(graph, work, run, crew.Workers).RunAsync();
}
