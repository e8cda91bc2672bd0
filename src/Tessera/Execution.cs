using Tessera.Diagnostics;
using Tessera.Lowering;
using Tessera.Memory;
using Tessera.Scheduling;

namespace Tessera;

/// <summary>A plan with all that one execution of it needs: its part of the memory, who watches it, what its tasks do.</summary>
internal sealed class Execution : IDisposable
{
    private readonly Plan _plan;
    private readonly Scheduler _scheduler;
    private readonly IDisposable _allowance;
    private readonly TaskRun _run;
    private readonly PlanWork _work;

    /// <param name="plan">Fits into the budget.</param>
    /// <param name="resultBytes">Memory that is held already, which counts against the budget.</param>
    /// <param name="options">How to run.</param>
    public Execution(Plan plan, long resultBytes, ComputeOptions options)
    {
        (_plan, _scheduler) = (plan, options.Scheduler);
        var budget = new MemoryBudget(options.BudgetBytes - resultBytes);
        RunObserver? observer = RunObservers.Of(
            options.Progress is { } progress ? new ProgressReporter(progress, TimeProvider.System) : null, options.Profile?.Observe(plan.Graph));
        _run = new TaskRun(budget, observer, options.Cancellation);
        _work = new PlanWork(plan, _run, options.Scheduler.Workers);
        _allowance = BlockPool.Shared.Allow(budget.Limit);
    }

    public void Run()
    {
        try
        {
            _scheduler.Run(_plan.Graph, _work, _run);
        }
        catch
        {
            _plan.Clear();
            throw;
        }
    }

    public async Task RunAsync()
    {
        try
        {
            await _scheduler.RunAsync(_plan.Graph, _work, _run).ConfigureAwait(false);
        }
        catch
        {
            _plan.Clear();
            throw;
        }
    }

    public void Dispose()
    {
        _work.Dispose();
        _run.Dispose();
        _allowance.Dispose();
    }
}
