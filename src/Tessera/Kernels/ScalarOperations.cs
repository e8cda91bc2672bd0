using System.Numerics;

namespace Tessera.Kernels;

// What each operation means for one element: the plain kernel is made of these, and compiled kernels take from here what vectors lack.
// A type per operation, so that a loop over one of them is compiled for it.

internal interface IUnaryOperation<T>
{
    static abstract T Invoke(T a);
}

internal interface IBinaryOperation<T>
{
    static abstract T Invoke(T a, T b);
}

internal interface ITest<T>
{
    static abstract bool Invoke(T a, T b);
}

internal readonly struct Negate<T> : IUnaryOperation<T> where T : INumber<T>
{
    public static T Invoke(T a) => unchecked(-a);
}

/// <summary>The smallest signed integer has no positive counterpart and stays what it is.</summary>
internal readonly struct Abs<T> : IUnaryOperation<T> where T : INumber<T>
{
    public static T Invoke(T a) => T.IsNegative(a) ? unchecked(-a) : a;
}

internal readonly struct Square<T> : IUnaryOperation<T> where T : INumber<T>
{
    public static T Invoke(T a) => unchecked(a * a);
}

internal readonly struct Not<T> : IUnaryOperation<T> where T : IBinaryInteger<T>
{
    public static T Invoke(T a) => ~a;
}

internal readonly struct NotBoolean : IUnaryOperation<byte>
{
    public static byte Invoke(byte a) => (byte)(a ^ 1);
}

internal readonly struct Sqrt<T> : IUnaryOperation<T> where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a) => T.Sqrt(a);
}

internal readonly struct Floor<T> : IUnaryOperation<T> where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a) => T.Floor(a);
}

internal readonly struct Ceiling<T> : IUnaryOperation<T> where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a) => T.Ceiling(a);
}

internal readonly struct Round<T> : IUnaryOperation<T> where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a) => T.Round(a, MidpointRounding.ToEven);
}

internal readonly struct Add<T> : IBinaryOperation<T> where T : INumber<T>
{
    public static T Invoke(T a, T b) => unchecked(a + b);
}

internal readonly struct Subtract<T> : IBinaryOperation<T> where T : INumber<T>
{
    public static T Invoke(T a, T b) => unchecked(a - b);
}

internal readonly struct Multiply<T> : IBinaryOperation<T> where T : INumber<T>
{
    public static T Invoke(T a, T b) => unchecked(a * b);
}

internal readonly struct Divide<T> : IBinaryOperation<T> where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a, T b) => a / b;
}

internal readonly struct Remainder<T> : IBinaryOperation<T> where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a, T b) => a % b;
}

internal readonly struct Power<T> : IBinaryOperation<T> where T : IFloatingPointIeee754<T>
{
    public static T Invoke(T a, T b) => T.Pow(a, b);
}

/// <summary>By -1 is negation, which wraps for the smallest integer where the processor's division would trap.</summary>
internal readonly struct DivideInteger<T> : IBinaryOperation<T> where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => T.IsZero(b) ? T.Zero : T.IsNegative(b) && b == -T.One ? unchecked(-a) : a / b;
}

internal readonly struct RemainderInteger<T> : IBinaryOperation<T> where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => T.IsZero(b) || (T.IsNegative(b) && b == -T.One) ? T.Zero : a % b;
}

internal readonly struct PowerInteger<T> : IBinaryOperation<T> where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b)
    {
        if (T.IsNegative(b))
            return a == T.One ? a : T.IsNegative(a) && a == -T.One ? (T.IsEvenInteger(b) ? T.One : a) : T.Zero;

        T result = T.One;
        for (; !T.IsZero(b); b >>= 1)
        {
            if (T.IsOddInteger(b))
                result = unchecked(result * a);
            a = unchecked(a * a);
        }

        return result;
    }
}

/// <summary>IEEE 754's minimum: a NaN on either side wins, and -0 is less than +0.</summary>
internal readonly struct Minimum<T> : IBinaryOperation<T> where T : INumber<T>
{
    public static T Invoke(T a, T b) => T.Min(a, b);
}

/// <summary>IEEE 754's maximum: a NaN on either side wins, and -0 is less than +0.</summary>
internal readonly struct Maximum<T> : IBinaryOperation<T> where T : INumber<T>
{
    public static T Invoke(T a, T b) => T.Max(a, b);
}

internal readonly struct And<T> : IBinaryOperation<T> where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a & b;
}

internal readonly struct Or<T> : IBinaryOperation<T> where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a | b;
}

internal readonly struct Xor<T> : IBinaryOperation<T> where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a ^ b;
}

/// <summary>The low bits of the count: 3 for bytes, 4 for 16-bit integers, 5 and 6 for the larger ones.</summary>
internal readonly struct ShiftLeft<T> : IBinaryOperation<T> where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a << Count(b);

    public static int Count(T b) => int.CreateTruncating(b) & ((T.AllBitsSet.GetByteCount() * 8) - 1);
}

/// <summary>Copies of the sign come in from the left for signed integers, zeros for unsigned ones.</summary>
internal readonly struct ShiftRight<T> : IBinaryOperation<T> where T : IBinaryInteger<T>
{
    public static T Invoke(T a, T b) => a >> ShiftLeft<T>.Count(b);
}

internal readonly struct Equal<T> : ITest<T> where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a == b;
}

internal readonly struct NotEqual<T> : ITest<T> where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a != b;
}

internal readonly struct Less<T> : ITest<T> where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a < b;
}

internal readonly struct LessOrEqual<T> : ITest<T> where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a <= b;
}

internal readonly struct Greater<T> : ITest<T> where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a > b;
}

internal readonly struct GreaterOrEqual<T> : ITest<T> where T : INumber<T>
{
    public static bool Invoke(T a, T b) => a >= b;
}
