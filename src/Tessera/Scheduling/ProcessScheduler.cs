using Tessera.Pools;

namespace Tessera.Scheduling;

/// <summary>
/// Orders tasks as <see cref="ThreadScheduler"/> does, with a thread here for each worker process, which waits for that process. What a task does there is
/// its work's business.
/// </summary>
internal sealed class ProcessScheduler(ProcessCrew crew) : Scheduler
{
    public override string Name => crew.Name;

    public override int Workers => crew.Workers;

    // Without a process id: whichever process is free takes what this worker's thread asks for.
    internal override string NameOfWorker(int worker) => $"process worker {worker}";

    /// <summary>Whose processes do the tasks.</summary>
    public ProcessCrew Crew => crew;

    private protected override void RunTasks(TaskGraph graph, ITaskWork work, TaskRun run) => ThreadScheduler.Run(graph, work, run, crew.Workers);

    private protected override Task RunTasksAsync(TaskGraph graph, ITaskWork work, TaskRun run) =>
        new ThreadedRun(graph, work, run, crew.Workers).RunAsync();
}
