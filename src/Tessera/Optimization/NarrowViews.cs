using Tessera.Expressions;

namespace Tessera.Optimization;

/// <summary>
/// Other rules, for views that show half of their input at most. Such a view shares little with others, and what it doesn't show needn't be looked at: one image
/// of a stack of a hundred thousand, say.
/// </summary>
internal sealed class NarrowViews(params IRule[] rules) : IRule
{
    public ArrayExpression? Rewrite(ArrayExpression expression)
    {
        if (expression is not View view || view.Shape.Length > view.Input.Shape.Length / 2)
            return null;
        foreach (IRule rule in rules)
        {
            if (rule.Rewrite(expression) is { } rewritten)
                return rewritten;
        }

        return null;
    }
}
