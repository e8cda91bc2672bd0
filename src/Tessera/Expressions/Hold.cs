namespace Tessera.Expressions;

/// <summary>The same elements, made once and kept in blocks for all who read them. Put in by the optimizer, never by users.</summary>
internal sealed class Hold(ArrayExpression input) : ArrayExpression(input.ElementType, input.Chunks, input)
{
    public ArrayExpression Input => Inputs[0];

    public override string Describe() => "hold";

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => new Hold(inputs[0]);

    public override bool HasSameParameters(ArrayExpression other) => other is Hold;

    public override int ParametersHash => 1;
}
