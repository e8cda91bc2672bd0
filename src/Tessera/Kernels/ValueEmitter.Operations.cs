using System.Linq.Expressions;

namespace Tessera.Kernels;

/// <summary>The operations on vectors of one type, and on booleans as masks.</summary>
internal sealed partial class ValueEmitter
{
    private Expression Unary(KernelOp op, ElementType type, Expression a) => op switch
    {
        KernelOp.Negate => _width.Call("Negate", a),
        KernelOp.Abs => type.IsUnsigned ? a : type.IsInteger ? AbsOfSigned(type, a) : _width.Call("Abs", a),
        KernelOp.Square => _width.Call("Multiply", a, a),
        KernelOp.Not => _width.Call("OnesComplement", a),
        KernelOp.IsNaN => _width.As(_width.Call("OnesComplement", _width.Call("Equals", a, a)), Mask(type.Size)),
        KernelOp.Sqrt or KernelOp.Floor or KernelOp.Ceiling or KernelOp.Round => _width.Call(op.ToString(), a),
        KernelOp.Exp => LaneByLane.MapPieces(typeof(Exp<>), type, a),
        KernelOp.Log => LaneByLane.MapPieces(typeof(Log<>), type, a),
        KernelOp.Sin => LaneByLane.Map(typeof(Sin<>), type, a),
        KernelOp.Cos => LaneByLane.Map(typeof(Cos<>), type, a),
        _ => throw PlainOperations.Missing(op, type),
    };

    private Expression Binary(KernelNode node, ElementType type, Expression a, Expression b, int part) => node.Op switch
    {
        KernelOp.Add or KernelOp.Subtract or KernelOp.Multiply or KernelOp.Xor => _width.Call(node.Op.ToString(), a, b),
        KernelOp.And => _width.Call("BitwiseAnd", a, b),
        KernelOp.Or => _width.Call("BitwiseOr", a, b),
        KernelOp.Minimum => _width.Call("Min", a, b),
        KernelOp.Maximum => _width.Call("Max", a, b),
        KernelOp.Divide => type.IsFloatingPoint ? _width.Call("Divide", a, b)
            : type.Size < 8 ? Quotient(node, type, b, part) : LaneByLane.Zip(typeof(DivideInteger<>), type, a, b),
        KernelOp.Remainder => type.IsFloatingPoint ? LaneByLane.Zip(typeof(Remainder<>), type, a, b)
            : type.Size < 8 ? Rest(node, type, a, b, part) : LaneByLane.Zip(typeof(RemainderInteger<>), type, a, b),
        KernelOp.Power => LaneByLane.Zip(type.IsFloatingPoint ? typeof(Power<>) : typeof(PowerInteger<>), type, a, b),
        KernelOp.ShiftLeft => _uniform[node.B] ? Shift("ShiftLeft", type, a, b) : LaneByLane.Zip(typeof(ShiftLeft<>), type, a, b),
        KernelOp.ShiftRight => _uniform[node.B]
            ? Shift(type.IsUnsigned ? "ShiftRightLogical" : "ShiftRightArithmetic", type, a, b)
            : LaneByLane.Zip(typeof(ShiftRight<>), type, a, b),
        _ => Test(node.Op, type, a, b),
    };

    private Expression Test(KernelOp op, ElementType type, Expression a, Expression b) => _width.As(
        op switch
        {
            KernelOp.Equal => _width.Call("Equals", a, b),
            KernelOp.NotEqual => _width.Call("OnesComplement", _width.Call("Equals", a, b)),
            KernelOp.Less => _width.Call("LessThan", a, b),
            KernelOp.LessOrEqual => _width.Call("LessThanOrEqual", a, b),
            KernelOp.Greater => _width.Call("GreaterThan", a, b),
            KernelOp.GreaterOrEqual => _width.Call("GreaterThanOrEqual", a, b),
            _ => throw PlainOperations.Missing(op, type),
        },
        Mask(type.Size));

    /// <summary>By masks of one size; they compare as bytes, where true (255) is more than false.</summary>
    private Expression Logical(KernelNode node, int part)
    {
        ElementType form = MaskForm(node);
        Expression a = Value(node.A, form, part);
        if (node.Op == KernelOp.Not)
            return _width.Call("OnesComplement", a);
        if (!Joins(node.Op) && node.Op is not (>= KernelOp.Equal and <= KernelOp.GreaterOrEqual))
            throw PlainOperations.Missing(node.Op, ElementType.Boolean);

        Expression b = Value(node.B, form, part);
        return node.Op switch
        {
            KernelOp.And or KernelOp.Multiply or KernelOp.Minimum => _width.Call("BitwiseAnd", a, b),
            KernelOp.Or or KernelOp.Add or KernelOp.Maximum => _width.Call("BitwiseOr", a, b),
            KernelOp.Xor => _width.Call("Xor", a, b),
            _ => Test(node.Op, ElementType.Byte, _width.As(a, ElementType.Byte), _width.As(b, ElementType.Byte)),
        };
    }

    /// <summary>Written out, for the library's method may check for overflow where the processor has no instruction.</summary>
    private Expression AbsOfSigned(ElementType type, Expression a) =>
        _width.Call("ConditionalSelect", _width.Call("LessThan", a, _width.Zero(type)), _width.Call("Negate", a), a);

    /// <summary>
    /// An integer quotient by way of floating point: a quotient that isn't whole is at least 1/b away from a whole number, and the rounding
    /// error is smaller than that, for 16 bits in a float as for 32 bits in a double.
    /// </summary>
    private Expression Quotient(KernelNode node, ElementType type, Expression b, int part) =>
        _width.Call("AndNot", _width.As(Truncated(node, type.Size, part), type), _width.Call("Equals", b, _width.Zero(type)));

    private Expression Rest(KernelNode node, ElementType type, Expression a, Expression b, int part)
    {
        Expression rest = _width.Call("Subtract", a, _width.Call("Multiply", Quotient(node, type, b, part), b));
        return _width.Call("AndNot", rest, _width.Call("Equals", b, _width.Zero(type)));
    }

    private Expression Truncated(KernelNode node, int size, int part) => size switch
    {
        8 => _width.Call("ConvertToInt64", Ratio(node, ElementType.Double, part)),
        4 when _program.Nodes[node.A].Type.Size < 4 => _width.Call("ConvertToInt32", Ratio(node, ElementType.Single, part)),
        _ => _width.Call("Narrow", Truncated(node, size * 2, part * 2), Truncated(node, size * 2, (part * 2) + 1)),
    };

    private Expression Ratio(KernelNode node, ElementType form, int part) =>
        _width.Call("Divide", Value(node.A, form, part), Value(node.B, form, part));

    /// <summary>All lanes by the same count, its low bits.</summary>
    private Expression Shift(string method, ElementType type, Expression a, Expression counts)
    {
        Expression count = _width.Call("ToScalar", counts);
        Expression low = Expression.And(Expression.Convert(count, typeof(int)), Expression.Constant((type.Size * 8) - 1));
        return _width.Call(method, a, low);
    }

    /// <summary>The signed integer of a size.</summary>
    private static ElementType Mask(int size) => size switch
    {
        1 => ElementType.SByte,
        2 => ElementType.Int16,
        4 => ElementType.Int32,
        _ => ElementType.Int64,
    };

    /// <summary>In what size a boolean node's mask comes about.</summary>
    private ElementType MaskForm(KernelNode node)
    {
        switch (node.Op)
        {
            case KernelOp.Input:
                return ElementType.SByte;
            case KernelOp.Where:
                return Common(node.B, node.C);
        }

        ElementType type = _program.Nodes[node.A].Type;
        if (type != ElementType.Boolean)
            return Mask(type.Size);
        return node.Op is KernelOp.Not ? _forms[node.A] : Joins(node.Op) ? Common(node.A, node.B) : ElementType.SByte;
    }

    /// <summary>The operations that make one boolean of two, bit by bit.</summary>
    private static bool Joins(KernelOp op) => op is KernelOp.And or KernelOp.Or or KernelOp.Xor or KernelOp.Add or KernelOp.Multiply
        or KernelOp.Minimum or KernelOp.Maximum;

    private ElementType Common(int a, int b) => _forms[a] == _forms[b] ? _forms[a] : ElementType.SByte;
}
