using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Tessera.Kernels;

/// <summary>What compiled kernels do with memory. Expression trees know no pointers, so addresses are plain integers there.</summary>
internal static unsafe class KernelMemory
{
    private const BindingFlags Own = BindingFlags.NonPublic | BindingFlags.Static;

    private static readonly MethodInfo LoadMethod = typeof(KernelMemory).GetMethod(nameof(LoadFrom), Own)!;
    private static readonly MethodInfo StoreMethod = typeof(KernelMemory).GetMethod(nameof(StoreTo), Own)!;
    private static readonly MethodInfo FetchMethod = typeof(KernelMemory).GetMethod(nameof(FetchFrom), Own)!;

    /// <summary>Bytes that come from memory at once.</summary>
    public const int LineBytes = 64;

    /// <summary>
    /// How far ahead of itself a loop fetches at least: with vectors of 512 bits, the processor's own fetching falls behind what memory gives. Nearer is
    /// too late; farther was slower when measured (docs/performance.md), for doubles, 256 bytes of which are a turn. Turns of 512 bytes, doubles
    /// beside bytes, fetch 1024 ahead, which made no difference to a deviation over bytes.
    /// </summary>
    public const int FetchedAhead = 512;

    /// <summary>Whether <see cref="Fetch(Expression)"/> does anything on this machine.</summary>
    public static bool CanFetch => Sse.IsSupported;

    /// <summary>Emits reading a <paramref name="type"/>, a vector or one element, at any address.</summary>
    public static Expression Load(Expression address, Type type) => Expression.Call(LoadMethod.MakeGenericMethod(type), address);

    /// <summary>Emits writing a value, a vector or one element, at any address.</summary>
    public static Expression Store(Expression address, Expression value) =>
        Expression.Call(StoreMethod.MakeGenericMethod(value.Type), address, value);

    /// <summary>Emits asking for the line at any address, also where there is no memory, without waiting for it.</summary>
    public static Expression Fetch(Expression address) => Expression.Call(FetchMethod, address);

    /// <summary>Asks for the line at any address, also where there is no memory, without waiting for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(byte* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchFrom(long address) => Fetch((byte*)address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LoadFrom<T>(long address) => Unsafe.ReadUnaligned<T>((void*)address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTo<T>(long address, T value) => Unsafe.WriteUnaligned((void*)address, value);
}
