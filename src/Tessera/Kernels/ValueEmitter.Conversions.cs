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
            : to.Size < from.Size ? Narrow(node, Integer(to.Size * 2, to.IsUnsigned), part)
            : to.IsUnsigned != from.IsUnsigned ? _width.As(Value(node, Integer(to.Size, from.IsUnsigned), part), to)
            : Widen(node, Integer(to.Size / 2, from.IsUnsigned), part);
    }

    private Expression ConvertToFloatingPoint(int node, ElementType from, ElementType to, int part)
    {
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

    /// <summary>
    /// A 64-bit integer as a double that rounds to the same float as the integer itself. From 2^53 on, the low 11 bits, which a double
    /// may have no room for, are replaced by one sticky bit above them: the double is exact, and on the same side of every float's tie.
    /// </summary>
    private Expression RoundableDouble(int node, ElementType type, int part)
    {
        Expression value = Value(node, type, part);
        Expression low = Of(0x7FF);
        Expression sticky = _width.Call(
            "AndNot", _width.Call("BitwiseOr", value, _width.Call("Add", _width.Call("BitwiseAnd", value, low), low)), low);
        Expression isExact = type == ElementType.UInt64
            ? _width.Call("LessThan", value, Of(1L << 53))
            : _width.Call("LessThan", AbsOfSigned(type, value), Of(1L << 53));
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
            ElementType.Int32 when _forms[node] == ElementType.Single => _width.Call("ConvertToInt32", Value(node, ElementType.Single, part)),
            ElementType.UInt32 when _forms[node] == ElementType.Single => _width.Call("ConvertToUInt32", Value(node, ElementType.Single, part)),
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

    private static ElementType Integer(int size, bool isUnsigned) => (size, isUnsigned) switch
    {
        (1, true) => ElementType.Byte,
        (2, true) => ElementType.UInt16,
        (4, true) => ElementType.UInt32,
        (8, true) => ElementType.UInt64,
        _ => Mask(size),
    };
}
