using Tessera.Expressions;

namespace Tessera.Optimization;

/// <summary>
/// A rechunk goes away: steps read any region of their inputs, and lowering cuts each step as suits what it reads and what comes of it.
/// </summary>
internal sealed class DropRechunk : IRule
{
    public ArrayExpression? Rewrite(ArrayExpression expression) => (expression as Rechunk)?.Input;
}
