using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

// What each operation means for one element: the plain kernel is made of these, and compiled kernels take from here what vectors lack.
// A type per operation, so that a loop over one of them is compiled for it; it says what it means for the kinds that it takes.

internal interface IUnaryOperation<TSelf>
    where TSelf : struct, IUnaryOperation<TSelf>
{
    static virtual byte OfBoolean(byte a) => throw new UnreachableException();

    static virtual T OfNumber<T>(T a)
        where T : INumber<T> => throw new UnreachableException();

    static virtual T OfInteger<T>(T a)
        where T : IBinaryInteger<T> => TSelf.OfNumber(a);

    static virtual T OfFloat<T>(T a)
        where T : IFloatingPointIeee754<T> => TSelf.OfNumber(a);
}

internal interface IBinaryOperation<TSelf>
    where TSelf : struct, IBinaryOperation<TSelf>
{
    static virtual byte OfBoolean(byte a, byte b) => throw new UnreachableException();

    static virtual T OfNumber<T>(T a, T b)
        where T : INumber<T> => throw new UnreachableException();

    static virtual T OfInteger<T>(T a, T b)
        where T : IBinaryInteger<T> => TSelf.OfNumber(a, b);

    static virtual T OfFloat<T>(T a, T b)
        where T : IFloatingPointIeee754<T> => TSelf.OfNumber(a, b);
}

internal interface ITernaryOperation
{
    static abstract T Invoke<T>(T a, T b, T c)
        where T : IFloatingPointIeee754<T>;
}

internal readonly struct Negate : IUnaryOperation<Negate>
{
    public static T OfNumber<T>(T a) where T : INumber<T> => unchecked(-a);
}

/// <summary>The smallest signed integer has no positive counterpart and stays what it is.</summary>
internal readonly struct Abs : IUnaryOperation<Abs>
{
    public static T OfNumber<T>(T a) where T : INumber<T> => T.IsNegative(a) ? unchecked(-a) : a;
}

internal readonly struct Square : IUnaryOperation<Square>
{
    public static T OfNumber<T>(T a) where T : INumber<T> => unchecked(a * a);
}

internal readonly struct Not : IUnaryOperation<Not>
{
    public static byte OfBoolean(byte a) => (byte)(a ^ 1);

    public static T OfInteger<T>(T a) where T : IBinaryInteger<T> => ~a;
}

internal readonly struct Sqrt : IUnaryOperation<Sqrt>
{
    public static T OfFloat<T>(T a) where T : IFloatingPointIeee754<T> => T.Sqrt(a);
}

internal readonly struct Cbrt : IUnaryOperation<Cbrt>
{
    public static T OfFloat<T>(T a) where T : IFloatingPointIeee754<T> => T.Cbrt(a);
}

internal readonly struct Floor : IUnaryOperation<Floor>
{
    public static T OfFloat<T>(T a) where T : IFloatingPointIeee754<T> => T.Floor(a);
}

internal readonly struct Ceiling : IUnaryOperation<Ceiling>
{
    public static T OfFloat<T>(T a) where T : IFloatingPointIeee754<T> => T.Ceiling(a);
}

internal readonly struct Round : IUnaryOperation<Round>
{
    public static T OfFloat<T>(T a) where T : IFloatingPointIeee754<T> => T.Round(a, MidpointRounding.ToEven);
}

internal readonly struct Add : IBinaryOperation<Add>
{
    public static byte OfBoolean(byte a, byte b) => (byte)(a | b);

    public static T OfNumber<T>(T a, T b) where T : INumber<T> => unchecked(a + b);
}

internal readonly struct Subtract : IBinaryOperation<Subtract>
{
    public static T OfNumber<T>(T a, T b) where T : INumber<T> => unchecked(a - b);
}

internal readonly struct Multiply : IBinaryOperation<Multiply>
{
    public static byte OfBoolean(byte a, byte b) => (byte)(a & b);

    public static T OfNumber<T>(T a, T b) where T : INumber<T> => unchecked(a * b);
}

/// <summary>By -1 is negation, which wraps for the smallest integer where the processor's division would trap.</summary>
internal readonly struct Divide : IBinaryOperation<Divide>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // called lane by lane
    public static T OfInteger<T>(T a, T b) where T : IBinaryInteger<T> =>
        T.IsZero(b) ? T.Zero : T.IsNegative(b) && b == -T.One ? unchecked(-a) : a / b;

    public static T OfFloat<T>(T a, T b) where T : IFloatingPointIeee754<T> => a / b;
}

internal readonly struct Remainder : IBinaryOperation<Remainder>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // as above
    public static T OfInteger<T>(T a, T b) where T : IBinaryInteger<T> =>
        T.IsZero(b) || (T.IsNegative(b) && b == -T.One) ? T.Zero : a % b;

    public static T OfFloat<T>(T a, T b) where T : IFloatingPointIeee754<T> => a % b;
}

internal readonly struct Power : IBinaryOperation<Power>
{
    public static T OfInteger<T>(T a, T b)
        where T : IBinaryInteger<T>
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

    public static T OfFloat<T>(T a, T b) where T : IFloatingPointIeee754<T> => T.Pow(a, b);
}

/// <summary>IEEE 754's minimum: a NaN on either side wins, and -0 is less than +0.</summary>
internal readonly struct Minimum : IBinaryOperation<Minimum>
{
    public static byte OfBoolean(byte a, byte b) => (byte)(a & b);

    public static T OfNumber<T>(T a, T b) where T : INumber<T> => T.Min(a, b);
}

/// <summary>IEEE 754's maximum: a NaN on either side wins, and -0 is less than +0.</summary>
internal readonly struct Maximum : IBinaryOperation<Maximum>
{
    public static byte OfBoolean(byte a, byte b) => (byte)(a | b);

    public static T OfNumber<T>(T a, T b) where T : INumber<T> => T.Max(a, b);
}

internal readonly struct CopySign : IBinaryOperation<CopySign>
{
    public static T OfFloat<T>(T a, T b) where T : IFloatingPointIeee754<T> => T.CopySign(a, b);
}

internal readonly struct And : IBinaryOperation<And>
{
    public static byte OfBoolean(byte a, byte b) => (byte)(a & b);

    public static T OfInteger<T>(T a, T b) where T : IBinaryInteger<T> => a & b;
}

internal readonly struct Or : IBinaryOperation<Or>
{
    public static byte OfBoolean(byte a, byte b) => (byte)(a | b);

    public static T OfInteger<T>(T a, T b) where T : IBinaryInteger<T> => a | b;
}

internal readonly struct Xor : IBinaryOperation<Xor>
{
    public static byte OfBoolean(byte a, byte b) => (byte)(a ^ b);

    public static T OfInteger<T>(T a, T b) where T : IBinaryInteger<T> => a ^ b;
}

/// <summary>The low bits of the count: 3 for bytes, 4 for 16-bit integers, 5 and 6 for the larger ones.</summary>
internal readonly struct ShiftLeft : IBinaryOperation<ShiftLeft>
{
    public static T OfInteger<T>(T a, T b) where T : IBinaryInteger<T> => a << Count(b);

    public static int Count<T>(T b) where T : IBinaryInteger<T> => int.CreateTruncating(b) & ((T.AllBitsSet.GetByteCount() * 8) - 1);
}

/// <summary>Copies of the sign come in from the left for signed integers, zeros for unsigned ones.</summary>
internal readonly struct ShiftRight : IBinaryOperation<ShiftRight>
{
    public static T OfInteger<T>(T a, T b) where T : IBinaryInteger<T> => a >> ShiftLeft.Count(b);
}

internal readonly struct FusedMultiplyAdd : ITernaryOperation
{
    public static T Invoke<T>(T a, T b, T c) where T : IFloatingPointIeee754<T> => T.FusedMultiplyAdd(a, b, c);
}
