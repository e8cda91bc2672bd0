using Tessera.Expressions;

namespace Tessera.Optimization;

/// <summary>Rewrites one expression into an equal one that is cheaper to compute.</summary>
internal interface IRule
{
    /// <summary>The rewritten expression, of the same shape and element type; null where the rule has nothing to say.</summary>
    ArrayExpression? Rewrite(ArrayExpression expression);
}
