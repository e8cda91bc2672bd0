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
    private readonly Underway _underway = new();
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
            return plan.Tasks[task].Producer.Step.IsCalls ? FinishCallAsync(pending, task, worker) : FinishTransferAsync(pending, task, worker);
        Finish(task, worker);
        return null;
    }

    /// <summary>Waits until nothing uses memory of the run any more; called once, when no more tasks begin.</summary>
    public Task WhenQuietAsync() => _underway.WhenNoneAsync();

    /// <summary>A read or a write, which uses memory of the run until it is done, and ends by itself.</summary>
    private async Task FinishTransferAsync(Task pending, int task, int worker)
    {
        _underway.Begin();
        run.Budget.AddUnderway(1);
        try
        {
            await DoneAsync(pending, task).ConfigureAwait(false);
            run.Stopping.ThrowIfCancellationRequested();
            Finish(task, worker);
        }
        finally
        {
            run.Budget.AddUnderway(-1);
            _underway.End();
        }
    }

    /// <summary>What a function of the user waits for, which a stopped run leaves to itself.</summary>
    private async Task FinishCallAsync(Task pending, int task, int worker)
    {
        await DoneAsync(pending, task).ConfigureAwait(false);
        if (!_underway.TryBegin())
            throw new OperationCanceledException(run.Stopping); // the run is over, and its pieces are gone
        try
        {
            run.Stopping.ThrowIfCancellationRequested();
            Finish(task, worker);
        }
        finally
        {
            _underway.End();
        }
    }

    private async Task DoneAsync(Task pending, int task)
    {
        try
        {
            await pending.ConfigureAwait(false);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw Told(failure, task);
        }
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
        {
            (long read, long decoded) = ReadBytes.Of(producer.Step, index);
            observer.BytesRead(task, worker, read, decoded);
        }

        run.Budget.Release(freed);
    }

    private ComputationException Told(Exception failure, int task) => plan.Tasks[task].Step.Failure(plan.Tasks[task].Index, failure);

    // A source that gives up by itself, a timeout say, has failed; only the run's token interrupts it.
    private bool IsFailure(Exception failure) => failure is not OperationCanceledException || !run.IsStopping;
}
