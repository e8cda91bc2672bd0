using Tessera.Pools;
using Tessera.Recipes;
using Tessera.Scheduling;

namespace Tessera.Lowering;

/// <summary>Does the tasks of a plan: runs the step, gives back its scratch memory and the pieces that it was the last to read.</summary>
internal sealed class PlanWork(Plan plan, TaskRun run, int workers, RemoteTasks? remote = null) : ITaskWork, IDisposable
{
    private readonly TaskContext?[] _contexts = new TaskContext?[workers];
    private readonly Cultures _cultures = Cultures.Current; // of who computes: what functions and sources see, on whatever thread

    public Task? Execute(int task, int worker)
    {
        (Producer producer, int index) = plan.Tasks[task];
        TaskContext context = _contexts[worker] ??= new TaskContext(run.Stopping) { Elsewhere = remote };
        Task? pending;
        _cultures.Set();
        try
        {
            pending = remote is null || !RemoteTasks.Does(producer.Step)
                ? producer.Step.Start(index, context)
                : remote.Compute(task, plan.Tasks[task], context);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw producer.Step.Failure(index, failure);
        }
        finally
        {
            context.Scratch.Reset();
        }

        if (pending is not null)
            return FinishAsync(pending, task, worker);
        Finish(task, worker);
        return null;
    }

    public void Dispose()
    {
        foreach (TaskContext? context in _contexts)
            context?.Dispose();
    }

    private async Task FinishAsync(Task pending, int task, int worker)
    {
        try
        {
            await pending.ConfigureAwait(false);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            (Producer producer, int index) = plan.Tasks[task];
            throw producer.Step.Failure(index, failure);
        }

        run.Stopping.ThrowIfCancellationRequested(); // then the run may be over, and its pieces gone
        Finish(task, worker);
    }

    private void Finish(int task, int worker)
    {
        (Producer producer, int index) = plan.Tasks[task];
        long freed = producer.Step.ScratchBytes(index);
        foreach (int dependency in plan.Graph.DependenciesOf(task))
        {
            (Producer needed, int piece) = plan.Tasks[dependency];
            freed += needed.Output!.RemoveReader(piece);
        }

        if (run.Observer is { CountsBytes: true } observer)
            observer.BytesRead(worker, ReadBytes.Of(producer.Step, index));

        run.Budget.Release(freed);
    }

    // A source that gives up by itself, a timeout say, has failed; only the run's token interrupts it.
    private bool IsFailure(Exception failure) => failure is not OperationCanceledException || !run.IsStopping;
}
