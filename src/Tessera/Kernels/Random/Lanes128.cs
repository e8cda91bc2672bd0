using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Tessera.Kernels;

/// <summary>Lanes in four registers of 128 bits, for SSE and for ARM's AdvSimd. What each member does is said in <see cref="ILanes{TSelf}"/>.</summary>
internal readonly struct Lanes128(Vector128<ulong> a, Vector128<ulong> b, Vector128<ulong> c, Vector128<ulong> d)
    : ILanes<Lanes128>
{
    private readonly Vector128<ulong> _a = a, _b = b, _c = c, _d = d;

    /// <summary>True where the machine has such registers.</summary>
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    public static int Groups => 1;

    public static Lanes128 Iota
    {
        [MethodImpl(AggressiveInlining)]
        get => new(Vector128.Create(0UL, 1), Vector128.Create(2UL, 3), Vector128.Create(4UL, 5), Vector128.Create(6UL, 7));
    }

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 Create(ulong value) => Same(Vector128.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 Create(double value) => Same(Vector128.Create(value).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 CreateHalves(uint value) => Same(Vector128.Create(value).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 CreateHalves(float value) => Same(Vector128.Create(value).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 operator ^(Lanes128 left, Lanes128 right) =>
        new(left._a ^ right._a, left._b ^ right._b, left._c ^ right._c, left._d ^ right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 Xor(Lanes128 left, Lanes128 middle, Lanes128 right) => left ^ middle ^ right;

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 operator &(Lanes128 left, Lanes128 right) =>
        new(left._a & right._a, left._b & right._b, left._c & right._c, left._d & right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 operator |(Lanes128 left, Lanes128 right) =>
        new(left._a | right._a, left._b | right._b, left._c | right._c, left._d | right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 operator >>>(Lanes128 lanes, int count) =>
        new(lanes._a >>> count, lanes._b >>> count, lanes._c >>> count, lanes._d >>> count);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 operator <<(Lanes128 lanes, int count) =>
        new(lanes._a << count, lanes._b << count, lanes._c << count, lanes._d << count);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 AddUInt64(Lanes128 left, Lanes128 right) =>
        new(left._a + right._a, left._b + right._b, left._c + right._c, left._d + right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 SubtractUInt64(Lanes128 left, Lanes128 right) =>
        new(left._a - right._a, left._b - right._b, left._c - right._c, left._d - right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 AddUInt32(Lanes128 left, Lanes128 right) =>
        new(AddUInt32(left._a, right._a), AddUInt32(left._b, right._b), AddUInt32(left._c, right._c), AddUInt32(left._d, right._d));

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 MinUInt32(Lanes128 left, Lanes128 right) =>
        new(MinUInt32(left._a, right._a), MinUInt32(left._b, right._b), MinUInt32(left._c, right._c), MinUInt32(left._d, right._d));

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 MultiplyLowHalves(Lanes128 left, Lanes128 right) =>
        new(
            MultiplyLowHalves(left._a, right._a),
            MultiplyLowHalves(left._b, right._b),
            MultiplyLowHalves(left._c, right._c),
            MultiplyLowHalves(left._d, right._d));

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 MergeHalves(Lanes128 low, Lanes128 high) => Select(Create(0xFFFFFFFF), low, high);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 Select(Lanes128 mask, Lanes128 left, Lanes128 right) =>
        new(
            Vector128.ConditionalSelect(mask._a, left._a, right._a),
            Vector128.ConditionalSelect(mask._b, left._b, right._b),
            Vector128.ConditionalSelect(mask._c, left._c, right._c),
            Vector128.ConditionalSelect(mask._d, left._d, right._d));

    [MethodImpl(AggressiveInlining)]
    public static bool AnyLessUInt32(Lanes128 left, Lanes128 right) =>
        Vector128.LessThanAny(left._a.AsUInt32(), right._a.AsUInt32()) ||
        Vector128.LessThanAny(left._b.AsUInt32(), right._b.AsUInt32()) ||
        Vector128.LessThanAny(left._c.AsUInt32(), right._c.AsUInt32()) ||
        Vector128.LessThanAny(left._d.AsUInt32(), right._d.AsUInt32());

    [MethodImpl(AggressiveInlining)]
    public static bool AnyLessUInt64(Lanes128 left, Lanes128 right) =>
        Vector128.LessThanAny(left._a, right._a) ||
        Vector128.LessThanAny(left._b, right._b) ||
        Vector128.LessThanAny(left._c, right._c) ||
        Vector128.LessThanAny(left._d, right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 UInt64ToDouble(Lanes128 lanes) =>
        new(
            Vector128.ConvertToDouble(lanes._a).AsUInt64(),
            Vector128.ConvertToDouble(lanes._b).AsUInt64(),
            Vector128.ConvertToDouble(lanes._c).AsUInt64(),
            Vector128.ConvertToDouble(lanes._d).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 UInt32ToSingle(Lanes128 lanes) =>
        new(
            Vector128.ConvertToSingle(lanes._a.AsInt32()).AsUInt64(),
            Vector128.ConvertToSingle(lanes._b.AsInt32()).AsUInt64(),
            Vector128.ConvertToSingle(lanes._c.AsInt32()).AsUInt64(),
            Vector128.ConvertToSingle(lanes._d.AsInt32()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 ShiftHalvesRight(Lanes128 lanes, int count) =>
        new(
            (lanes._a.AsUInt32() >>> count).AsUInt64(),
            (lanes._b.AsUInt32() >>> count).AsUInt64(),
            (lanes._c.AsUInt32() >>> count).AsUInt64(),
            (lanes._d.AsUInt32() >>> count).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 AddDouble(Lanes128 left, Lanes128 right) =>
        new(
            (left._a.AsDouble() + right._a.AsDouble()).AsUInt64(),
            (left._b.AsDouble() + right._b.AsDouble()).AsUInt64(),
            (left._c.AsDouble() + right._c.AsDouble()).AsUInt64(),
            (left._d.AsDouble() + right._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 SubtractDouble(Lanes128 left, Lanes128 right) =>
        new(
            (left._a.AsDouble() - right._a.AsDouble()).AsUInt64(),
            (left._b.AsDouble() - right._b.AsDouble()).AsUInt64(),
            (left._c.AsDouble() - right._c.AsDouble()).AsUInt64(),
            (left._d.AsDouble() - right._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 MultiplyDouble(Lanes128 left, Lanes128 right) =>
        new(
            (left._a.AsDouble() * right._a.AsDouble()).AsUInt64(),
            (left._b.AsDouble() * right._b.AsDouble()).AsUInt64(),
            (left._c.AsDouble() * right._c.AsDouble()).AsUInt64(),
            (left._d.AsDouble() * right._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 DivideDouble(Lanes128 left, Lanes128 right) =>
        new(
            (left._a.AsDouble() / right._a.AsDouble()).AsUInt64(),
            (left._b.AsDouble() / right._b.AsDouble()).AsUInt64(),
            (left._c.AsDouble() / right._c.AsDouble()).AsUInt64(),
            (left._d.AsDouble() / right._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 FusedMultiplyAddDouble(Lanes128 left, Lanes128 right, Lanes128 addend) =>
        new(
            Vector128.FusedMultiplyAdd(left._a.AsDouble(), right._a.AsDouble(), addend._a.AsDouble()).AsUInt64(),
            Vector128.FusedMultiplyAdd(left._b.AsDouble(), right._b.AsDouble(), addend._b.AsDouble()).AsUInt64(),
            Vector128.FusedMultiplyAdd(left._c.AsDouble(), right._c.AsDouble(), addend._c.AsDouble()).AsUInt64(),
            Vector128.FusedMultiplyAdd(left._d.AsDouble(), right._d.AsDouble(), addend._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 SqrtDouble(Lanes128 lanes) =>
        new(
            Vector128.Sqrt(lanes._a.AsDouble()).AsUInt64(),
            Vector128.Sqrt(lanes._b.AsDouble()).AsUInt64(),
            Vector128.Sqrt(lanes._c.AsDouble()).AsUInt64(),
            Vector128.Sqrt(lanes._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 MinDouble(Lanes128 left, Lanes128 right) =>
        new(
            Vector128.MinNative(left._a.AsDouble(), right._a.AsDouble()).AsUInt64(),
            Vector128.MinNative(left._b.AsDouble(), right._b.AsDouble()).AsUInt64(),
            Vector128.MinNative(left._c.AsDouble(), right._c.AsDouble()).AsUInt64(),
            Vector128.MinNative(left._d.AsDouble(), right._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 FusedMultiplyAddSingle(Lanes128 left, Lanes128 right, Lanes128 addend) =>
        new(
            Vector128.FusedMultiplyAdd(left._a.AsSingle(), right._a.AsSingle(), addend._a.AsSingle()).AsUInt64(),
            Vector128.FusedMultiplyAdd(left._b.AsSingle(), right._b.AsSingle(), addend._b.AsSingle()).AsUInt64(),
            Vector128.FusedMultiplyAdd(left._c.AsSingle(), right._c.AsSingle(), addend._c.AsSingle()).AsUInt64(),
            Vector128.FusedMultiplyAdd(left._d.AsSingle(), right._d.AsSingle(), addend._d.AsSingle()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128 MinSingle(Lanes128 left, Lanes128 right) =>
        new(
            Vector128.MinNative(left._a.AsSingle(), right._a.AsSingle()).AsUInt64(),
            Vector128.MinNative(left._b.AsSingle(), right._b.AsSingle()).AsUInt64(),
            Vector128.MinNative(left._c.AsSingle(), right._c.AsSingle()).AsUInt64(),
            Vector128.MinNative(left._d.AsSingle(), right._d.AsSingle()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static (Lanes128 First, Lanes128 Last) WidenHalves(Lanes128 lanes) =>
        (Of(Vector128.Widen(lanes._a.AsUInt32()), Vector128.Widen(lanes._b.AsUInt32())),
         Of(Vector128.Widen(lanes._c.AsUInt32()), Vector128.Widen(lanes._d.AsUInt32())));

    [MethodImpl(AggressiveInlining)]
    public static void Store<T>(Lanes128 lanes, ref T destination, int apart)
        where T : unmanaged
    {
        Place(lanes._a, ref destination);
        Place(lanes._b, ref destination, 16);
        Place(lanes._c, ref destination, 32);
        Place(lanes._d, ref destination, 48);
    }

    [MethodImpl(AggressiveInlining)]
    public static void StoreNarrow<T>(Lanes128 lanes, ref T destination, int apart)
        where T : unmanaged
    {
        Vector128<ushort> first = Vector128.Narrow(lanes._a.AsUInt32(), lanes._b.AsUInt32());
        Vector128<ushort> last = Vector128.Narrow(lanes._c.AsUInt32(), lanes._d.AsUInt32());
        if (Unsafe.SizeOf<T>() == 1)
        {
            Place(Vector128.Narrow(first, last), ref destination);
        }
        else
        {
            Place(first, ref destination);
            Place(last, ref destination, 16);
        }
    }

    [MethodImpl(AggressiveInlining)]
    public static void StoreLowHalves<T>(Lanes128 lanes, ref T destination, int apart)
        where T : unmanaged
    {
        Vector128<uint> first = Vector128.Narrow(lanes._a, lanes._b), last = Vector128.Narrow(lanes._c, lanes._d);
        Vector128<ushort> narrow = Vector128.Narrow(first, last);
        if (Unsafe.SizeOf<T>() == 1)
        {
            Place(Vector128.Narrow(narrow, narrow).GetLower(), ref destination);
        }
        else if (Unsafe.SizeOf<T>() == 2)
        {
            Place(narrow, ref destination);
        }
        else
        {
            Place(first, ref destination);
            Place(last, ref destination, 16);
        }
    }

    [MethodImpl(AggressiveInlining)]
    public static void StoreAsSingle(Lanes128 lanes, ref float destination, int apart)
    {
        Place(Vector128.Narrow(lanes._a.AsDouble(), lanes._b.AsDouble()), ref destination);
        Place(Vector128.Narrow(lanes._c.AsDouble(), lanes._d.AsDouble()), ref destination, 16);
    }

    [MethodImpl(AggressiveInlining)]
    private static Lanes128 Same(Vector128<ulong> bits) => new(bits, bits, bits, bits);

    [MethodImpl(AggressiveInlining)]
    private static Lanes128 Of((Vector128<ulong> A, Vector128<ulong> B) first, (Vector128<ulong> A, Vector128<ulong> B) last) =>
        new(first.A, first.B, last.A, last.B);

    [MethodImpl(AggressiveInlining)]
    private static Vector128<ulong> AddUInt32(Vector128<ulong> left, Vector128<ulong> right) =>
        (left.AsUInt32() + right.AsUInt32()).AsUInt64();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<ulong> MinUInt32(Vector128<ulong> left, Vector128<ulong> right) =>
        Vector128.Min(left.AsUInt32(), right.AsUInt32()).AsUInt64();

    [MethodImpl(AggressiveInlining)]
    private static Vector128<ulong> MultiplyLowHalves(Vector128<ulong> left, Vector128<ulong> right)
    {
        if (Sse2.IsSupported)
            return Sse2.Multiply(left.AsUInt32(), right.AsUInt32());
        if (AdvSimd.IsSupported)
            return AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(left), AdvSimd.ExtractNarrowingLower(right));

        Vector128<ulong> low = Vector128.Create((ulong)uint.MaxValue);
        return (left & low) * (right & low);
    }

    [MethodImpl(AggressiveInlining)]
    private static void Place<TVector, T>(TVector vector, ref T destination, int bytes = 0)
        where TVector : struct
        where T : unmanaged =>
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref Unsafe.As<T, byte>(ref destination), bytes), vector);
}
