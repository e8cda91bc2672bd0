using Tessera.Diagnostics;
using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Memory;
using Tessera.Optimization;
using Tessera.Scheduling;

namespace Tessera;

/// <summary>
/// The way from an expression to its elements: optimize, lower, forecast, run. Where the elements go is the caller's choice of destination.
/// </summary>
internal static class Computation
{
    /// <param name="expression">What to compute.</param>
    /// <param name="destination">Where its elements go.</param>
    /// <param name="resultBytes">Memory that the destination holds already, which counts against the budget.</param>
    /// <param name="options">How to run.</param>
    /// <exception cref="MemoryBudgetException">The plan needs more memory than the budget.</exception>
    /// <exception cref="ComputationException">A task failed; says which, and why.</exception>
    /// <exception cref="OperationCanceledException">The options' token fired.</exception>
    public static void Run(ArrayExpression expression, Destination destination, long resultBytes, ComputeOptions options)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        Plan plan = PlanFor(Optimized(expression, options), destination, resultBytes, options);
        if (!Fits(plan, resultBytes, options))
            throw TooLarge(plan, resultBytes, options);

        var budget = new MemoryBudget(options.BudgetBytes - resultBytes);
        using IDisposable allowance = BlockPool.Shared.Allow(budget.Limit);
        RunObserver? observer = options.Progress is { } progress ? new ProgressReporter(progress, TimeProvider.System) : null;
        using var run = new TaskRun(budget, observer, options.Cancellation);
        using var work = new PlanWork(plan, run, options.Scheduler.Workers);
        try
        {
            options.Scheduler.Run(plan.Graph, work, run);
        }
        finally
        {
            plan.Clear();
        }
    }

    /// <summary>A plan that fits into the budget, if there is one.</summary>
    public static Plan PlanFor(ArrayExpression optimized, Destination destination, long resultBytes, ComputeOptions options)
    {
        Plan plan = Lowerer.Lower(optimized, destination, holdDearSources: true);
        return Fits(plan, resultBytes, options) ? plan : Lowerer.Lower(optimized, destination, holdDearSources: false);
    }

    public static bool Fits(Plan plan, long resultBytes, ComputeOptions options) => plan.Forecast.PeakBytes + resultBytes <= options.BudgetBytes;

    private static MemoryBudgetException TooLarge(Plan plan, long resultBytes, ComputeOptions options)
    {
        string worst = plan.Tasks[plan.Forecast.PeakTask].Step.Name;
        string operation = resultBytes > options.BudgetBytes ? $"the result of {worst}" : worst;
        return new MemoryBudgetException(operation, plan.Forecast.PeakBytes + resultBytes, options.BudgetBytes);
    }

    public static ArrayExpression Optimized(ArrayExpression expression, ComputeOptions options) =>
        options.Optimize ? Optimizer.Optimize(expression) : Optimizer.Share(expression);
}
