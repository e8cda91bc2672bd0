using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>
/// The operations that vectors don't have, one lane after the other, over the scalar operations that the plain kernel uses too.
/// TVector is a vector of T of any width.
/// </summary>
internal static class LaneByLane
{
    private static readonly MethodInfo MapMethod = typeof(LaneByLane).GetMethod(nameof(MapLanes), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo ZipMethod = typeof(LaneByLane).GetMethod(nameof(ZipLanes), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Emits an <see cref="IUnaryOperation{T}"/>, given as its open type.</summary>
    public static Expression Map(Type operation, ElementType type, Expression a) =>
        Expression.Call(MapMethod.MakeGenericMethod(operation.MakeGenericType(type.ClrType), a.Type, type.ClrType), a);

    /// <summary>Emits an <see cref="IBinaryOperation{T}"/>, given as its open type.</summary>
    public static Expression Zip(Type operation, ElementType type, Expression a, Expression b) =>
        Expression.Call(ZipMethod.MakeGenericMethod(operation.MakeGenericType(type.ClrType), a.Type, type.ClrType), a, b);

    private static TVector MapLanes<TOperation, TVector, T>(TVector a)
        where TOperation : IUnaryOperation<T>
    {
        Unsafe.SkipInit(out TVector result);
        for (int lane = 0; lane < Unsafe.SizeOf<TVector>() / Unsafe.SizeOf<T>(); lane++)
            At<TVector, T>(ref result, lane) = TOperation.Invoke(At<TVector, T>(ref a, lane));
        return result;
    }

    private static TVector ZipLanes<TOperation, TVector, T>(TVector a, TVector b)
        where TOperation : IBinaryOperation<T>
    {
        Unsafe.SkipInit(out TVector result);
        for (int lane = 0; lane < Unsafe.SizeOf<TVector>() / Unsafe.SizeOf<T>(); lane++)
            At<TVector, T>(ref result, lane) = TOperation.Invoke(At<TVector, T>(ref a, lane), At<TVector, T>(ref b, lane));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T At<TVector, T>(ref TVector vector, int lane) => ref Unsafe.Add(ref Unsafe.As<TVector, T>(ref vector), lane);
}
