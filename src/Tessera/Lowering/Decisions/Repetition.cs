using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// A quick look at whether anything could be asked for more than once. In most computations nothing can: each operation has one reader, and what is broadcast
/// or shared lies in memory. They are planned without further thought.
/// </summary>
internal static class Repetition
{
    /// <param name="arrays">Optimized.</param>
    /// <param name="cutsAnywhere">True if storage chunks may be cut: some destination wants chunks of its own.</param>
    public static bool IsPossible(ArrayExpression[] arrays, bool cutsAnywhere)
    {
        var known = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance); // those that have a reader
        Shape? chunks = null; // of what is expensive
        bool differ = false;
        var inBlocks = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance); // of what is one element, that which leads to blocks and memory alone
        foreach (ArrayExpression array in arrays)
        {
            if (!known.Add(array) && IsWorked(array))
                return true;
        }

        foreach (ArrayExpression expression in ExpressionOrder.InputsFirst(arrays))
        {
            if (expression.RepeatsInput && IsWorked(expression.Inputs[0]) && IsMade(expression.Inputs[0], inBlocks))
                return true;
            cutsAnywhere |= expression.CutsAnywhere;
            if (expression.DecodedChunks is { } decoded)
            {
                differ |= chunks is { } others && others != decoded;
                chunks = decoded;
            }

            ReadOnlySpan<ArrayExpression> inputs = expression.Inputs;
            for (int i = 0; i < inputs.Length; i++)
            {
                bool again = expression.IsFused && inputs[..i].Contains(inputs[i]); // what an operation reads twice, it reads once
                if (!again && !known.Add(inputs[i]) && IsWorked(inputs[i]))
                    return true;
            }
        }

        return differ || (chunks is not null && cutsAnywhere);
    }

    /// <summary>True for what takes work or reading.</summary>
    private static bool IsWorked(ArrayExpression expression) => !expression.IsInMemory;

    /// <summary>True for what is broadcast and isn't in blocks. One element that is computed from such costs nothing.</summary>
    private static bool IsMade(ArrayExpression below, HashSet<ArrayExpression> inBlocks)
    {
        if (below.Shape.Length > 1)
            return !below.IsInBlocks;
        var pending = new Stack<ArrayExpression>([below]);
        while (pending.TryPop(out ArrayExpression? next))
        {
            if (next.IsInBlocks || next.IsInMemory || !inBlocks.Add(next))
                continue;
            if (next.Inputs.Length == 0)
                return true;
            foreach (ArrayExpression input in next.Inputs)
                pending.Push(input);
        }

        return false;
    }
}
