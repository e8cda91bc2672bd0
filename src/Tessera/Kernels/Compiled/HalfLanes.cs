using System.Linq.Expressions;

namespace Tessera.Kernels;

/// <summary>
/// Halves to floats and back, by integer arithmetic on their bits, as vectors have no instruction for it that .NET knows. A half has a sign,
/// 5 bits of exponent with the bias 15 and 10 of fraction; a float 8 with the bias 127 and 23.
/// </summary>
internal static class HalfLanes
{
    private const int FractionShift = 23 - 10, ExponentApart = 127 - 15;

    /// <summary>
    /// Floats from the bits of halves in the low ones of 32. Shifted to where a float has them, exponent and fraction are the number over
    /// 2^112, of those below the least exponent too; only infinities and NaN need their exponent filled up.
    /// </summary>
    public static Expression ToSingle(VectorWidth width, Expression halves)
    {
        var lanes = new Lanes(width);
        Expression bits = lanes.Local(halves), magnitude = lanes.Local(lanes.And(bits, 0x7FFF));
        Expression shifted = width.As(lanes.Left(magnitude, FractionShift), ElementType.Single);
        Expression scaled = width.Call("Multiply", shifted, width.Broadcast(Expression.Constant(MathF.ScaleB(1, ExponentApart))));
        Expression special = lanes.And(lanes.IsAbove(magnitude, 0x7BFF), 0x7F800000);
        Expression sign = lanes.Left(lanes.And(bits, 0x8000), 16);
        Expression value = lanes.Or(width.As(scaled, ElementType.UInt32), lanes.Or(special, sign));
        return lanes.Finish(width.As(value, ElementType.Single));
    }

    /// <summary>
    /// The bits of the nearest halves, the even ones at ties, in the low ones of 32. Of numbers in a half's range the lost bits are rounded
    /// by an addition that carries; below it, adding 0.5, whose last bit is that of the smallest half, leaves the rounding to the processor.
    /// </summary>
    public static Expression OfSingle(VectorWidth width, Expression singles)
    {
        const uint LeastNormal = (uint)(ExponentApart + 1) << 23, Overflow = (uint)(ExponentApart + 31) << 23, Infinity = 0x7F800000, OneHalf = 126u << 23;
        var lanes = new Lanes(width);
        Expression bits = lanes.Local(width.As(singles, ElementType.UInt32)), magnitude = lanes.Local(lanes.And(bits, 0x7FFFFFFF));
        Expression isOdd = lanes.And(lanes.Right(magnitude, FractionShift), 1);
        Expression rounded = lanes.Add(lanes.Add(magnitude, lanes.Of(unchecked(0xFFFu - ((uint)ExponentApart << 23)))), isOdd);
        Expression small = width.Call("Add", width.As(magnitude, ElementType.Single), width.Broadcast(Expression.Constant(0.5f)));
        Expression smallBits = width.Call("Subtract", width.As(small, ElementType.UInt32), lanes.Of(OneHalf));
        Expression finite = lanes.Choose(lanes.IsAbove(magnitude, LeastNormal - 1), lanes.Right(rounded, FractionShift), smallBits);
        Expression special = lanes.Choose(lanes.IsAbove(magnitude, Infinity), lanes.Of(0x7E00), lanes.Of(0x7C00));
        Expression unsigned = lanes.Choose(lanes.IsAbove(magnitude, Overflow - 1), special, finite);
        return lanes.Finish(lanes.Or(unsigned, lanes.And(lanes.Right(bits, 16), 0x8000)));
    }

    /// <summary>Writes expressions over vectors of <see cref="uint"/>, and the locals that they share.</summary>
    private sealed class Lanes(VectorWidth width)
    {
        private readonly List<ParameterExpression> _locals = [];
        private readonly List<Expression> _code = [];

        public Expression Local(Expression value)
        {
            ParameterExpression local = Expression.Variable(value.Type);
            _locals.Add(local);
            _code.Add(Expression.Assign(local, value));
            return local;
        }

        public Expression Finish(Expression value) => Expression.Block(_locals, [.. _code, value]);

        public Expression Of(uint constant) => width.Broadcast(Expression.Constant(constant));

        public Expression And(Expression a, uint constant) => width.Call("BitwiseAnd", a, Of(constant));

        public Expression Or(Expression a, Expression b) => width.Call("BitwiseOr", a, b);

        public Expression Add(Expression a, Expression b) => width.Call("Add", a, b);

        public Expression Left(Expression a, int count) => width.Call("ShiftLeft", a, Expression.Constant(count));

        public Expression Right(Expression a, int count) => width.Call("ShiftRightLogical", a, Expression.Constant(count));

        /// <summary>A mask; both are below 2^31, and signed comparisons are what processors have.</summary>
        public Expression IsAbove(Expression a, uint constant) => width.As(
            width.Call("GreaterThan", width.As(a, ElementType.Int32), width.Broadcast(Expression.Constant((int)constant))), ElementType.UInt32);

        public Expression Choose(Expression mask, Expression a, Expression b) => width.Call("ConditionalSelect", mask, a, b);
    }
}
