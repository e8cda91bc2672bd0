using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>An array that a plan computes. Equal arrays may be wanted twice: each is a step of its own.</summary>
/// <param name="array">Simplified.</param>
/// <param name="chunks">Of its destination, if this asks for any.</param>
internal sealed class Wanted(ArrayExpression array, Shape? chunks)
{
    public ArrayExpression Array => array;

    public Shape? Chunks => chunks;
}
