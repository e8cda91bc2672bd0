using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

// Arrays, lazy scalars and plain values mix in every operator, since both of the latter convert to arrays.
public partial class ChunkedArray<T>
{
    /// <summary>A value as an array of rank 0, for use in operators.</summary>
    public static implicit operator ChunkedArray<T>(T value) => new(Constant.Of(value));

    /// <summary>A lazy scalar as an array of rank 0; it isn't computed.</summary>
    public static implicit operator ChunkedArray<T>(LazyScalar<T> scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        return new(scalar.Expression);
    }

    /// <summary>Sum, element by element; integers wrap.</summary>
    /// <exception cref="ArgumentException">The shapes can't be broadcast together. So for every operator.</exception>
    /// <exception cref="NotSupportedException">The operator isn't defined for the element type. So for every operator.</exception>
    public static ChunkedArray<T> operator +(ChunkedArray<T> left, ChunkedArray<T> right) => Apply(KernelOp.Add, left, right);

    /// <summary>Difference, element by element; integers wrap.</summary>
    public static ChunkedArray<T> operator -(ChunkedArray<T> left, ChunkedArray<T> right) => Apply(KernelOp.Subtract, left, right);

    /// <summary>Product, element by element; integers wrap.</summary>
    public static ChunkedArray<T> operator *(ChunkedArray<T> left, ChunkedArray<T> right) => Apply(KernelOp.Multiply, left, right);

    /// <summary>Quotient, element by element. As in C#, that of integers is truncated toward zero; by zero it is 0. Cast to double for the true one.</summary>
    public static ChunkedArray<T> operator /(ChunkedArray<T> left, ChunkedArray<T> right) => Apply(KernelOp.Divide, left, right);

    /// <summary>Remainder, element by element, with the sign of the dividend as in C#; of an integer by zero it is 0.</summary>
    public static ChunkedArray<T> operator %(ChunkedArray<T> left, ChunkedArray<T> right) => Apply(KernelOp.Remainder, left, right);

    /// <summary>The elements with their sign changed; the smallest integer stays as it is.</summary>
    public static ChunkedArray<T> operator -(ChunkedArray<T> array) => Apply(KernelOp.Negate, array);

    /// <summary>The elements themselves.</summary>
    public static ChunkedArray<T> operator +(ChunkedArray<T> array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return array;
    }

    /// <summary>And: bit by bit for integers, logical for booleans.</summary>
    public static ChunkedArray<T> operator &(ChunkedArray<T> left, ChunkedArray<T> right) => Apply(KernelOp.And, left, right);

    /// <summary>Or: bit by bit for integers, logical for booleans.</summary>
    public static ChunkedArray<T> operator |(ChunkedArray<T> left, ChunkedArray<T> right) => Apply(KernelOp.Or, left, right);

    /// <summary>Exclusive or: bit by bit for integers, logical for booleans.</summary>
    public static ChunkedArray<T> operator ^(ChunkedArray<T> left, ChunkedArray<T> right) => Apply(KernelOp.Xor, left, right);

    /// <summary>The complement: of every bit for integers, logical for booleans.</summary>
    public static ChunkedArray<T> operator ~(ChunkedArray<T> array) => Apply(KernelOp.Not, array);

    /// <summary>Logical negation of booleans.</summary>
    public static ChunkedArray<T> operator !(ChunkedArray<T> array)
    {
        Operands.Check("The operator !", ElementTypes.Of<T>(), OperandKinds.Booleans);
        return Apply(KernelOp.Not, array);
    }

    /// <summary>Bits moved left, by the low bits of the right operand as in C#.</summary>
    public static ChunkedArray<T> operator <<(ChunkedArray<T> left, ChunkedArray<T> right) => Apply(KernelOp.ShiftLeft, left, right);

    /// <summary>Bits moved right, with the sign for signed types, by the low bits of the right operand as in C#.</summary>
    public static ChunkedArray<T> operator >>(ChunkedArray<T> left, ChunkedArray<T> right) => Apply(KernelOp.ShiftRight, left, right);

    /// <summary>Element by element, true where both are equal; a NaN equals nothing. To compare references, use <c>is</c> or ReferenceEquals.</summary>
    public static ChunkedArray<bool> operator ==(ChunkedArray<T> left, ChunkedArray<T> right) => Compare(KernelOp.Equal, left, right);

    /// <summary>Element by element, true where they differ.</summary>
    public static ChunkedArray<bool> operator !=(ChunkedArray<T> left, ChunkedArray<T> right) => Compare(KernelOp.NotEqual, left, right);

    /// <summary>Element by element, true where the left is smaller.</summary>
    public static ChunkedArray<bool> operator <(ChunkedArray<T> left, ChunkedArray<T> right) => Compare(KernelOp.Less, left, right);

    /// <summary>Element by element, true where the left is smaller or equal.</summary>
    public static ChunkedArray<bool> operator <=(ChunkedArray<T> left, ChunkedArray<T> right) => Compare(KernelOp.LessOrEqual, left, right);

    /// <summary>Element by element, true where the left is greater.</summary>
    public static ChunkedArray<bool> operator >(ChunkedArray<T> left, ChunkedArray<T> right) => Compare(KernelOp.Greater, left, right);

    /// <summary>Element by element, true where the left is greater or equal.</summary>
    public static ChunkedArray<bool> operator >=(ChunkedArray<T> left, ChunkedArray<T> right) => Compare(KernelOp.GreaterOrEqual, left, right);

    /// <summary>True for the same object; <c>==</c> compares elements.</summary>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>An operation on arrays of one type, with a result of the same type.</summary>
    internal static ChunkedArray<T> Apply(KernelOp op, params ReadOnlySpan<ChunkedArray<T>> operands)
    {
        Operands.Check(op, ElementTypes.Of<T>());
        return new(Elementwise.Of(op, ElementTypes.Of<T>(), Operands.Expressions(operands)));
    }

    private static ChunkedArray<bool> Compare(KernelOp op, ChunkedArray<T> left, ChunkedArray<T> right) =>
        new(Elementwise.Of(op, ElementType.Boolean, Operands.Expressions([left, right])));
}
