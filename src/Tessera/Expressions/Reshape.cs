using Tessera.Recipes;

namespace Tessera.Expressions;

/// <summary>The same elements in C order under another shape.</summary>
internal sealed class Reshape(ArrayExpression input, ChunkGrid chunks) : ArrayExpression(input.ElementType, chunks, input)
{
    public ArrayExpression Input => Inputs[0];

    /// <summary>Memory is dense, and under another shape still is where it was.</summary>
    public override bool IsInMemory => Input is Source && Input.IsInMemory;

    public override bool CutsAnywhere => !IsInMemory;

    public override double CostOf(Func<ArrayExpression, double> input) => input(Input);

    public override Alignment AlignmentOf(Func<ArrayExpression, Alignment> input) =>
        IsInMemory ? Alignment.None(Shape.Rank) : Alignment.None(Shape.Rank).WithWholeShortRows(Shape);

    public override string Describe() => $"reshape to {Shape}";

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => new Reshape(inputs[0], Chunks);

    public override bool HasSameParameters(ArrayExpression other) => other is Reshape && other.Shape == Shape;

    public override int ParametersHash => Shape.GetHashCode();
}
