using System.Linq.Expressions;
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
    private static readonly MethodInfo MapMethod = Method(nameof(MapLanes));
    private static readonly MethodInfo ZipMethod = Method(nameof(ZipLanes));
    private static readonly MethodInfo MapPiece128Method = Method(nameof(MapPiece), typeof(Vector128<>));
    private static readonly MethodInfo MapPiece256Method = Method(nameof(MapPiece), typeof(Vector256<>));

    /// <summary>Emits an <see cref="IUnaryOperation{T}"/>, given as its open type.</summary>
    public static Expression Map(Type operation, ElementType type, Expression a) =>
        Expression.Call(MapMethod.MakeGenericMethod(operation.MakeGenericType(type.ClrType), a.Type, type.ClrType), a);

    /// <summary>Emits an <see cref="IBinaryOperation{T}"/>, given as its open type.</summary>
    public static Expression Zip(Type operation, ElementType type, Expression a, Expression b) =>
        Expression.Call(ZipMethod.MakeGenericMethod(operation.MakeGenericType(type.ClrType), a.Type, type.ClrType), a, b);

    /// <summary>
    /// Emits an <see cref="IVectorOperation{T}"/>, given as its open type. A vector of 512 bits is halved here, in registers: passed through
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
        return Expression.Call(method.MakeGenericMethod(operation.MakeGenericType(type.ClrType), type.ClrType), a);
    }

    // Compiled once and for good: a kernel may spend all its time in here before the runtime would think of optimizing it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector MapLanes<TOperation, TVector, T>(TVector a)
        where TOperation : IUnaryOperation<T>
    {
        Unsafe.SkipInit(out TVector result);
        for (int lane = 0; lane < Unsafe.SizeOf<TVector>() / Unsafe.SizeOf<T>(); lane++)
            At<TVector, T>(ref result, lane) = TOperation.Invoke(At<TVector, T>(ref a, lane));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector ZipLanes<TOperation, TVector, T>(TVector a, TVector b)
        where TOperation : IBinaryOperation<T>
    {
        Unsafe.SkipInit(out TVector result);
        for (int lane = 0; lane < Unsafe.SizeOf<TVector>() / Unsafe.SizeOf<T>(); lane++)
            At<TVector, T>(ref result, lane) = TOperation.Invoke(At<TVector, T>(ref a, lane), At<TVector, T>(ref b, lane));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<T> MapPiece<TOperation, T>(Vector128<T> a) where TOperation : IVectorOperation<T> => TOperation.Invoke(a);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<T> MapPiece<TOperation, T>(Vector256<T> a) where TOperation : IVectorOperation<T> => TOperation.Invoke(a);

    private static MethodInfo Method(string name, Type? vector = null) =>
        typeof(LaneByLane).GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
            .Single(method => method.Name == name && (vector is null || method.ReturnType.GetGenericTypeDefinition() == vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T At<TVector, T>(ref TVector vector, int lane) => ref Unsafe.Add(ref Unsafe.As<TVector, T>(ref vector), lane);
}
