using Tessera.Expressions;

namespace Tessera.Optimization;

/// <summary>
/// Other rules, for views that show half of their input at most. Such a view shares little with others, and what it doesn't show needn't be looked at: one image
/// of a stack of a hundred thousand, say. But where each operation is seen through several views by the next one, as in a stencil, ways multiply, and the view
/// stays where it is.
/// </summary>
internal sealed class NarrowViews(params IRule[] rules) : IRule
{
    public ArrayExpression? Rewrite(ArrayExpression expression)
    {
        if (expression is not View view || view.Shape.Length > view.Input.Shape.Length / 2 || view.Input.WaysOfElement >= ArrayExpression.ManyWays)
            return null;
        foreach (IRule rule in rules)
        {
            if (rule.Rewrite(expression) is { } rewritten)
                return rewritten;
        }

        return null;
    }
}
