using System.Numerics;

namespace Tessera.Kernels;

/// <summary>The casts of the plain kernel: from each element type to each.</summary>
internal static unsafe class PlainCasts
{
    public static void Run(ElementType from, ElementType to, PlainOperands rows)
    {
        switch (from)
        {
            case ElementType.Boolean or ElementType.Byte: From<byte>(to, rows); break;
            case ElementType.SByte: From<sbyte>(to, rows); break;
            case ElementType.Int16: From<short>(to, rows); break;
            case ElementType.UInt16: From<ushort>(to, rows); break;
            case ElementType.Int32: From<int>(to, rows); break;
            case ElementType.UInt32: From<uint>(to, rows); break;
            case ElementType.Int64: From<long>(to, rows); break;
            case ElementType.UInt64: From<ulong>(to, rows); break;
            case ElementType.Single: From<float>(to, rows); break;
            default: From<double>(to, rows); break;
        }
    }

    private static void From<T>(ElementType to, PlainOperands rows)
        where T : unmanaged, INumber<T>
    {
        switch (to)
        {
            case ElementType.Boolean: ToBoolean<T>(rows); break;
            case ElementType.SByte: Convert<T, sbyte>(rows); break;
            case ElementType.Byte: Convert<T, byte>(rows); break;
            case ElementType.Int16: Convert<T, short>(rows); break;
            case ElementType.UInt16: Convert<T, ushort>(rows); break;
            case ElementType.Int32: Convert<T, int>(rows); break;
            case ElementType.UInt32: Convert<T, uint>(rows); break;
            case ElementType.Int64: Convert<T, long>(rows); break;
            case ElementType.UInt64: Convert<T, ulong>(rows); break;
            case ElementType.Single: Convert<T, float>(rows); break;
            default: Convert<T, double>(rows); break;
        }
    }

    private static void Convert<TFrom, TTo>(PlainOperands rows)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        for (int i = 0; i < rows.Length; i++)
            ((TTo*)rows.Result)[i] = ScalarCast.Invoke<TFrom, TTo>(((TFrom*)rows.A)[i]);
    }

    /// <summary>What isn't 0 is true, NaN too.</summary>
    private static void ToBoolean<T>(PlainOperands rows)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < rows.Length; i++)
            ((byte*)rows.Result)[i] = ((T*)rows.A)[i] != T.Zero ? (byte)1 : (byte)0;
    }
}
