using Tessera.Expressions;
using Tessera.Recipes;

namespace Tessera.Optimization;

/// <summary>
/// A reduction whose rows are short is done across them: the axes at the end, reduced or kept, change places with those before them, so that
/// kernels run along the longer ones.
/// <code>
/// pixels (1000, 1000, 3), sum over axis 2:    the reduced axis moves out, seen as (3, 1000, 1000) reduced over axis 0
/// points (1000000, 3), sum over axis 0:       the kept axis moves out, seen as (3, 1000000) reduced over axis 1
/// </code>
/// Kept axes keep their order, and so do reduced ones.
/// </summary>
internal sealed class SwapShortRows : IRule
{
    public ArrayExpression? Rewrite(ArrayExpression expression)
    {
        if (expression is not Reduce reduce)
            return null;

        Shape shape = reduce.Input.Shape;
        (int last, long lastLength) = Run(reduce, shape.Rank);
        (int before, long beforeLength) = Run(reduce, last);
        if (lastLength == 0 || lastLength >= FusedInputs.ShortRow || beforeLength < FusedInputs.ShortRow)
            return null;

        int[] order = [.. Enumerable.Range(0, before), .. Enumerable.Range(last, shape.Rank - last), .. Enumerable.Range(before, last - before)];
        int[] axes = [.. Enumerable.Range(0, order.Length).Where(axis => reduce.IsReduced(order[axis]))];
        return reduce.Over(View.Transpose(reduce.Input, order), axes);
    }

    /// <summary>The axes of one kind that end before <paramref name="end"/>: the first of them, and their elements.</summary>
    private static (int First, long Length) Run(Reduce reduce, int end)
    {
        long length = 1;
        int first = end;
        while (first > 0 && reduce.IsReduced(first - 1) == reduce.IsReduced(end - 1))
            length *= reduce.Input.Shape[--first];
        return (first, length);
    }
}
