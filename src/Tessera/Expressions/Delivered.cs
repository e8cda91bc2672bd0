using System.Runtime.CompilerServices;
using Tessera.Recipes;

namespace Tessera.Expressions;

/// <summary>Elements that a delayed value delivers: its value, when computed, is a source in memory of this type and shape.</summary>
internal sealed class Delivered(ValueExpression value, string name, ElementType elementType, ChunkGrid chunks) : ArrayExpression(elementType, chunks)
{
    public ValueExpression Value => value;

    public override bool NeedsValues => true;

    public override bool IsInMemory => true;

    public override double CostOf(Func<ArrayExpression, double> input) => Cost.Reading(ElementType);

    public override Alignment AlignmentOf(Func<ArrayExpression, Alignment> input) => Alignment.None(Shape.Rank);

    public override string Describe() => name;

    /// <summary>The same elements of another expression for the same value.</summary>
    public Delivered Of(ValueExpression other) => new(other, name, ElementType, Chunks);

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => this;

    public override bool HasSameParameters(ArrayExpression other) => other is Delivered delivered && ReferenceEquals(value, delivered.Value) && Shape == other.Shape;

    public override int ParametersHash => RuntimeHelpers.GetHashCode(value);
}
