using Tessera.Executors;
using Tessera.Expressions;
using Tessera.Steps;

namespace Tessera.Lowering;

/// <summary>
/// What a plan was made of, as far as worker processes need it. Plans depend on nothing else, so another process of this program makes the same one, and a task is
/// the same number there. Arrays are optimized, and equal calls are one.
/// </summary>
/// <param name="Arrays">Arrays that are computed, or null.</param>
/// <param name="Values">Delayed values that are computed instead.</param>
/// <param name="Saving">As the plan was made.</param>
internal sealed record PlanOrigin(IReadOnlyList<PlannedArray>? Arrays, IReadOnlyList<ValueExpression>? Values, Saving Saving) : IPlanOrigin
{
    /// <summary>The origin of a plan of arrays.</summary>
    public static PlanOrigin Of(CallGraph calls, ValueLowering values, IReadOnlyList<PlannedOutput> outputs, Saving saving)
    {
        var part = new WorkersPart(calls, values.Optimize);
        return new PlanOrigin([.. outputs.Select(output => new PlannedArray(part.Of(output.Array), output.Destination.Chunks))], null, saving);
    }

    /// <summary>The origin of a plan of delayed values.</summary>
    public static PlanOrigin Of(CallGraph calls, ValueLowering values, Saving saving) =>
        new(null, new WorkersPart(calls, values.Optimize).Roots(), saving);

    /// <inheritdoc/>
    public Plan Remake()
    {
        ValueLowering values = ValueLowering.ForPlans(static array => array) with { AreDistinct = true };
        return Arrays is not null
            ? Lowerer.Lower([.. Arrays.Select(array => new PlannedOutput(array.Array, new PlacedDestination(array.Array.ElementType, array.Chunks)))], values, Saving, CpuSteps.ForPlan()).Plan
            : Lowerer.Lower(Values!, values, Saving, CpuSteps.ForPlan()).Plan;
    }
}

/// <summary>An array that a plan computes.</summary>
/// <param name="Array">Optimized.</param>
/// <param name="Chunks">Of its destination, where this asks for any.</param>
internal sealed record PlannedArray(ArrayExpression Array, Shape? Chunks);
