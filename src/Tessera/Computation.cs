using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Optimization;
using Tessera.Steps;

namespace Tessera;

/// <summary>
/// The way from expressions to their elements, or from delayed values to plain ones: optimize, lower, forecast, run. Where elements go is the
/// caller's choice of destinations, and who drives the run is that of <see cref="Driver"/>.
/// </summary>
internal static class Computation
{
    /// <summary>Computes arrays in one run; what they share is read once, while memory allows.</summary>
    /// <param name="outputs">What to compute, and where its elements go.</param>
    /// <param name="resultBytes">Memory that the destinations take already, which counts against the budget.</param>
    /// <param name="options">How to run.</param>
    /// <param name="here">True if the calling thread takes part, and all tasks are to be done when this returns.</param>
    /// <exception cref="MemoryBudgetException">The plan needs more memory than the budget.</exception>
    /// <exception cref="ComputationException">A task failed; says which, and why.</exception>
    /// <exception cref="OperationCanceledException">The options' token fired.</exception>
    public static Task RunAsync(IReadOnlyList<PlannedOutput> outputs, long resultBytes, ComputeOptions options, bool here) =>
        RunAsync(nested => PlanFor(outputs, resultBytes, options, nested), _ => true, resultBytes, options, here);

    /// <summary>Computes delayed values. The values come in the order given; what several share is computed once.</summary>
    /// <inheritdoc cref="RunAsync(IReadOnlyList{PlannedOutput}, long, ComputeOptions, bool)"/>
    public static Task<object?[]> RunAsync(IReadOnlyList<ValueExpression> roots, ComputeOptions options, bool here, Claims? claims = null) => RunAsync(
        nested => PlanFor(roots, options, nested, claims),
        lowered => Enumerable.Range(0, roots.Count).Select(i => roots[i] is RunToken ? options.Cancellation : lowered.ValueOf!(i)).ToArray(),
        resultBytes: 0, options, here);

    /// <summary>A plan that fits into the budget, if there is one.</summary>
    public static LoweredPlan PlanFor(ArrayExpression expression, Destination destination, long resultBytes, ComputeOptions options, Optimizer? optimizer = null) =>
        PlanFor([new PlannedOutput(expression, destination)], resultBytes, options, nested: null, optimizer);

    /// <inheritdoc cref="PlanFor(ArrayExpression, Destination, long, ComputeOptions, Optimizer?)"/>
    public static LoweredPlan PlanFor(
        IReadOnlyList<PlannedOutput> outputs, long resultBytes, ComputeOptions options, NestedRuns? nested = null, Optimizer? optimizer = null)
    {
        optimizer ??= Optimizer.For(options.Optimize);
        ValueLowering values = (nested ?? new(options)).Lowering(optimizer, claims: null);
        return new Fitting(
            saving => Lowerer.Lower(outputs, values, saving, options.Scheduler.BytesForPlan()),
            options.BudgetBytes - resultBytes,
            mayCutAcross: outputs.Any(output => output.Destination.Chunks is not null)).Plan();
    }

    /// <inheritdoc cref="PlanFor(ArrayExpression, Destination, long, ComputeOptions, Optimizer?)"/>
    public static LoweredPlan PlanFor(IReadOnlyList<ValueExpression> roots, ComputeOptions options, NestedRuns? nested = null, Claims? claims = null)
    {
        ValueLowering values = (nested ?? new(options)).Lowering(Optimizer.For(options.Optimize), claims);
        return new Fitting(saving => Lowerer.Lower(roots, values, saving, options.Scheduler.BytesForPlan()), options.BudgetBytes, mayCutAcross: false).Plan();
    }

    public static bool Fits(Plan plan, long resultBytes, ComputeOptions options) => plan.Forecast.PeakBytes + resultBytes <= options.BudgetBytes;

    // planFor makes the plan, for a run that may begin others; resultOf takes what the caller gets, before the memory of the run is given back.
    private static async Task<T> RunAsync<T>(
        Func<NestedRuns, LoweredPlan> planFor, Func<LoweredPlan, T> resultOf, long resultBytes, ComputeOptions options, bool here)
    {
        long asked = options.Begin();
        var nested = new NestedRuns(options);
        LoweredPlan lowered = planFor(nested);
        if (!Fits(lowered.Plan, resultBytes, options))
            throw lowered.Plan.TooLarge(resultBytes, options.BudgetBytes);
        if (lowered.Plan.CompilesKernels)
            KernelWarning.TellOnce(options);
        using var execution = new Execution(lowered.Plan, resultBytes, options, nested, asked);
        await execution.RunAsync(here).ConfigureAwait(false);
        return resultOf(lowered);
    }
}
