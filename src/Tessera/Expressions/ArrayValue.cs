namespace Tessera.Expressions;

/// <summary>The elements of an array as one value.</summary>
/// <param name="array">Whose elements.</param>
/// <param name="allocate">Makes a managed array that stays where it is, of so many elements.</param>
/// <param name="finish">Makes the value of the filled array: a tensor, a plain element.</param>
internal sealed class ArrayValue(ArrayExpression array, Func<long, Array> allocate, Func<Array, object> finish) : ValueExpression
{
    public ArrayExpression Array => array;

    public Func<long, Array> Allocate => allocate;

    public Func<Array, object> Finish => finish;

    public override Delegate Code => finish;

    public override string Name => array.Describe();

    public override string PlanText => "elements";
}
