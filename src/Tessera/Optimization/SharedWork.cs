using Tessera.Expressions;

namespace Tessera.Optimization;

/// <summary>
/// Puts a <see cref="Hold"/> above elementwise work that a result leads to in very many ways. Steps read their inputs through fused kernels and
/// views, which make the elements of a shared operation anew for each view and each kernel that needs them. That is cheaper than keeping them,
/// until the sharing multiplies: a stencil (x[1..] + x[..^1]) / 2 repeated 40 times leads to its first array in 2^40 ways.
/// <code>
/// y = f(x), used twice: 2 ways, recomputed     40 such in a chain: held after every 10th, where 1024 ways meet
/// </code>
/// Not a rule of the list, for it looks at the whole expression; it comes before them.
/// </summary>
internal static class SharedWork
{
    private const long ManyWays = 1000;

    public static ArrayExpression HoldIn(ArrayExpression root)
    {
        if (root.Ways < ManyWays)
            return root; // without a look at each of its parts: a computation may need one image of a hundred thousand
        HashSet<ArrayExpression> held = ReachedInManyWays(root);
        if (held.Count == 0)
            return root;

        var rebuilt = new Dictionary<ArrayExpression, ArrayExpression>(ReferenceEqualityComparer.Instance);
        foreach (ArrayExpression expression in ExpressionOrder.InputsFirst(root))
        {
            var inputs = new ArrayExpression[expression.Inputs.Length];
            for (int i = 0; i < inputs.Length; i++)
                inputs[i] = rebuilt[expression.Inputs[i]];
            ArrayExpression same = inputs.AsSpan().SequenceEqual(expression.Inputs) ? expression : expression.WithInputs(inputs);
            rebuilt[expression] = held.Contains(expression) ? new Hold(same) : same;
        }

        return rebuilt[root];
    }

    private static HashSet<ArrayExpression> ReachedInManyWays(ArrayExpression root)
    {
        var ways = new Dictionary<ArrayExpression, long>(ReferenceEqualityComparer.Instance) { [root] = 1 };
        var held = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance);
        foreach (ArrayExpression expression in ExpressionOrder.ParentsFirst(root))
        {
            if (expression is Elementwise && ways[expression] >= ManyWays)
                held.Add(expression);

            // What is kept anyway leads on in one way.
            long onward = expression is Reduce || held.Contains(expression) ? 1 : ways[expression];
            foreach (ArrayExpression input in expression.Inputs)
                ways[input] = Math.Min(long.MaxValue / 2, ways.GetValueOrDefault(input) + onward);
        }

        return held;
    }
}
