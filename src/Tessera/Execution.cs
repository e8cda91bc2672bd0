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
    private readonly MemoryInUse _memory;
    private readonly MemoryShare? _share; // none where it is that of the run around this one
    private readonly IDisposable _allowance;
    private readonly Executor _executor;
    private readonly TaskRun _run;
    private readonly PlanWork _work;

    /// <param name="plan">Fits into the budget.</param>
    /// <param name="resultBytes">Memory that is held already, which counts against the budget.</param>
    /// <param name="options">How to run.</param>
    /// <param name="nested">Runs that this one begins.</param>
    public Execution(Plan plan, long resultBytes, ComputeOptions options, NestedRuns nested)
    {
        (_plan, _scheduler, _nested) = (plan, options.Scheduler, nested);
        _memory = new MemoryInUse(plan.Memory);
        if (options.SharedBudget is null)
            _share = options.Ledger.Begin(options.BudgetBytes, resultBytes, TaskThread.IsWithin);
        MemoryBudget budget = nested.Budget = options.SharedBudget ?? new MemoryBudget(options.BudgetBytes - resultBytes, _share);
        try
        {
            _run = new TaskRun(budget, Observer(options, () => budget.Peak + resultBytes), options.Cancellation);
            _executor = _scheduler.ExecutorFor(plan, _run);
            _work = new PlanWork(plan, _run, _executor);
            _allowance = _executor.Allow(options.SharedBudget is null ? budget.Limit : 0);
        }
        catch
        {
            _executor?.Dispose();
            _run?.Dispose();
            _share?.Dispose();
            _memory.Dispose();
            throw;
        }
    }

    public void Run()
    {
        try
        {
            _scheduler.Run(_plan.Graph, _work, _run);
        }
        finally
        {
            OverAsync().GetAwaiter().GetResult();
        }
    }

    public async Task RunAsync()
    {
        try
        {
            await _scheduler.RunAsync(_plan.Graph, _work, _run).ConfigureAwait(false);
        }
        finally
        {
            await OverAsync().ConfigureAwait(false);
        }
    }

    private async Task OverAsync()
    {
        await _nested.WhenOverAsync().ConfigureAwait(false);
        await _work.WhenQuietAsync().ConfigureAwait(false);
    }

    private RunObserver? Observer(ComputeOptions options, Func<long> peakBytes) => RunObservers.Of(
        options.Progress is { } progress ? new ProgressReporter(new DetachedProgress(progress, options.Tell, DetachedProgress.Patience), TimeProvider.System) : null,
        options.Profile?.Observe(_plan.Graph, _scheduler.Name, [.. Enumerable.Range(0, _scheduler.Workers).Select(_scheduler.NameOfWorker)], peakBytes),
        _nested.Around = options.Events?.Begin(
            _plan.Graph, new PlanSize(options.Around?.Number, _scheduler.Name, _scheduler.Workers, _plan.Forecast.BytesRead, _plan.Forecast.PeakBytes)));

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
            _memory.Dispose();
        }
    }
}
