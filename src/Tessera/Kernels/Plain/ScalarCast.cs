using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>One element from one type to another, as <see cref="KernelOp.Cast"/> says.</summary>
internal static class ScalarCast
{
    /// <summary>
    /// Integers wrap and round once to floating point. Floating point truncates and, as in C#, saturates at the range of an integer of 32 or 64 bits,
    /// NaN giving 0; for 8 and 16 bits the integer is an int, which then wraps: 300.7 to byte is 44, -1 to byte 255, -1 to uint 0, 1e20 to int its largest.
    /// </summary>
    public static TTo Invoke<TFrom, TTo>(TFrom value)
        where TFrom : INumber<TFrom>
        where TTo : INumber<TTo>
    {
        if (typeof(TFrom) == typeof(ulong) && typeof(TTo) == typeof(float))
            return (TTo)(object)ToSingle((ulong)(object)value);
        if (!IsFloatingPoint<TFrom>() || IsFloatingPoint<TTo>())
            return TTo.CreateTruncating(value);
        return Unsafe.SizeOf<TTo>() >= sizeof(int)
            ? TTo.CreateSaturating(value)
            : TTo.CreateTruncating(int.CreateSaturating(value));
    }

    private static bool IsFloatingPoint<T>() => typeof(T) == typeof(Half) || typeof(T) == typeof(float) || typeof(T) == typeof(double);

    /// <summary>Rounds once; by way of double it would round twice. Halved, with the lost bit kept as a sticky one, it fits a long.</summary>
    private static float ToSingle(ulong value) => (long)value >= 0 ? (long)value : 2 * (float)(long)((value >> 1) | (value & 1));
}
