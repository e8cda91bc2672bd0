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
        foreach (ArrayExpression array in arrays)
        {
            if (!known.Add(array) && IsWorked(array))
                return true;
        }

        foreach (ArrayExpression expression in ExpressionOrder.InputsFirst(arrays))
        {
            if (expression.Inputs.Length == 1 && IsWorked(expression.Inputs[0]) && Repeats(expression))
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
                bool again = inputs.Length <= 3 && inputs[..i].Contains(inputs[i]); // what an operation reads twice, it reads once
                if (!again && !known.Add(inputs[i]) && IsWorked(inputs[i]))
                    return true;
            }
        }

        return differ || (chunks is not null && cutsAnywhere);
    }

    /// <summary>True for what takes work or reading.</summary>
    private static bool IsWorked(ArrayExpression expression) => !expression.IsInMemory;

    /// <summary>True for a broadcast of what isn't in blocks. That of one element that was computed costs nothing.</summary>
    private static bool Repeats(ArrayExpression expression)
    {
        if (expression.Inputs.Length != 1 || expression.Shape.Length <= expression.Inputs[0].Shape.Length)
            return false;
        ArrayExpression below = expression.Inputs[0];
        if (below.Shape.Length > 1)
            return !below.IsInBlocks;
        while (!below.IsInBlocks && below.Inputs.Length > 0)
            below = below.Inputs[0];
        return !below.IsInBlocks && !below.IsInMemory;
    }
}
