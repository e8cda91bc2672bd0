using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tessera.Kernels;

// Functions of which the vector methods round otherwise than the scalar ones. An element's result must not depend on its neighbours or on
// the width of the machine's vectors, so each of these says element by element which of the two it is.

/// <summary>
/// A function of vectors of 128 and 256 bits (those of 512 bits are slower); of one element, it is the function of a vector of copies.
/// </summary>
internal interface IVectorOperation
{
    static abstract Vector128<T> Invoke<T>(Vector128<T> a)
        where T : IFloatingPointIeee754<T>;

    static abstract Vector256<T> Invoke<T>(Vector256<T> a)
        where T : IFloatingPointIeee754<T>;
}

/// <summary>
/// The exponential, by the vector method. For double, that method changes to the scalar one, with other last bits, for all lanes as soon
/// as one of them comes near overflow; here each element beyond <see cref="Limit"/> goes that way alone.
/// </summary>
internal readonly struct Exp : IUnaryOperation<Exp>, IVectorOperation
{
    /// <summary>Within this magnitude the vector method serves every lane by one path.</summary>
    private const double Limit = 700;

    public static T OfFloat<T>(T a) where T : IFloatingPointIeee754<T> => Invoke(Vector128.Create(a))[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Invoke<T>(Vector128<T> a)
        where T : IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            return Vector128.Exp(a.AsSingle()).As<float, T>();

        Vector128<double> x = a.AsDouble();
        return (Vector128.LessThanAll(Vector128.Abs(x), Vector128.Create(Limit))
            ? Vector128.Exp(x)
            : Vector128.Create(OfOne(x[0]), OfOne(x[1]))).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Invoke<T>(Vector256<T> a)
        where T : IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            return Vector256.Exp(a.AsSingle()).As<float, T>();

        Vector256<double> x = a.AsDouble();
        return (Vector256.LessThanAll(Vector256.Abs(x), Vector256.Create(Limit))
            ? Vector256.Exp(x)
            : Vector256.Create(OfOne(x[0]), OfOne(x[1]), OfOne(x[2]), OfOne(x[3]))).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double OfOne(double x) => Math.Abs(x) < Limit ? Vector128.Exp(Vector128.Create(x))[0] : Math.Exp(x);
}

/// <summary>The logarithm, by the vector method: the same for every width and whatever the neighbours.</summary>
internal readonly struct Log : IUnaryOperation<Log>, IVectorOperation
{
    public static T OfFloat<T>(T a) where T : IFloatingPointIeee754<T> => Invoke(Vector128.Create(a))[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Invoke<T>(Vector128<T> a)
        where T : IFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? Vector128.Log(a.AsSingle()).As<float, T>()
            : Vector128.Log(a.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Invoke<T>(Vector256<T> a)
        where T : IFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? Vector256.Log(a.AsSingle()).As<float, T>()
            : Vector256.Log(a.AsDouble()).As<double, T>();
}

/// <summary>The sine, by the scalar method: the vector one has two sets of last bits, and neighbours decide between them.</summary>
internal readonly struct Sin : IUnaryOperation<Sin>
{
    public static T OfFloat<T>(T a) where T : IFloatingPointIeee754<T> => T.Sin(a);
}

/// <summary>The cosine, by the scalar method, as for <see cref="Sin"/>.</summary>
internal readonly struct Cos : IUnaryOperation<Cos>
{
    public static T OfFloat<T>(T a) where T : IFloatingPointIeee754<T> => T.Cos(a);
}
