using System.Linq.Expressions;

namespace Tessera.Kernels;

/// <summary>
/// Conversions as chains of elementary steps: widen to the next size, narrow to the one before, the same bits under another sign, and
/// between integers and floating point of one size. Each case names the form before the last step and that step.
/// </summary>
internal sealed partial class ValueEmitter
{
    private Expression Convert(int node, ElementType to, int part)
    {
        ElementType from = _forms[node];
        return to.IsFloatingPoint ? ConvertToFloatingPoint(node, from, to, part)
            : from.IsFloatingPoint ? ConvertToInteger(node, to, part)
            : from.Size == to.Size ? _width.As(Value(node, from, part), to)
            : to.Size < from.Size ? Narrow(node, ElementTypeTable.Integer(to.Size * 2, to.IsUnsigned), part)
            : to.IsUnsigned != from.IsUnsigned ? _width.As(Value(node, ElementTypeTable.Integer(to.Size, from.IsUnsigned), part), to)
            : Widen(node, ElementTypeTable.Integer(to.Size / 2, from.IsUnsigned), part);
    }

    private Expression ConvertToFloatingPoint(int node, ElementType from, ElementType to, int part)
    {
        if (to == ElementType.Half)
            return _width.Call("Narrow", HalfBits(node, from, part * 2), HalfBits(node, from, (part * 2) + 1));
        if (from == ElementType.Half && to == ElementType.Single)
            return HalfLanes.ToSingle(_width, Widen(node, ElementType.Half, part));
        if (to == ElementType.Double)
        {
            // 16 bits and less are exact as float, and from there the step is cheaper on processors without 64-bit conversions.
            return from == ElementType.Single || from.Size <= 2 ? Widen(node, ElementType.Single, part)
                : _width.Call("ConvertToDouble", Value(node, from == ElementType.UInt64 ? from : ElementType.Int64, part));
        }

        if (from == ElementType.Double)
            return Narrow(node, ElementType.Double, part);
        if (from.Size <= 4)
            return _width.Call("ConvertToSingle", Value(node, from == ElementType.UInt32 ? from : ElementType.Int32, part));

        int low = part * 2;
        return _width.Call("Narrow", RoundableDouble(node, from, low), RoundableDouble(node, from, low + 1));
    }

    /// <summary>The bits of halves, in the low ones of 32. A double has its one rounding here.</summary>
    private Expression HalfBits(int node, ElementType from, int part)
    {
        Expression single = from == ElementType.Double
            ? _width.Call("Narrow", RoundableSingle(node, part * 2), RoundableSingle(node, (part * 2) + 1))
            : Value(node, ElementType.Single, part);
        return HalfLanes.OfSingle(_width, single);
    }

    /// <summary>
    /// A double as one that a float holds and that rounds to the same half: of the bits that a float has no room for, one sticky bit is left.
    /// </summary>
    private Expression RoundableSingle(int node, int part)
    {
        Expression bits = _width.As(Value(node, ElementType.Double, part), ElementType.Int64);
        Expression low = _width.Broadcast(Expression.Constant((1L << 29) - 1));
        return _width.As(Sticky(bits, low), ElementType.Double);
    }

    /// <summary>The low bits become 0, and the lowest above them 1 where one of them was.</summary>
    private Expression Sticky(Expression value, Expression low) => _width.Call(
        "AndNot", _width.Call("BitwiseOr", value, _width.Call("Add", _width.Call("BitwiseAnd", value, low), low)), low);

    /// <summary>
    /// A 64-bit integer as a double that rounds to the same float as the integer itself. From 2^53 on, the low 11 bits, which a double
    /// may have no room for, are replaced by one sticky bit above them: the double is exact, and on the same side of every float's tie.
    /// </summary>
    private Expression RoundableDouble(int node, ElementType type, int part)
    {
        Expression value = Value(node, type, part);
        Expression low = Of(0x7FF);
        Expression sticky = Sticky(value, low);
        Expression isExact = type == ElementType.UInt64
            ? _width.Call("LessThan", value, Of(1L << 53))
            : _width.Call("LessThan", LaneForms.AbsoluteOfSigned(_width, type, value), Of(1L << 53));
        return _width.Call("ConvertToDouble", _width.Call("ConditionalSelect", isExact, value, sticky));

        Expression Of(long constant) => _width.Broadcast(
            type == ElementType.UInt64 ? Expression.Constant((ulong)constant) : Expression.Constant(constant));
    }

    /// <summary>From floating point, truncating: saturated to the target's 32 or 64 bits; to fewer, narrowed from 32.</summary>
    private Expression ConvertToInteger(int node, ElementType to, int part)
    {
        return to switch
        {
            ElementType.Int64 => _width.Call("ConvertToInt64", Value(node, ElementType.Double, part)),
            ElementType.UInt64 => _width.Call("ConvertToUInt64", Value(node, ElementType.Double, part)),
            ElementType.Int32 when _forms[node] != ElementType.Double => _width.Call("ConvertToInt32", Value(node, ElementType.Single, part)),
            ElementType.UInt32 when _forms[node] != ElementType.Double => _width.Call("ConvertToUInt32", Value(node, ElementType.Single, part)),
            ElementType.Int32 => Narrowed(int.MinValue, int.MaxValue),
            ElementType.UInt32 => _width.As(Narrowed(uint.MinValue, uint.MaxValue), to),
            _ when to.IsUnsigned => _width.As(Value(node, Mask(to.Size), part), to),
            _ => Narrow(node, Mask(to.Size * 2), part),
        };

        Expression Narrowed(long lowest, long highest) =>
            _width.Call("Narrow", Clamped(part * 2, lowest, highest), Clamped((part * 2) + 1, lowest, highest));

        Expression Clamped(int half, long lowest, long highest) => _width.Call(
            "Clamp", Value(node, ElementType.Int64, half), _width.Broadcast(Expression.Constant(lowest)), _width.Broadcast(Expression.Constant(highest)));
    }

    private Expression Widen(int node, ElementType before, int part)
    {
        bool isLower = _uniform[node] || part % 2 == 0;
        return _width.Call(isLower ? "WidenLower" : "WidenUpper", Value(node, before, part / 2));
    }

    private Expression Narrow(int node, ElementType before, int part) =>
        _width.Call("Narrow", Value(node, before, part * 2), Value(node, before, (part * 2) + 1));
}
