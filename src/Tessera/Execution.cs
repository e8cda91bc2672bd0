using Tessera.Diagnostics;
using Tessera.Executors;
using Tessera.Graphs;
using Tessera.Memory;
using Tessera.Scheduling;
using Tessera.Steps;
using Tessera.Storage;

namespace Tessera;

/// <summary>A plan with all that one execution of it needs: its part of the memory, who watches it, what its tasks do.</summary>
internal sealed class Execution : IDisposable
{
    private readonly Plan _plan;
    private readonly Scheduler _scheduler;
    private readonly NestedRuns _nested;
    private readonly MemoryInUse _read;
    private readonly MemoryShare? _share; // none where it is that of the run around this one
    private readonly IDisposable _allowance;
    private readonly Executor _executor;
    private readonly TaskRun _run;
    private readonly PlanWork _work;

    /// <param name="plan">Fits into the budget.</param>
    /// <param name="resultBytes">Memory that the result takes already, which counts against the budget.</param>
    /// <param name="options">How to run.</param>
    /// <param name="nested">Runs that this one begins.</param>
    /// <param name="asked">When the computation was asked for, by the system's clock.</param>
    public Execution(Plan plan, long resultBytes, ComputeOptions options, NestedRuns nested, long asked)
    {
        (_plan, _scheduler, _nested) = (plan, options.Scheduler, nested);
        _read = new MemoryInUse(plan.Memory);
        if (options.SharedMemory is null)
            _share = options.Ledger.Begin(options.BudgetBytes, resultBytes, TaskThread.IsWithin);
        RunMemory memory = nested.Memory = options.SharedMemory ?? new RunMemory(new MemoryBudget(options.BudgetBytes - resultBytes, _share), resultBytes);
        try
        {
            _run = new TaskRun(memory.Budget, Observer(options, memory, asked), options.Cancellation) { WhenOverAsync = WhenOverAsync };
            _executor = _scheduler.ExecutorFor(plan, _run);
            _work = new PlanWork(plan, _run, _executor);
            _allowance = _executor.Allow(options.SharedMemory is null ? memory.Budget.Limit : 0);
        }
        catch
        {
            _executor?.Dispose();
            _run?.Dispose();
            _share?.Dispose();
            _read.Dispose();
            throw;
        }
    }

    /// <param name="here">True if the calling thread takes part, and all tasks are to be done when this returns.</param>
    public Task RunAsync(bool here) => _scheduler.RunAsync(_plan.Graph, _work, _run, here);

    private Task WhenOverAsync() => _nested.WhenOverAsync() is { IsCompleted: false } nested ? WhenOverAsync(nested) : _work.WhenQuietAsync();

    private async Task WhenOverAsync(Task nested)
    {
        await nested.ConfigureAwait(false);
        await _work.WhenQuietAsync().ConfigureAwait(false);
    }

    private RunObserver? Observer(ComputeOptions options, RunMemory memory, long asked)
    {
        string[] workers = options is { Profile: null, Events: null } ? [] : [.. Enumerable.Range(0, _scheduler.Workers).Select(_scheduler.NameOfWorker)];
        RunTeller? teller = options.Events is { } events ? new(events, _plan.Graph, Size(options, workers), memory, TimeProvider.System, asked) : null;
        _nested.Around = teller?.Number;
        return RunObservers.Of(
            options.Progress is { } progress ? new ProgressReporter(new DetachedProgress(progress, options.Tell, DetachedProgress.Patience), TimeProvider.System) : null,
            options.Profile?.Observe(_plan.Graph, _scheduler.Name, workers, () => memory.PeakBytes, asked),
            teller);
    }

    private PlanSize Size(ComputeOptions options, string[] workers) => new(
        options.Around, _scheduler.Name, workers, _plan.Forecast.BytesRead, _plan.Forecast.BytesDecoded, _plan.Forecast.PeakBytes, options.BudgetBytes);

    public void Dispose()
    {
        try
        {
            _plan.Clear();
            _executor.Dispose();
            _run.Dispose();
        }
        finally
        {
            _share?.Dispose(); // else other runs would wait for this one, and it would be the eldest for ever
            _allowance.Dispose();
            _read.Dispose();
        }
    }
}
