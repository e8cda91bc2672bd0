using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>What compiled kernels do with memory. Expression trees know no pointers, so addresses are plain integers there.</summary>
internal static unsafe class KernelMemory
{
    private const BindingFlags Own = BindingFlags.NonPublic | BindingFlags.Static;

    private static readonly MethodInfo LoadMethod = typeof(KernelMemory).GetMethod(nameof(LoadFrom), Own)!;
    private static readonly MethodInfo StoreMethod = typeof(KernelMemory).GetMethod(nameof(StoreTo), Own)!;

    /// <summary>Emits reading a <paramref name="type"/>, a vector or one element, at any address.</summary>
    public static Expression Load(Expression address, Type type) => Expression.Call(LoadMethod.MakeGenericMethod(type), address);

    /// <summary>Emits writing a value, a vector or one element, at any address.</summary>
    public static Expression Store(Expression address, Expression value) =>
        Expression.Call(StoreMethod.MakeGenericMethod(value.Type), address, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LoadFrom<T>(long address) => Unsafe.ReadUnaligned<T>((void*)address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTo<T>(long address, T value) => Unsafe.WriteUnaligned((void*)address, value);
}
