using Tessera.Executors;
using Tessera.Scheduling;
using Tessera.Steps;

namespace Tessera.Tests.PlainExecution;

/// <summary>One task after another by the <see cref="PlainExecutor"/>: what every other executor must equal.</summary>
internal sealed class PlainScheduler : Scheduler
{
    public static PlainScheduler Instance { get; } = new();

    public override string Name => "plain";

    public override int Workers => 1;

    internal override Executor ExecutorFor(Plan plan, TaskRun run) => new PlainExecutor(plan, run.Stopping);

    private protected override void RunTasks(TaskGraph graph, ITaskWork work, TaskRun run) => SerialScheduler.RunInOrder(graph, work, run);

    private protected override Task RunTasksAsync(TaskGraph graph, ITaskWork work, TaskRun run)
    {
        SerialScheduler.RunInOrder(graph, work, run);
        return Task.CompletedTask;
    }
}
