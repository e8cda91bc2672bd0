using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>What lowering needs to know for delayed values.</summary>
/// <param name="Optimize">Gives an array among them as it will be computed; the same object each time.</param>
/// <param name="Nested">Computes values that become known while the run is on.</param>
/// <param name="Claims">Shared by all runs within one; null where no run begins another.</param>
internal sealed record ValueLowering(Func<ArrayExpression, ArrayExpression> Optimize, NestedRun Nested, Claims? Claims)
{
    /// <summary>Gives an array in which what is shared can still be seen; null where arrays are as they will be computed, and all is decided.</summary>
    public Func<ArrayExpression, ArrayExpression>? Simplify { get; init; }

    /// <summary>True if equal calls were made one already.</summary>
    public bool AreDistinct { get; init; }

    /// <summary>For plans that are looked at and not run.</summary>
    public static ValueLowering ForPlans(Func<ArrayExpression, ArrayExpression> optimize) =>
        new(optimize, (_, _, _) => throw new InvalidOperationException("A plan made to be looked at was run. This is an error in Tessera; please report it."), null);
}
