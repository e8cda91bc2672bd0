
namespace Tessera.Scheduling;

/// <summary>Tasks 0, 1, 2, … on the calling thread: what every other scheduler must equal.</summary>
internal sealed class SerialScheduler : Scheduler
{
    public override string Name => "serial";

    public override int Workers => 1;

    private protected override void RunTasks(TaskGraph graph, ITaskWork work, TaskRun run) => RunInOrder(graph, work, run);

    private protected override Task RunTasksAsync(TaskGraph graph, ITaskWork work, TaskRun run)
    {
        RunInOrder(graph, work, run);
        return Task.CompletedTask;
    }

    /// <summary>The lowest task that is ready is always the next one, since tasks depend on lower ones only.</summary>
    internal static void RunInOrder(TaskGraph graph, ITaskWork work, TaskRun run)
    {
        long now = run.Now();
        for (int task = 0; task < graph.Count; task++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            run.Budget.ReserveAlone(graph.BytesOf(task), run.Cancellation); // nothing else of this run could make room
            bool before = TaskThread.Begin();
            int underway = 1;
            run.Budget.AddUnderway(1);
            try
            {
                if (run.Execute(work, task, worker: 0, ref now) is { } pending)
                {
                    run.Budget.AddUnderway(-1);
                    underway = 0;
                    Wait(pending, run.Stopping);
                    now = run.Now();
                }
            }
            catch (OperationCanceledException cancelled) when (run.Cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancelled.Message, cancelled, run.Cancellation);
            }
            finally
            {
                run.Budget.AddUnderway(-underway);
                TaskThread.End(before);
            }
        }
    }

    private static void Wait(Task pending, CancellationToken stopping)
    {
        try
        {
            pending.WaitAsync(stopping).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!pending.IsCompleted)
        {
            // It is left to itself; should it fail later, that is nobody's concern any more.
            pending.ContinueWith(static late => _ = late.Exception, TaskContinuationOptions.ExecuteSynchronously);
            throw;
        }
    }
}
