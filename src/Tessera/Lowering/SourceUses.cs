using System.Runtime.InteropServices;
using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// Which sources are expensive to read and would be read more than once in a plan: in different steps, through different views, through a reshape, which
/// takes its input in short runs, or by cells that cut across their storage chunks. Those are held in blocks while the memory budget allows, and with them sources
/// that are read asynchronously: tasks of their own read these, and hold no worker meanwhile.
/// </summary>
internal static class SourceUses
{
    /// <param name="roots">Optimized: equal subtrees are one object.</param>
    /// <param name="cutAcross">True where the destination's chunks cut across the storage of the sources.</param>
    public static HashSet<ArrayExpression> ExpensiveAndReadAgain(IReadOnlyList<ArrayExpression> roots, bool cutAcross)
    {
        // With the one that was counted last, since what needs an input twice reads it once.
        var uses = new Dictionary<ArrayExpression, (int Count, ArrayExpression? By)>(ReferenceEqualityComparer.Instance);
        foreach (ArrayExpression root in roots)
            uses[root] = (Math.Min(2, uses.GetValueOrDefault(root).Count + (cutAcross ? 2 : 1)), null);
        var again = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance);
        foreach (ArrayExpression expression in ExpressionOrder.ParentsFirst([.. roots]))
        {
            int count = uses[expression].Count;
            if (expression is Source { Blocks: var blocks } && (blocks.ReadsAsync || (!blocks.IsCheap && count > 1)))
                again.Add(expression);

            // A reduction, and what is held, is a step of its own and reads its input once, however often its result is used.
            int reads = expression is Reduce or Hold ? 1 : expression is Reshape ? 2 : count;
            foreach (ArrayExpression input in expression.Inputs)
            {
                ref (int Count, ArrayExpression? By) use = ref CollectionsMarshal.GetValueRefOrAddDefault(uses, input, out _);
                if (!ReferenceEquals(use.By, expression))
                    use = (Math.Min(2, use.Count + reads), expression);
            }
        }

        return again;
    }
}
