using System.Numerics;

namespace Tessera.Kernels;

// What each test means for one element, or two; as in ScalarOperations.

internal interface ITest<TSelf>
    where TSelf : struct, ITest<TSelf>
{
    /// <summary>Booleans are bytes 0 and 1.</summary>
    static abstract bool Invoke<T>(T a, T b)
        where T : INumber<T>;
}

/// <summary>Of one operand.</summary>
internal readonly struct IsNaN : ITest<IsNaN>
{
    public static bool Invoke<T>(T a, T b) where T : INumber<T> => T.IsNaN(a);
}

internal readonly struct Equal : ITest<Equal>
{
    public static bool Invoke<T>(T a, T b) where T : INumber<T> => a == b;
}

internal readonly struct NotEqual : ITest<NotEqual>
{
    public static bool Invoke<T>(T a, T b) where T : INumber<T> => a != b;
}

internal readonly struct Less : ITest<Less>
{
    public static bool Invoke<T>(T a, T b) where T : INumber<T> => a < b;
}

internal readonly struct LessOrEqual : ITest<LessOrEqual>
{
    public static bool Invoke<T>(T a, T b) where T : INumber<T> => a <= b;
}

internal readonly struct Greater : ITest<Greater>
{
    public static bool Invoke<T>(T a, T b) where T : INumber<T> => a > b;
}

internal readonly struct GreaterOrEqual : ITest<GreaterOrEqual>
{
    public static bool Invoke<T>(T a, T b) where T : INumber<T> => a >= b;
}
