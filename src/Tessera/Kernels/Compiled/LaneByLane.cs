using System.Linq.Expressions;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tessera.Kernels;

/// <summary>
/// The operations that vectors don't have, one lane after the other, over the scalar operations that the plain kernel uses too.
/// TVector is a vector of T of any width.
/// </summary>
internal static class LaneByLane
{
    private static readonly MethodInfo MapFloatsMethod = Method(nameof(MapFloats));
    private static readonly MethodInfo ZipFloatsMethod = Method(nameof(ZipFloats));
    private static readonly MethodInfo ZipIntegersMethod = Method(nameof(ZipIntegers));
    private static readonly MethodInfo MapPiece128Method = Method(nameof(MapPiece), typeof(Vector128<>));
    private static readonly MethodInfo MapPiece256Method = Method(nameof(MapPiece), typeof(Vector256<>));

    /// <summary>Emits an <see cref="IUnaryOperation{TSelf}"/> of floating point.</summary>
    public static Expression Map(Type operation, ElementType type, Expression a) =>
        Expression.Call(MapFloatsMethod.MakeGenericMethod(operation, a.Type, type.ClrType), a);

    /// <summary>Emits an <see cref="IBinaryOperation{TSelf}"/> of numbers.</summary>
    public static Expression Zip(Type operation, ElementType type, Expression a, Expression b)
    {
        MethodInfo method = type.IsFloatingPoint ? ZipFloatsMethod : ZipIntegersMethod;
        return Expression.Call(method.MakeGenericMethod(operation, a.Type, type.ClrType), a, b);
    }

    /// <summary>
    /// Emits an <see cref="IVectorOperation"/>. A vector of 512 bits is halved here, in registers: passed through
    /// memory, it would be written whole and read in halves, and then the other way round, for which the processor has to wait.
    /// </summary>
    public static Expression MapPieces(Type operation, ElementType type, Expression a)
    {
        if (a.Type.GetGenericTypeDefinition() == typeof(Vector512<>))
        {
            Expression lower = VectorWidth.Bits512.Call("GetLower", a), upper = VectorWidth.Bits512.Call("GetUpper", a);
            return VectorWidth.Bits512.Call("Create", MapPieces(operation, type, lower), MapPieces(operation, type, upper));
        }

        MethodInfo method = a.Type.GetGenericTypeDefinition() == typeof(Vector128<>) ? MapPiece128Method : MapPiece256Method;
        return Expression.Call(method.MakeGenericMethod(operation, type.ClrType), a);
    }

    // Compiled once and for good: a kernel may spend all its time in here before the runtime would think of optimizing it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector MapFloats<TOperation, TVector, T>(TVector a)
        where TOperation : struct, IUnaryOperation<TOperation>
        where T : IFloatingPointIeee754<T>
    {
        Unsafe.SkipInit(out TVector result);
        for (int lane = 0; lane < Unsafe.SizeOf<TVector>() / Unsafe.SizeOf<T>(); lane++)
            At<TVector, T>(ref result, lane) = TOperation.OfFloat(At<TVector, T>(ref a, lane));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector ZipFloats<TOperation, TVector, T>(TVector a, TVector b)
        where TOperation : struct, IBinaryOperation<TOperation>
        where T : IFloatingPointIeee754<T>
    {
        Unsafe.SkipInit(out TVector result);
        for (int lane = 0; lane < Unsafe.SizeOf<TVector>() / Unsafe.SizeOf<T>(); lane++)
            At<TVector, T>(ref result, lane) = TOperation.OfFloat(At<TVector, T>(ref a, lane), At<TVector, T>(ref b, lane));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector ZipIntegers<TOperation, TVector, T>(TVector a, TVector b)
        where TOperation : struct, IBinaryOperation<TOperation>
        where T : IBinaryInteger<T>
    {
        Unsafe.SkipInit(out TVector result);
        for (int lane = 0; lane < Unsafe.SizeOf<TVector>() / Unsafe.SizeOf<T>(); lane++)
            At<TVector, T>(ref result, lane) = TOperation.OfInteger(At<TVector, T>(ref a, lane), At<TVector, T>(ref b, lane));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<T> MapPiece<TOperation, T>(Vector128<T> a)
        where TOperation : struct, IVectorOperation
        where T : IFloatingPointIeee754<T> => TOperation.Invoke(a);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<T> MapPiece<TOperation, T>(Vector256<T> a)
        where TOperation : struct, IVectorOperation
        where T : IFloatingPointIeee754<T> => TOperation.Invoke(a);

    private static MethodInfo Method(string name, Type? vector = null) =>
        typeof(LaneByLane).GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
            .Single(method => method.Name == name && (vector is null || method.ReturnType.GetGenericTypeDefinition() == vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T At<TVector, T>(ref TVector vector, int lane) => ref Unsafe.Add(ref Unsafe.As<TVector, T>(ref vector), lane);
}
