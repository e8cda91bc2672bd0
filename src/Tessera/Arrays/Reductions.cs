using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

/// <summary>Builds reductions: which axes go, what is accumulated, and what stands in their place.</summary>
internal static class Reductions
{
    /// <summary>Over some axes.</summary>
    public static ArrayExpression Over(ArrayExpression input, Func<ElementType, Reduction> reduction, ReadOnlySpan<int> axes, bool keepDims)
    {
        int[] reduced = [.. Axes.Check(axes, input.Shape.Rank).Order()];
        Reduction chosen = reduction(input.ElementType);
        Reduce result = Reduce.Of(chosen, input, reduced);
        if (!chosen.HasIdentity && result.Count == 0 && result.Shape.Length > 0)
        {
            throw new InvalidOperationException(
                $"The {chosen.Name} of no elements was asked for: the array has the shape {input.Shape}. An empty {chosen.Name} has no answer; check Length first.");
        }

        return keepDims ? Keep(result, input.Shape.Rank, reduced) : result;
    }

    /// <summary>
    /// Sum over some axes divided by how many: an exact sum in 64 bits for integers of up to 32 while no such sum can wrap, in double for all others.
    /// </summary>
    public static ArrayExpression Mean(ArrayExpression input, ReadOnlySpan<int> axes, bool keepDims)
    {
        ElementType type = input.ElementType;
        long reduced = 1;
        foreach (int axis in Axes.Check(axes, input.Shape.Rank))
            reduced *= input.Shape[axis];
        bool exact = !type.IsFloatingPoint && type.Size <= 4 && reduced <= 1L << (63 - (8 * type.Size));
        ArrayExpression sum = exact
            ? Over(input, _ => new SumReduction(type.SumType), axes, keepDims)
            : Over(Cast(input, ElementType.Double), _ => new SumReduction(ElementType.Double), axes, keepDims);
        return Elementwise.Of(KernelOp.Divide, ElementType.Double, Cast(sum, ElementType.Double), Constant.Of((double)reduced));
    }

    /// <summary>Distance squared from the mean over count - ddof.</summary>
    public static ArrayExpression Variance(ArrayExpression input, ReadOnlySpan<int> axes, bool keepDims, double ddof) =>
        Over(input, _ => new VarianceReduction(ddof), axes, keepDims);

    public static ArrayExpression Deviation(ArrayExpression input, ReadOnlySpan<int> axes, bool keepDims, double ddof) =>
        Elementwise.Of(KernelOp.Sqrt, ElementType.Double, Variance(input, axes, keepDims, ddof));

    public static ArrayExpression Extreme(ArrayExpression input, ReadOnlySpan<int> axes, bool keepDims, bool isMaximum)
    {
        Operands.Check(isMaximum ? "Max" : "Min", input.ElementType, OperandKinds.Numbers);
        return Over(input, type => new ExtremeReduction(type, isMaximum), axes, keepDims);
    }

    public static ArrayExpression ExtremeIndex(ArrayExpression input, ReadOnlySpan<int> axes, bool keepDims, bool isMaximum)
    {
        ArrayExpression numbers = input.ElementType == ElementType.Boolean ? Cast(input, ElementType.Byte) : input;
        return Over(numbers, type => new ExtremeIndexReduction(type, isMaximum), axes, keepDims);
    }

    /// <summary>True where some (or, as a minimum, all) elements are not 0.</summary>
    public static ArrayExpression Truth(ArrayExpression input, ReadOnlySpan<int> axes, bool keepDims, bool isAny) =>
        Cast(Over(Cast(Cast(input, ElementType.Boolean), ElementType.Byte), type => new ExtremeReduction(type, isAny, IsTruth: true), axes, keepDims), ElementType.Boolean);

    public static ArrayExpression CountNonZero(ArrayExpression input, ReadOnlySpan<int> axes, bool keepDims) =>
        Over(Cast(input, ElementType.Boolean), _ => new SumReduction(ElementType.Int64), axes, keepDims);

    public static ArrayExpression Cast(ArrayExpression input, ElementType type) =>
        input.ElementType == type ? input : Elementwise.Of(KernelOp.Cast, type, input);

    private static View Keep(Reduce result, int rank, int[] reduced) =>
        View.Slice(result, [.. Enumerable.Range(0, rank).Select(axis => reduced.Contains(axis) ? Slice.NewAxis : Slice.All)]);
}
