using Tessera.Expressions;
using Tessera.Optimization;

namespace Tessera.Lowering;

/// <summary>
/// What a plan was made of. Plans depend on nothing else, so another process of this program makes the same one, and a task is the same number there.
/// </summary>
/// <param name="Arrays">Optimized arrays that are computed, or null.</param>
/// <param name="Values">Delayed values that are computed instead.</param>
/// <param name="IsOptimized">True where arrays within them are optimized.</param>
/// <param name="Saving">As the plan was made.</param>
internal sealed record PlanOrigin(
    IReadOnlyList<PlannedArray>? Arrays, IReadOnlyList<ValueExpression>? Values, bool IsOptimized, Saving Saving)
{
    /// <summary>The plan anew, with results that go where each <see cref="PlacedDestination"/> is told to.</summary>
    public Plan Remake()
    {
        var values = ValueLowering.ForPlans(Optimizer.For(IsOptimized).Optimize);
        return Arrays is not null
            ? Lowerer.Lower([.. Arrays.Select(array => new PlannedOutput(array.Array, new PlacedDestination(array.Array.ElementType, array.Chunks)))], values, Saving)
            : Lowerer.Lower(Values!, values, Saving).Plan;
    }

    /// <summary>Equal for plans of the same tasks in the same order.</summary>
    public static int Fingerprint(Plan plan)
    {
        var hash = 17;
        Step? last = null;
        int step = 0;
        foreach (PlannedTask task in plan.Tasks)
        {
            step += task.Step == last ? 0 : 1;
            last = task.Step;
            hash = unchecked((((hash * 31) + step) * 31) + task.Index);
        }

        return hash;
    }
}

/// <summary>An array that a plan computes.</summary>
/// <param name="Array">Optimized.</param>
/// <param name="Chunks">Of its destination, where this asks for any.</param>
internal sealed record PlannedArray(ArrayExpression Array, Shape? Chunks);
