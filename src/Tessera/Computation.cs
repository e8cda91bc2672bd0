using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Optimization;
using Tessera.Steps;

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
    public static void Run(ArrayExpression expression, Destination destination, long resultBytes, ComputeOptions options) =>
        Run([new PlannedOutput(expression, destination)], resultBytes, options);

    /// <summary>Several arrays in one run; what they share is read once, while memory allows.</summary>
    /// <inheritdoc cref="Run(ArrayExpression, Destination, long, ComputeOptions)"/>
    public static void Run(IReadOnlyList<PlannedOutput> outputs, long resultBytes, ComputeOptions options)
    {
        options.Begin();
        var nested = new NestedRuns(options);
        using Execution execution = Begin(PlanFor(outputs, resultBytes, options, nested).Plan, resultBytes, options, nested);
        execution.Run();
    }

    /// <summary>The same on other threads; while all that is left waits, it holds none.</summary>
    /// <inheritdoc cref="Run(ArrayExpression, Destination, long, ComputeOptions)"/>
    public static async Task RunAsync(IReadOnlyList<PlannedOutput> outputs, long resultBytes, ComputeOptions options)
    {
        options.Begin();
        var nested = new NestedRuns(options);
        using Execution execution = Begin(PlanFor(outputs, resultBytes, options, nested).Plan, resultBytes, options, nested);
        await execution.RunAsync().ConfigureAwait(false);
    }

    /// <summary>The values of delayed values, in the order given; what several share is computed once.</summary>
    /// <inheritdoc cref="Run(ArrayExpression, Destination, long, ComputeOptions)"/>
    public static object?[] Run(IReadOnlyList<ValueExpression> roots, ComputeOptions options)
    {
        options.Begin();
        var nested = new NestedRuns(options);
        LoweredPlan lowered = PlanFor(roots, options, nested);
        using Execution execution = Begin(lowered.Plan, 0, options, nested);
        execution.Run();
        return ValuesOf(roots, options, lowered);
    }

    /// <summary>The same on other threads; while all that is left waits, it holds none.</summary>
    /// <inheritdoc cref="Run(ArrayExpression, Destination, long, ComputeOptions)"/>
    public static async Task<object?[]> RunAsync(IReadOnlyList<ValueExpression> roots, ComputeOptions options, Claims? claims = null)
    {
        options.Begin();
        var nested = new NestedRuns(options);
        LoweredPlan lowered = PlanFor(roots, options, nested, claims);
        using Execution execution = Begin(lowered.Plan, 0, options, nested);
        await execution.RunAsync().ConfigureAwait(false);
        return ValuesOf(roots, options, lowered);
    }

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
            saving => Lowerer.Lower(outputs, values, saving, options.Scheduler.Bytes),
            options.BudgetBytes - resultBytes,
            mayCutAcross: outputs.Any(output => output.Destination.Chunks is not null)).Plan();
    }

    /// <inheritdoc cref="PlanFor(ArrayExpression, Destination, long, ComputeOptions, Optimizer?)"/>
    public static LoweredPlan PlanFor(
        IReadOnlyList<ValueExpression> roots, ComputeOptions options, NestedRuns? nested = null, Claims? claims = null)
    {
        ValueLowering values = (nested ?? new(options)).Lowering(Optimizer.For(options.Optimize), claims);
        return new Fitting(saving => Lowerer.Lower(roots, values, saving, options.Scheduler.Bytes), options.BudgetBytes, mayCutAcross: false).Plan();
    }

    public static bool Fits(Plan plan, long resultBytes, ComputeOptions options) => plan.Forecast.PeakBytes + resultBytes <= options.BudgetBytes;

    private static Execution Begin(Plan plan, long resultBytes, ComputeOptions options, NestedRuns nested)
    {
        if (!Fits(plan, resultBytes, options))
            throw plan.TooLarge(resultBytes, options.BudgetBytes);
        if (plan.CompilesKernels)
            KernelWarning.TellOnce(options);
        return new Execution(plan, resultBytes, options, nested);
    }

    private static object?[] ValuesOf(IReadOnlyList<ValueExpression> roots, ComputeOptions options, LoweredPlan lowered) =>
        [.. roots.Select((root, i) => root is RunToken ? options.Cancellation : lowered.ValueOf!(i))];
}
