namespace Tessera.Expressions;

/// <summary>Walks an expression, each node once however many share it, with a stack of its own: depths of a hundred thousand are ordinary.</summary>
internal static class ExpressionOrder
{
    /// <summary>Every node after all nodes that it is an input of; the root first.</summary>
    public static List<ArrayExpression> ParentsFirst(ArrayExpression root)
    {
        List<ArrayExpression> order = InputsFirst(root);
        order.Reverse();
        return order;
    }

    /// <summary>Every node after all of its inputs; the root last.</summary>
    public static List<ArrayExpression> InputsFirst(ArrayExpression root)
    {
        var order = new List<ArrayExpression>();
        var isDone = new Dictionary<ArrayExpression, bool>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<ArrayExpression>([root]);
        while (pending.TryPeek(out ArrayExpression? next))
        {
            if (isDone.TryGetValue(next, out bool done))
            {
                pending.Pop();
                if (!done)
                {
                    isDone[next] = true;
                    order.Add(next);
                }

                continue;
            }

            isDone[next] = false;
            foreach (ArrayExpression input in next.Inputs)
            {
                if (!isDone.ContainsKey(input))
                    pending.Push(input);
            }
        }

        return order;
    }
}
