using Tessera.Recipes;

namespace Tessera.Expressions;

/// <summary>The same elements, cut otherwise.</summary>
internal sealed class Rechunk(ArrayExpression input, ChunkGrid chunks) : ArrayExpression(input.ElementType, chunks, input)
{
    public ArrayExpression Input => Inputs[0];

    public override double CostOf(Func<ArrayExpression, double> input) => input(Input);

    public override Alignment AlignmentOf(Func<ArrayExpression, Alignment> input) => input(Input);

    public override string Describe() => $"rechunk to {Chunks}";

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => new Rechunk(inputs[0], Chunks);

    public override bool HasSameParameters(ArrayExpression other) => other is Rechunk && other.Chunks.Equals(Chunks);

    public override int ParametersHash => Chunks.GetHashCode();
}
