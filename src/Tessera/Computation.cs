using Tessera.Diagnostics;
using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Memory;
using Tessera.Optimization;
using Tessera.Scheduling;

namespace Tessera;

/// <summary>
/// The way from an expression to its elements, or from delayed values to plain ones: optimize, lower, forecast, run. Where elements go is the
/// caller's choice of destination.
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
        Execute(PlanFor(expression, destination, resultBytes, options), resultBytes, options);
    }

    /// <summary>The values of delayed values, in the order given; what several share is computed once.</summary>
    /// <inheritdoc cref="Run(ArrayExpression, Destination, long, ComputeOptions)"/>
    public static object?[] Run(IReadOnlyList<ValueExpression> roots, ComputeOptions options, Claims? claims = null)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        (Plan plan, Func<int, object?> valueOf) = PlanFor(roots, options, claims);
        Execute(plan, 0, options);
        return [.. roots.Select((root, i) => root is RunToken ? options.Cancellation : valueOf(i))];
    }

    /// <summary>A plan that fits into the budget, if there is one.</summary>
    public static Plan PlanFor(ArrayExpression expression, Destination destination, long resultBytes, ComputeOptions options)
    {
        Optimizer optimizer = Optimizer.For(options.Optimize);
        ArrayExpression optimized = optimizer.Optimize(expression);
        ValueLowering values = Values(optimizer, options, null);
        Plan plan = Lowerer.Lower(optimized, destination, values, holdDearSources: true);
        return Fits(plan, resultBytes, options) ? plan : Lowerer.Lower(optimized, destination, values, holdDearSources: false);
    }

    /// <inheritdoc cref="PlanFor(ArrayExpression, Destination, long, ComputeOptions)"/>
    public static (Plan Plan, Func<int, object?> ValueOf) PlanFor(IReadOnlyList<ValueExpression> roots, ComputeOptions options, Claims? claims = null)
    {
        ValueLowering values = Values(Optimizer.For(options.Optimize), options, claims);
        (Plan Plan, Func<int, object?> ValueOf) planned = Lowerer.Lower(roots, values, holdDearSources: true);
        return Fits(planned.Plan, 0, options) ? planned : Lowerer.Lower(roots, values, holdDearSources: false);
    }

    public static bool Fits(Plan plan, long resultBytes, ComputeOptions options) => plan.Forecast.PeakBytes + resultBytes <= options.BudgetBytes;

    private static void Execute(Plan plan, long resultBytes, ComputeOptions options)
    {
        if (!Fits(plan, resultBytes, options))
            throw TooLarge(plan, resultBytes, options);

        var budget = new MemoryBudget(options.BudgetBytes - resultBytes);
        using IDisposable allowance = BlockPool.Shared.Allow(budget.Limit);
        RunObserver? observer = RunObservers.Of(
            options.Progress is { } progress ? new ProgressReporter(progress, TimeProvider.System) : null, options.Profile?.Observe(plan.Graph));
        using var run = new TaskRun(budget, observer, options.Cancellation);
        using var work = new PlanWork(plan, run, options.Scheduler.Workers);
        try
        {
            options.Scheduler.Run(plan.Graph, work, run);
        }
        catch
        {
            plan.Clear();
            throw;
        }
    }

    /// <summary>Values that become known while a run is on are computed by another, on the same scheduler, which shares what it computes.</summary>
    private static ValueLowering Values(Optimizer optimizer, ComputeOptions options, Claims? claims) => new(
        optimizer.Optimize,
        (value, shared, cancellation) => Task.Run(() => Run([value], options with { Progress = null, Profile = null, Cancellation = cancellation }, shared)[0]),
        claims);

    private static MemoryBudgetException TooLarge(Plan plan, long resultBytes, ComputeOptions options)
    {
        PlannedTask task = plan.Tasks[plan.Forecast.PeakTask];
        string worst = task.Step.NameOf(task.Index), operation = resultBytes > options.BudgetBytes ? $"the result of {worst}" : worst;
        return new MemoryBudgetException(operation, plan.Forecast.PeakBytes + resultBytes, options.BudgetBytes);
    }
}
