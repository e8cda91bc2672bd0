using System.Numerics;

namespace Tessera.Kernels;

/// <summary>Finds the loop for an operation on an element type: the one edge where the plain kernel's types become .NET's.</summary>
internal static class PlainOperations
{
    /// <summary>Runs an operation whose operands are of <paramref name="type"/>.</summary>
    public static void Run(KernelOp op, ElementType type, PlainOperands rows)
    {
        switch (type)
        {
            case ElementType.Boolean: Boolean(op, rows); break;
            case ElementType.SByte: Integer<sbyte>(op, rows); break;
            case ElementType.Byte: Integer<byte>(op, rows); break;
            case ElementType.Int16: Integer<short>(op, rows); break;
            case ElementType.UInt16: Integer<ushort>(op, rows); break;
            case ElementType.Int32: Integer<int>(op, rows); break;
            case ElementType.UInt32: Integer<uint>(op, rows); break;
            case ElementType.Int64: Integer<long>(op, rows); break;
            case ElementType.UInt64: Integer<ulong>(op, rows); break;
            case ElementType.Single: FloatingPoint<float>(op, rows); break;
            default: FloatingPoint<double>(op, rows); break;
        }
    }

    public static void Fold(KernelOutputKind kind, ElementType type, nint accumulators, int lanes, nint row, int length)
    {
        switch (type)
        {
            case ElementType.Boolean: FoldBoolean(kind, accumulators, lanes, row, length); break;
            case ElementType.SByte: Fold<sbyte>(kind, accumulators, lanes, row, length); break;
            case ElementType.Byte: Fold<byte>(kind, accumulators, lanes, row, length); break;
            case ElementType.Int16: Fold<short>(kind, accumulators, lanes, row, length); break;
            case ElementType.UInt16: Fold<ushort>(kind, accumulators, lanes, row, length); break;
            case ElementType.Int32: Fold<int>(kind, accumulators, lanes, row, length); break;
            case ElementType.UInt32: Fold<uint>(kind, accumulators, lanes, row, length); break;
            case ElementType.Int64: Fold<long>(kind, accumulators, lanes, row, length); break;
            case ElementType.UInt64: Fold<ulong>(kind, accumulators, lanes, row, length); break;
            case ElementType.Single: Fold<float>(kind, accumulators, lanes, row, length); break;
            default: Fold<double>(kind, accumulators, lanes, row, length); break;
        }
    }

    public static NotSupportedException Missing(KernelOp op, ElementType type) => new(
        $"A kernel was to compute {op} of {type.Name}, which isn't defined. " +
        "KernelOp says which types an operation takes; cast the operand to one of them first.");

    /// <summary>Booleans add, multiply and compare as NumPy's do: as or, as and, false before true.</summary>
    private static void Boolean(KernelOp op, PlainOperands rows)
    {
        switch (op)
        {
            case KernelOp.Not: PlainLoops.Map<NotBoolean, byte>(rows); break;
            case KernelOp.And or KernelOp.Multiply or KernelOp.Minimum: PlainLoops.Zip<And<byte>, byte>(rows); break;
            case KernelOp.Or or KernelOp.Add or KernelOp.Maximum: PlainLoops.Zip<Or<byte>, byte>(rows); break;
            case KernelOp.Xor: PlainLoops.Zip<Xor<byte>, byte>(rows); break;
            default:
                if (!Test<byte>(op, rows))
                    throw Missing(op, ElementType.Boolean);
                break;
        }
    }

    private static void Integer<T>(KernelOp op, PlainOperands rows)
        where T : unmanaged, IBinaryInteger<T>
    {
        switch (op)
        {
            case KernelOp.Not: PlainLoops.Map<Not<T>, T>(rows); break;
            case KernelOp.Divide: PlainLoops.Zip<DivideInteger<T>, T>(rows); break;
            case KernelOp.Remainder: PlainLoops.Zip<RemainderInteger<T>, T>(rows); break;
            case KernelOp.Power: PlainLoops.Zip<PowerInteger<T>, T>(rows); break;
            case KernelOp.And: PlainLoops.Zip<And<T>, T>(rows); break;
            case KernelOp.Or: PlainLoops.Zip<Or<T>, T>(rows); break;
            case KernelOp.Xor: PlainLoops.Zip<Xor<T>, T>(rows); break;
            case KernelOp.ShiftLeft: PlainLoops.Zip<ShiftLeft<T>, T>(rows); break;
            case KernelOp.ShiftRight: PlainLoops.Zip<ShiftRight<T>, T>(rows); break;
            default: Number<T>(op, rows); break;
        }
    }

    private static void FloatingPoint<T>(KernelOp op, PlainOperands rows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (op)
        {
            case KernelOp.Sqrt: PlainLoops.Map<Sqrt<T>, T>(rows); break;
            case KernelOp.Exp: PlainLoops.Map<Exp<T>, T>(rows); break;
            case KernelOp.Log: PlainLoops.Map<Log<T>, T>(rows); break;
            case KernelOp.Sin: PlainLoops.Map<Sin<T>, T>(rows); break;
            case KernelOp.Cos: PlainLoops.Map<Cos<T>, T>(rows); break;
            case KernelOp.Floor: PlainLoops.Map<Floor<T>, T>(rows); break;
            case KernelOp.Ceiling: PlainLoops.Map<Ceiling<T>, T>(rows); break;
            case KernelOp.Round: PlainLoops.Map<Round<T>, T>(rows); break;
            case KernelOp.Divide: PlainLoops.Zip<Divide<T>, T>(rows); break;
            case KernelOp.Remainder: PlainLoops.Zip<Remainder<T>, T>(rows); break;
            case KernelOp.Power: PlainLoops.Zip<Power<T>, T>(rows); break;
            case KernelOp.IsNaN: PlainLoops.Test<NotEqual<T>, T>(rows with { B = rows.A }); break;
            default: Number<T>(op, rows); break;
        }
    }

    private static void Number<T>(KernelOp op, PlainOperands rows)
        where T : unmanaged, INumber<T>
    {
        switch (op)
        {
            case KernelOp.Negate: PlainLoops.Map<Negate<T>, T>(rows); break;
            case KernelOp.Abs: PlainLoops.Map<Abs<T>, T>(rows); break;
            case KernelOp.Square: PlainLoops.Map<Square<T>, T>(rows); break;
            case KernelOp.Add: PlainLoops.Zip<Add<T>, T>(rows); break;
            case KernelOp.Subtract: PlainLoops.Zip<Subtract<T>, T>(rows); break;
            case KernelOp.Multiply: PlainLoops.Zip<Multiply<T>, T>(rows); break;
            case KernelOp.Minimum: PlainLoops.Zip<Minimum<T>, T>(rows); break;
            case KernelOp.Maximum: PlainLoops.Zip<Maximum<T>, T>(rows); break;
            default:
                if (!Test<T>(op, rows))
                    throw Missing(op, ElementTypes.Of<T>());
                break;
        }
    }

    private static bool Test<T>(KernelOp op, PlainOperands rows)
        where T : unmanaged, INumber<T>
    {
        switch (op)
        {
            case KernelOp.Equal: PlainLoops.Test<Equal<T>, T>(rows); break;
            case KernelOp.NotEqual: PlainLoops.Test<NotEqual<T>, T>(rows); break;
            case KernelOp.Less: PlainLoops.Test<Less<T>, T>(rows); break;
            case KernelOp.LessOrEqual: PlainLoops.Test<LessOrEqual<T>, T>(rows); break;
            case KernelOp.Greater: PlainLoops.Test<Greater<T>, T>(rows); break;
            case KernelOp.GreaterOrEqual: PlainLoops.Test<GreaterOrEqual<T>, T>(rows); break;
            default: return false;
        }

        return true;
    }

    private static void Fold<T>(KernelOutputKind kind, nint accumulators, int lanes, nint row, int length)
        where T : unmanaged, INumber<T>
    {
        switch (kind)
        {
            case KernelOutputKind.Sum: PlainLoops.Fold<Add<T>, T>(accumulators, lanes, row, length); break;
            case KernelOutputKind.Product: PlainLoops.Fold<Multiply<T>, T>(accumulators, lanes, row, length); break;
            case KernelOutputKind.Minimum: PlainLoops.Fold<Minimum<T>, T>(accumulators, lanes, row, length); break;
            default: PlainLoops.Fold<Maximum<T>, T>(accumulators, lanes, row, length); break;
        }
    }

    private static void FoldBoolean(KernelOutputKind kind, nint accumulators, int lanes, nint row, int length)
    {
        if (kind is KernelOutputKind.Product or KernelOutputKind.Minimum)
            PlainLoops.Fold<And<byte>, byte>(accumulators, lanes, row, length);
        else
            PlainLoops.Fold<Or<byte>, byte>(accumulators, lanes, row, length);
    }
}
