using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// Which sources are dear to read and would be read more than once in a plan, in different steps or through different views: those are held
/// in blocks while the memory budget allows.
/// </summary>
internal static class SourceUses
{
    /// <param name="root">Optimized: equal subtrees are one object.</param>
    public static HashSet<ArrayExpression> DearAndReadAgain(ArrayExpression root)
    {
        var uses = new Dictionary<ArrayExpression, int>(ReferenceEqualityComparer.Instance) { [root] = 1 };
        var again = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance);
        foreach (ArrayExpression expression in ParentsFirst(root))
        {
            int count = uses[expression];
            if (expression is Source { Blocks.IsCheap: false } && count > 1)
                again.Add(expression);

            // A reduction is a step of its own and reads its input once, however often its result is used.
            var seen = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance);
            foreach (ArrayExpression input in expression.Inputs)
            {
                if (seen.Add(input))
                    uses[input] = Math.Min(2, uses.GetValueOrDefault(input) + (expression is Reduce ? 1 : count));
            }
        }

        return again;
    }

    private static List<ArrayExpression> ParentsFirst(ArrayExpression root)
    {
        var order = new List<ArrayExpression>();
        var state = new Dictionary<ArrayExpression, bool>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<ArrayExpression>([root]);
        while (pending.TryPeek(out ArrayExpression? next))
        {
            if (state.TryGetValue(next, out bool finished))
            {
                pending.Pop();
                if (!finished)
                {
                    state[next] = true;
                    order.Add(next);
                }

                continue;
            }

            state[next] = false;
            foreach (ArrayExpression input in next.Inputs)
            {
                if (!state.ContainsKey(input))
                    pending.Push(input);
            }
        }

        order.Reverse();
        return order;
    }
}
