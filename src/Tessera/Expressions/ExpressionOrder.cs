using System.Runtime.InteropServices;

namespace Tessera.Expressions;

/// <summary>Walks an expression, each node once however many share it, with a stack of its own: depths of a hundred thousand are ordinary.</summary>
internal static class ExpressionOrder
{
    /// <summary>Every node after all nodes that it is an input of; a root first.</summary>
    public static List<ArrayExpression> ParentsFirst(params ReadOnlySpan<ArrayExpression> roots)
    {
        List<ArrayExpression> order = InputsFirst(roots);
        order.Reverse();
        return order;
    }

    /// <summary>Every node after all of its inputs; a root last.</summary>
    public static List<ArrayExpression> InputsFirst(params ReadOnlySpan<ArrayExpression> roots)
    {
        var order = new List<ArrayExpression>();
        var done = new Dictionary<ArrayExpression, bool>(ReferenceEqualityComparer.Instance); // false while inputs are looked at
        var pending = new Stack<ArrayExpression>(roots.ToArray());
        while (pending.TryPeek(out ArrayExpression? next))
        {
            ref bool isDone = ref CollectionsMarshal.GetValueRefOrAddDefault(done, next, out bool isKnown);
            if (isDone)
            {
                pending.Pop();
                continue;
            }

            if (isKnown || next.Inputs.IsEmpty) // all inputs are done
            {
                pending.Pop();
                isDone = true;
                order.Add(next);
                continue;
            }

            foreach (ArrayExpression input in next.Inputs)
            {
                if (!done.ContainsKey(input))
                    pending.Push(input);
            }
        }

        return order;
    }
}
