using Tessera.Expressions;

namespace Tessera.Optimization;

/// <summary>An operation of which no element is there, or none is seen, goes away, with whatever it is made of.</summary>
internal sealed class DropEmpty : IRule
{
    public ArrayExpression? Rewrite(ArrayExpression expression) =>
        expression is Elementwise { Shape.Length: 0 } or View { Shape.Length: 0, Input: Elementwise } ? View.Broadcast(Constant.Zero(expression.ElementType), expression.Chunks) : null;
}
