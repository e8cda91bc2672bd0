using Tessera.Expressions;
using Tessera.Lowering.Decisions;
using Tessera.Steps;

namespace Tessera.Lowering;

/// <summary>A plan, and what only those need to know who tell people of it or look for one that takes less memory.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Arrays">The arrays that it computes, optimized, with what is kept.</param>
/// <param name="Choices">What was decided of what is asked for more than once.</param>
internal sealed record LoweredPlan(Plan Plan, IReadOnlyList<ArrayExpression> Arrays, Choices Choices)
{
    /// <summary>The arrays that take less decoding if they are made in passes (see <see cref="Passes"/>).</summary>
    public IReadOnlyList<CutAcross> CutsAcross { get; init; } = [];

    /// <summary>Gives the values of what was asked for, in that order, once the plan has run; null where arrays are computed.</summary>
    public Func<int, object?>? ValueOf { get; init; }
}
