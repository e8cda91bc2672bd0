using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Tessera.Kernels;

/// <summary>
/// Lanes of four groups, a register of 512 bits each, for AVX-512. The steps from a counter to its random bits wait for one another, some
/// five cycles each time; the steps of three more groups fill the wait. What each member does is said in <see cref="ILanes{TSelf}"/>.
/// </summary>
internal readonly struct Lanes512(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c, Vector512<ulong> d)
    : ILanes<Lanes512>
{
    /// <summary>The truth table of a ^ b ^ c, one bit for each of their eight values.</summary>
    private const byte XorOfThree = 0b1001_0110;

    private readonly Vector512<ulong> _a = a, _b = b, _c = c, _d = d;

    /// <summary>True where this is the width to use, and where it can be used at all.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported;

    public static int Groups => 4;

    public static Lanes512 Iota
    {
        [MethodImpl(AggressiveInlining)]
        get => new(From(0), From(8), From(16), From(24));
    }

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 Create(ulong value) => Same(Vector512.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 Create(double value) => Same(Vector512.Create(value).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 CreateHalves(uint value) => Same(Vector512.Create(value).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 CreateHalves(float value) => Same(Vector512.Create(value).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 operator ^(Lanes512 left, Lanes512 right) =>
        new(left._a ^ right._a, left._b ^ right._b, left._c ^ right._c, left._d ^ right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 Xor(Lanes512 left, Lanes512 middle, Lanes512 right) =>
        new(Xor(left._a, middle._a, right._a), Xor(left._b, middle._b, right._b), Xor(left._c, middle._c, right._c), Xor(left._d, middle._d, right._d));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 operator &(Lanes512 left, Lanes512 right) =>
        new(left._a & right._a, left._b & right._b, left._c & right._c, left._d & right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 operator |(Lanes512 left, Lanes512 right) =>
        new(left._a | right._a, left._b | right._b, left._c | right._c, left._d | right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 operator >>>(Lanes512 lanes, int count) =>
        new(lanes._a >>> count, lanes._b >>> count, lanes._c >>> count, lanes._d >>> count);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 operator <<(Lanes512 lanes, int count) =>
        new(lanes._a << count, lanes._b << count, lanes._c << count, lanes._d << count);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 AddUInt64(Lanes512 left, Lanes512 right) =>
        new(left._a + right._a, left._b + right._b, left._c + right._c, left._d + right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 SubtractUInt64(Lanes512 left, Lanes512 right) =>
        new(left._a - right._a, left._b - right._b, left._c - right._c, left._d - right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 AddUInt32(Lanes512 left, Lanes512 right) =>
        new(AddUInt32(left._a, right._a), AddUInt32(left._b, right._b), AddUInt32(left._c, right._c), AddUInt32(left._d, right._d));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MinUInt32(Lanes512 left, Lanes512 right) =>
        new(MinUInt32(left._a, right._a), MinUInt32(left._b, right._b), MinUInt32(left._c, right._c), MinUInt32(left._d, right._d));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MultiplyLowHalves(Lanes512 left, Lanes512 right) =>
        new(
            MultiplyLowHalves(left._a, right._a),
            MultiplyLowHalves(left._b, right._b),
            MultiplyLowHalves(left._c, right._c),
            MultiplyLowHalves(left._d, right._d));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MergeHalves(Lanes512 low, Lanes512 high) => Select(Create(0xFFFFFFFF), low, high);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 Select(Lanes512 mask, Lanes512 left, Lanes512 right) =>
        new(
            Vector512.ConditionalSelect(mask._a, left._a, right._a),
            Vector512.ConditionalSelect(mask._b, left._b, right._b),
            Vector512.ConditionalSelect(mask._c, left._c, right._c),
            Vector512.ConditionalSelect(mask._d, left._d, right._d));

    [MethodImpl(AggressiveInlining)]
    public static bool AnyLessUInt32(Lanes512 left, Lanes512 right) =>
        Vector512.LessThanAny(left._a.AsUInt32(), right._a.AsUInt32()) ||
        Vector512.LessThanAny(left._b.AsUInt32(), right._b.AsUInt32()) ||
        Vector512.LessThanAny(left._c.AsUInt32(), right._c.AsUInt32()) ||
        Vector512.LessThanAny(left._d.AsUInt32(), right._d.AsUInt32());

    [MethodImpl(AggressiveInlining)]
    public static bool AnyLessUInt64(Lanes512 left, Lanes512 right) =>
        Vector512.LessThanAny(left._a, right._a) ||
        Vector512.LessThanAny(left._b, right._b) ||
        Vector512.LessThanAny(left._c, right._c) ||
        Vector512.LessThanAny(left._d, right._d);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 UInt64ToDouble(Lanes512 lanes) =>
        new(
            Vector512.ConvertToDouble(lanes._a).AsUInt64(),
            Vector512.ConvertToDouble(lanes._b).AsUInt64(),
            Vector512.ConvertToDouble(lanes._c).AsUInt64(),
            Vector512.ConvertToDouble(lanes._d).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 UInt32ToSingle(Lanes512 lanes) =>
        new(
            Vector512.ConvertToSingle(lanes._a.AsInt32()).AsUInt64(),
            Vector512.ConvertToSingle(lanes._b.AsInt32()).AsUInt64(),
            Vector512.ConvertToSingle(lanes._c.AsInt32()).AsUInt64(),
            Vector512.ConvertToSingle(lanes._d.AsInt32()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 ShiftHalvesRight(Lanes512 lanes, int count) =>
        new(
            (lanes._a.AsUInt32() >>> count).AsUInt64(),
            (lanes._b.AsUInt32() >>> count).AsUInt64(),
            (lanes._c.AsUInt32() >>> count).AsUInt64(),
            (lanes._d.AsUInt32() >>> count).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 AddDouble(Lanes512 left, Lanes512 right) =>
        new(
            (left._a.AsDouble() + right._a.AsDouble()).AsUInt64(),
            (left._b.AsDouble() + right._b.AsDouble()).AsUInt64(),
            (left._c.AsDouble() + right._c.AsDouble()).AsUInt64(),
            (left._d.AsDouble() + right._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 SubtractDouble(Lanes512 left, Lanes512 right) =>
        new(
            (left._a.AsDouble() - right._a.AsDouble()).AsUInt64(),
            (left._b.AsDouble() - right._b.AsDouble()).AsUInt64(),
            (left._c.AsDouble() - right._c.AsDouble()).AsUInt64(),
            (left._d.AsDouble() - right._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MultiplyDouble(Lanes512 left, Lanes512 right) =>
        new(
            (left._a.AsDouble() * right._a.AsDouble()).AsUInt64(),
            (left._b.AsDouble() * right._b.AsDouble()).AsUInt64(),
            (left._c.AsDouble() * right._c.AsDouble()).AsUInt64(),
            (left._d.AsDouble() * right._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 DivideDouble(Lanes512 left, Lanes512 right) =>
        new(
            (left._a.AsDouble() / right._a.AsDouble()).AsUInt64(),
            (left._b.AsDouble() / right._b.AsDouble()).AsUInt64(),
            (left._c.AsDouble() / right._c.AsDouble()).AsUInt64(),
            (left._d.AsDouble() / right._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 FusedMultiplyAddDouble(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(
            Vector512.FusedMultiplyAdd(left._a.AsDouble(), right._a.AsDouble(), addend._a.AsDouble()).AsUInt64(),
            Vector512.FusedMultiplyAdd(left._b.AsDouble(), right._b.AsDouble(), addend._b.AsDouble()).AsUInt64(),
            Vector512.FusedMultiplyAdd(left._c.AsDouble(), right._c.AsDouble(), addend._c.AsDouble()).AsUInt64(),
            Vector512.FusedMultiplyAdd(left._d.AsDouble(), right._d.AsDouble(), addend._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 SqrtDouble(Lanes512 lanes) =>
        new(
            Vector512.Sqrt(lanes._a.AsDouble()).AsUInt64(),
            Vector512.Sqrt(lanes._b.AsDouble()).AsUInt64(),
            Vector512.Sqrt(lanes._c.AsDouble()).AsUInt64(),
            Vector512.Sqrt(lanes._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MinDouble(Lanes512 left, Lanes512 right) =>
        new(
            Vector512.MinNative(left._a.AsDouble(), right._a.AsDouble()).AsUInt64(),
            Vector512.MinNative(left._b.AsDouble(), right._b.AsDouble()).AsUInt64(),
            Vector512.MinNative(left._c.AsDouble(), right._c.AsDouble()).AsUInt64(),
            Vector512.MinNative(left._d.AsDouble(), right._d.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 FusedMultiplyAddSingle(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(
            Vector512.FusedMultiplyAdd(left._a.AsSingle(), right._a.AsSingle(), addend._a.AsSingle()).AsUInt64(),
            Vector512.FusedMultiplyAdd(left._b.AsSingle(), right._b.AsSingle(), addend._b.AsSingle()).AsUInt64(),
            Vector512.FusedMultiplyAdd(left._c.AsSingle(), right._c.AsSingle(), addend._c.AsSingle()).AsUInt64(),
            Vector512.FusedMultiplyAdd(left._d.AsSingle(), right._d.AsSingle(), addend._d.AsSingle()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512 MinSingle(Lanes512 left, Lanes512 right) =>
        new(
            Vector512.MinNative(left._a.AsSingle(), right._a.AsSingle()).AsUInt64(),
            Vector512.MinNative(left._b.AsSingle(), right._b.AsSingle()).AsUInt64(),
            Vector512.MinNative(left._c.AsSingle(), right._c.AsSingle()).AsUInt64(),
            Vector512.MinNative(left._d.AsSingle(), right._d.AsSingle()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static (Lanes512 First, Lanes512 Last) WidenHalves(Lanes512 lanes)
    {
        Vector512<uint> a = lanes._a.AsUInt32(), b = lanes._b.AsUInt32(), c = lanes._c.AsUInt32(), d = lanes._d.AsUInt32();
        return (
            new(Vector512.WidenLower(a), Vector512.WidenLower(b), Vector512.WidenLower(c), Vector512.WidenLower(d)),
            new(Vector512.WidenUpper(a), Vector512.WidenUpper(b), Vector512.WidenUpper(c), Vector512.WidenUpper(d)));
    }

    [MethodImpl(AggressiveInlining)]
    public static void Store<T>(Lanes512 lanes, ref T destination, int apart)
        where T : unmanaged
    {
        Place(lanes._a, ref destination);
        Place(lanes._b, ref Unsafe.Add(ref destination, apart));
        Place(lanes._c, ref Unsafe.Add(ref destination, 2 * apart));
        Place(lanes._d, ref Unsafe.Add(ref destination, 3 * apart));
    }

    [MethodImpl(AggressiveInlining)]
    public static void StoreNarrow<T>(Lanes512 lanes, ref T destination, int apart)
        where T : unmanaged
    {
        StoreNarrow(lanes._a.AsUInt32(), ref destination);
        StoreNarrow(lanes._b.AsUInt32(), ref Unsafe.Add(ref destination, apart));
        StoreNarrow(lanes._c.AsUInt32(), ref Unsafe.Add(ref destination, 2 * apart));
        StoreNarrow(lanes._d.AsUInt32(), ref Unsafe.Add(ref destination, 3 * apart));
    }

    [MethodImpl(AggressiveInlining)]
    public static void StoreLowHalves<T>(Lanes512 lanes, ref T destination, int apart)
        where T : unmanaged
    {
        StoreLowHalves(lanes._a, ref destination);
        StoreLowHalves(lanes._b, ref Unsafe.Add(ref destination, apart));
        StoreLowHalves(lanes._c, ref Unsafe.Add(ref destination, 2 * apart));
        StoreLowHalves(lanes._d, ref Unsafe.Add(ref destination, 3 * apart));
    }

    [MethodImpl(AggressiveInlining)]
    public static void StoreAsSingle(Lanes512 lanes, ref float destination, int apart)
    {
        Place(Avx512F.ConvertToVector256Single(lanes._a.AsDouble()), ref destination);
        Place(Avx512F.ConvertToVector256Single(lanes._b.AsDouble()), ref Unsafe.Add(ref destination, apart));
        Place(Avx512F.ConvertToVector256Single(lanes._c.AsDouble()), ref Unsafe.Add(ref destination, 2 * apart));
        Place(Avx512F.ConvertToVector256Single(lanes._d.AsDouble()), ref Unsafe.Add(ref destination, 3 * apart));
    }

    [MethodImpl(AggressiveInlining)]
    private static void StoreNarrow<T>(Vector512<uint> halves, ref T destination)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == 1)
            Place(Avx512F.ConvertToVector128Byte(halves), ref destination);
        else
            Place(Avx512F.ConvertToVector256UInt16(halves), ref destination);
    }

    [MethodImpl(AggressiveInlining)]
    private static void StoreLowHalves<T>(Vector512<ulong> lanes, ref T destination)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == 1)
            Place(Avx512F.ConvertToVector128Byte(lanes).GetLower(), ref destination);
        else if (Unsafe.SizeOf<T>() == 2)
            Place(Avx512F.ConvertToVector128UInt16(lanes), ref destination);
        else
            Place(Avx512F.ConvertToVector256UInt32(lanes), ref destination);
    }

    [MethodImpl(AggressiveInlining)]
    private static void Place<TVector, T>(TVector vector, ref T destination)
        where TVector : struct
        where T : unmanaged =>
        Unsafe.WriteUnaligned(ref Unsafe.As<T, byte>(ref destination), vector);

    [MethodImpl(AggressiveInlining)]
    private static Vector512<ulong> From(ulong first) => Vector512<ulong>.Indices + Vector512.Create(first);

    [MethodImpl(AggressiveInlining)]
    private static Lanes512 Same(Vector512<ulong> bits) => new(bits, bits, bits, bits);

    [MethodImpl(AggressiveInlining)]
    private static Vector512<ulong> AddUInt32(Vector512<ulong> left, Vector512<ulong> right) =>
        (left.AsUInt32() + right.AsUInt32()).AsUInt64();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<ulong> MinUInt32(Vector512<ulong> left, Vector512<ulong> right) =>
        Vector512.Min(left.AsUInt32(), right.AsUInt32()).AsUInt64();

    [MethodImpl(AggressiveInlining)]
    private static Vector512<ulong> MultiplyLowHalves(Vector512<ulong> left, Vector512<ulong> right) =>
        Avx512F.Multiply(left.AsUInt32(), right.AsUInt32());

    [MethodImpl(AggressiveInlining)]
    private static Vector512<ulong> Xor(Vector512<ulong> left, Vector512<ulong> middle, Vector512<ulong> right) =>
        Avx512F.TernaryLogic(left, middle, right, XorOfThree);
}
