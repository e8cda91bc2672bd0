using System.Linq.Expressions;

namespace Tessera.Kernels;

/// <summary>The forms of operations in vectors: one method of the vectors, several, or one lane after the other.</summary>
internal static class LaneForms
{
    /// <summary>The vectors' method of this name.</summary>
    public static LaneForm Vector(string method) => x => x.Call(method, x.All);

    /// <summary>A comparison of masks, by the one of bytes.</summary>
    public static LaneForm OfMasks(LaneForm bytes) => x => bytes(x.AsBytes());

    public static Expression EachFloat<TOperation>(LaneOperands x)
        where TOperation : struct, IUnaryOperation<TOperation> => LaneByLane.Map(typeof(TOperation), x.Type, x.A);

    public static Expression EachOfTwo<TOperation>(LaneOperands x)
        where TOperation : struct, IBinaryOperation<TOperation> => LaneByLane.Zip(typeof(TOperation), x.Type, x.A, x.B);

    public static Expression Pieces<TOperation>(LaneOperands x)
        where TOperation : struct, IVectorOperation => LaneByLane.MapPieces(typeof(TOperation), x.Type, x.A);

    public static Expression Absolute(LaneOperands x) => x.Type.Kind switch
    {
        ElementKind.Unsigned => x.A,
        ElementKind.Signed => AbsoluteOfSigned(x.Width, x.Type, x.A),
        ElementKind.FloatingPoint => x.Call("Abs", x.A),
        _ => throw new NotSupportedException($"Elements of type {x.Type.Name} have no magnitude."),
    };

    /// <summary>Written out, for the library's method may check for overflow where the processor has no instruction.</summary>
    public static Expression AbsoluteOfSigned(VectorWidth width, ElementType type, Expression a) =>
        width.Call("ConditionalSelect", width.Call("LessThan", a, width.Zero(type)), width.Call("Negate", a), a);

    public static Expression Quotient(LaneOperands x) => x.Type.IsFloatingPoint ? x.Call("Divide", x.A, x.B)
        : x.Type.Size < 8 ? IntegerQuotient(x) : EachOfTwo<Divide>(x);

    public static Expression Rest(LaneOperands x)
    {
        if (x.Type.IsFloatingPoint || x.Type.Size == 8)
            return EachOfTwo<Remainder>(x);
        Expression rest = x.Call("Subtract", x.A, x.Call("Multiply", IntegerQuotient(x), x.B));
        return x.Call("AndNot", rest, x.Call("Equals", x.B, x.Width.Zero(x.Type)));
    }

    public static Expression Left(LaneOperands x) => x.IsUniformB ? Shift("ShiftLeft", x) : EachOfTwo<ShiftLeft>(x);

    public static Expression Right(LaneOperands x) => x.IsUniformB
        ? Shift(x.Type.IsUnsigned ? "ShiftRightLogical" : "ShiftRightArithmetic", x)
        : EachOfTwo<ShiftRight>(x);

    /// <summary>
    /// An integer quotient by way of floating point: a quotient that isn't whole is at least 1/b away from a whole number, and the rounding
    /// error is smaller than that, for 16 bits in a float as for 32 bits in a double.
    /// </summary>
    private static Expression IntegerQuotient(LaneOperands x) =>
        x.Call("AndNot", x.Width.As(Truncated(x, x.Type.Size, x.Part), x.Type), x.Call("Equals", x.B, x.Width.Zero(x.Type)));

    private static Expression Truncated(LaneOperands x, int size, int part) => size switch
    {
        8 => x.Call("ConvertToInt64", Ratio(x, ElementType.Double, part)),
        4 when x.Type.Size < 4 => x.Call("ConvertToInt32", Ratio(x, ElementType.Single, part)),
        _ => x.Call("Narrow", Truncated(x, size * 2, part * 2), Truncated(x, size * 2, (part * 2) + 1)),
    };

    private static Expression Ratio(LaneOperands x, ElementType form, int part) => x.Call("Divide", x.FirstAs(form, part), x.SecondAs(form, part));

    /// <summary>All lanes by the same count, its low bits.</summary>
    private static Expression Shift(string method, LaneOperands x)
    {
        Expression a = x.A, count = x.Call("ToScalar", x.B);
        Expression low = Expression.And(Expression.Convert(count, typeof(int)), Expression.Constant((x.Type.Size * 8) - 1));
        return x.Call(method, a, low);
    }
}
