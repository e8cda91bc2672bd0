using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Tessera.Kernels;

/// <summary>Lanes in one register of 512 bits, for AVX-512. What each member does is said in <see cref="ILanes{TSelf}"/>.</summary>
internal readonly struct Lanes512(Vector512<ulong> bits) : ILanes<Lanes512>
{
    private readonly Vector512<ulong> _bits = bits;

    /// <summary>True where this is the width to use, and where it can be used at all.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported;

    public static Lanes512 Iota
    {
        [MethodImpl(AggressiveInlining)]
        get => new(Vector512<ulong>.Indices);
    }

    private Vector512<uint> UInt32
    {
        [MethodImpl(AggressiveInlining)]
        get => _bits.AsUInt32();
    }

    private Vector512<double> Double
    {
        [MethodImpl(AggressiveInlining)]
        get => _bits.AsDouble();
    }

    private Vector512<float> Single
    {
        [MethodImpl(AggressiveInlining)]
        get => _bits.AsSingle();
    }

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 Create(ulong value) => new(Vector512.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 Create(double value) => Of(Vector512.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 CreateHalves(uint value) => Of(Vector512.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 CreateHalves(float value) => Of(Vector512.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 operator ^(Lanes512 left, Lanes512 right) => new(left._bits ^ right._bits);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 operator &(Lanes512 left, Lanes512 right) => new(left._bits & right._bits);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 operator |(Lanes512 left, Lanes512 right) => new(left._bits | right._bits);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 operator >>>(Lanes512 lanes, int count) => new(lanes._bits >>> count);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 operator <<(Lanes512 lanes, int count) => new(lanes._bits << count);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 AddUInt64(Lanes512 left, Lanes512 right) => new(left._bits + right._bits);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 SubtractUInt64(Lanes512 left, Lanes512 right) => new(left._bits - right._bits);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 AddUInt32(Lanes512 left, Lanes512 right) => Of(left.UInt32 + right.UInt32);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MinUInt32(Lanes512 left, Lanes512 right) => Of(Vector512.Min(left.UInt32, right.UInt32));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MultiplyLowHalves(Lanes512 left, Lanes512 right) => new(Avx512F.Multiply(left.UInt32, right.UInt32));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MergeHalves(Lanes512 low, Lanes512 high) => Select(Create(0xFFFFFFFF), low, high);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 Select(Lanes512 mask, Lanes512 left, Lanes512 right) =>
        new(Vector512.ConditionalSelect(mask._bits, left._bits, right._bits));

    [MethodImpl(AggressiveInlining)]
    public static bool AnyLessUInt64(Lanes512 left, Lanes512 right) => Vector512.LessThanAny(left._bits, right._bits);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 UInt64ToDouble(Lanes512 lanes) => Of(Vector512.ConvertToDouble(lanes._bits));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 UInt32ToSingle(Lanes512 lanes) => Of(Vector512.ConvertToSingle(lanes._bits.AsInt32()));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 ShiftHalvesRight(Lanes512 lanes, int count) => Of(lanes.UInt32 >>> count);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 AddDouble(Lanes512 left, Lanes512 right) => Of(left.Double + right.Double);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 SubtractDouble(Lanes512 left, Lanes512 right) => Of(left.Double - right.Double);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MultiplyDouble(Lanes512 left, Lanes512 right) => Of(left.Double * right.Double);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 DivideDouble(Lanes512 left, Lanes512 right) => Of(left.Double / right.Double);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 FusedMultiplyAddDouble(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        Of(Vector512.FusedMultiplyAdd(left.Double, right.Double, addend.Double));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 SqrtDouble(Lanes512 lanes) => Of(Vector512.Sqrt(lanes.Double));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MinDouble(Lanes512 left, Lanes512 right) => Of(Vector512.MinNative(left.Double, right.Double));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 FusedMultiplyAddSingle(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        Of(Vector512.FusedMultiplyAdd(left.Single, right.Single, addend.Single));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MinSingle(Lanes512 left, Lanes512 right) => Of(Vector512.MinNative(left.Single, right.Single));

    [MethodImpl(AggressiveInlining)]
    public static (Lanes512 First, Lanes512 Last) WidenHalves(Lanes512 lanes) =>
        (new(Vector512.WidenLower(lanes.UInt32)), new(Vector512.WidenUpper(lanes.UInt32)));

    [MethodImpl(AggressiveInlining)]
    public static void Store<T>(Lanes512 lanes, Span<T> destination)
        where T : unmanaged =>
        lanes._bits.AsByte().CopyTo(MemoryMarshal.AsBytes(destination));

    [MethodImpl(AggressiveInlining)]
    public static void StoreNarrow<T>(Lanes512 lanes, Span<T> destination)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(destination);
        if (Unsafe.SizeOf<T>() == 1)
            Avx512F.ConvertToVector128Byte(lanes.UInt32).CopyTo(bytes);
        else
            Avx512F.ConvertToVector256UInt16(lanes.UInt32).AsByte().CopyTo(bytes);
    }

    [MethodImpl(AggressiveInlining)]
    public static void StoreLowHalves<T>(Lanes512 lanes, Span<T> destination)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(destination);
        if (Unsafe.SizeOf<T>() == 1)
            Avx512F.ConvertToVector128Byte(lanes._bits).GetLower().CopyTo(bytes);
        else if (Unsafe.SizeOf<T>() == 2)
            Avx512F.ConvertToVector128UInt16(lanes._bits).AsByte().CopyTo(bytes);
        else
            Avx512F.ConvertToVector256UInt32(lanes._bits).AsByte().CopyTo(bytes);
    }

    [MethodImpl(AggressiveInlining)]
    public static void StoreAsSingle(Lanes512 lanes, Span<float> destination) =>
        Avx512F.ConvertToVector256Single(lanes.Double).CopyTo(destination);

    [MethodImpl(AggressiveInlining)]
    private static Lanes512 Of<T>(Vector512<T> vector) => new(vector.AsUInt64());
}
