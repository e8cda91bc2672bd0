using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// Which sources are expensive to read and would be read more than once in a plan: in different steps, through different views, through a reshape, which
/// takes its input in short runs, or by cells that cut across their storage chunks. Those are held in blocks while the memory budget allows.
/// </summary>
internal static class SourceUses
{
    /// <param name="roots">Optimized: equal subtrees are one object.</param>
    /// <param name="cutAcross">True where the destination's chunks cut across the storage of the sources.</param>
    public static HashSet<ArrayExpression> ExpensiveAndReadAgain(IReadOnlyList<ArrayExpression> roots, bool cutAcross)
    {
        var uses = new Dictionary<ArrayExpression, int>(ReferenceEqualityComparer.Instance);
        foreach (ArrayExpression root in roots)
            uses[root] = Math.Min(2, uses.GetValueOrDefault(root) + (cutAcross ? 2 : 1));
        var again = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance);
        foreach (ArrayExpression expression in ExpressionOrder.ParentsFirst([.. roots]))
        {
            int count = uses[expression];
            if (expression is Source { Blocks.IsCheap: false } && count > 1)
                again.Add(expression);

            // A reduction, and what is held, is a step of its own and reads its input once, however often its result is used.
            var seen = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance);
            foreach (ArrayExpression input in expression.Inputs)
            {
                if (seen.Add(input))
                    uses[input] = Math.Min(2, uses.GetValueOrDefault(input) + (expression is Reduce or Hold ? 1 : expression is Reshape ? 2 : count));
            }
        }

        return again;
    }
}
