using Tessera.Pools;
using Tessera.Scheduling;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>
/// The tasks of a plan, as a scheduler runs them: has the executor do them, tells failures with what was being done, and gives back scratch memory and the pieces
/// that a task was the last to read.
/// </summary>
internal sealed class PlanWork(Plan plan, TaskRun run, Executor executor) : ITaskWork
{
    private readonly Cultures _cultures = Cultures.Current; // of who computes: what functions and sources see, on whatever thread

    public Task? Execute(int task, int worker)
    {
        Task? pending;
        _cultures.Set();
        try
        {
            pending = executor.Execute(task, worker);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw Told(failure, task);
        }

        if (pending is not null)
            return FinishAsync(pending, task, worker);
        Finish(task, worker);
        return null;
    }

    private async Task FinishAsync(Task pending, int task, int worker)
    {
        try
        {
            await pending.ConfigureAwait(false);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw Told(failure, task);
        }

        run.Stopping.ThrowIfCancellationRequested(); // then the run may be over, and its pieces gone
        Finish(task, worker);
    }

    private void Finish(int task, int worker)
    {
        (Producer producer, int index) = plan.Tasks[task];
        long freed = plan.Graph.BytesOf(task) - producer.Step.OutputBytes(index); // what it worked with
        foreach (int dependency in plan.Graph.DependenciesOf(task))
        {
            (Producer needed, int piece) = plan.Tasks[dependency];
            freed += needed.Output!.RemoveReader(piece, executor.Blocks);
        }

        if (run.Observer is { CountsBytes: true } observer)
            observer.BytesRead(task, worker, ReadBytes.Of(producer.Step, index));

        run.Budget.Release(freed);
    }

    private ComputationException Told(Exception failure, int task) => plan.Tasks[task].Step.Failure(plan.Tasks[task].Index, failure);

    // A source that gives up by itself, a timeout say, has failed; only the run's token interrupts it.
    private bool IsFailure(Exception failure) => failure is not OperationCanceledException || !run.IsStopping;
}
