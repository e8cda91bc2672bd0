using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Tessera.Kernels;

/// <summary>Lanes in two registers of 256 bits, for AVX2. What each member does is said in <see cref="ILanes{TSelf}"/>.</summary>
internal readonly struct Lanes256(Vector256<ulong> a, Vector256<ulong> b) : ILanes<Lanes256>
{
    /// <summary>The truth table of a ^ b ^ c, one bit for each of their eight values.</summary>
    private const byte XorOfThree = 0b1001_0110;

    private readonly Vector256<ulong> _a = a, _b = b;

    /// <summary>True where the machine has such registers.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    public static int Groups => 1;

    public static Lanes256 Iota
    {
        [MethodImpl(AggressiveInlining)]
        get => new(Vector256.Create(0UL, 1, 2, 3), Vector256.Create(4UL, 5, 6, 7));
    }

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 Create(ulong value) => Same(Vector256.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 Create(double value) => Same(Vector256.Create(value).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 CreateHalves(uint value) => Same(Vector256.Create(value).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 CreateHalves(float value) => Same(Vector256.Create(value).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 operator ^(Lanes256 left, Lanes256 right) =>
        new(left._a ^ right._a, left._b ^ right._b);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 Xor(Lanes256 left, Lanes256 middle, Lanes256 right) =>
        new(Xor(left._a, middle._a, right._a), Xor(left._b, middle._b, right._b));

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 operator &(Lanes256 left, Lanes256 right) =>
        new(left._a & right._a, left._b & right._b);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 operator |(Lanes256 left, Lanes256 right) =>
        new(left._a | right._a, left._b | right._b);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 operator >>>(Lanes256 lanes, int count) =>
        new(lanes._a >>> count, lanes._b >>> count);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 operator <<(Lanes256 lanes, int count) =>
        new(lanes._a << count, lanes._b << count);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 AddUInt64(Lanes256 left, Lanes256 right) =>
        new(left._a + right._a, left._b + right._b);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 SubtractUInt64(Lanes256 left, Lanes256 right) =>
        new(left._a - right._a, left._b - right._b);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 AddUInt32(Lanes256 left, Lanes256 right) =>
        new(AddUInt32(left._a, right._a), AddUInt32(left._b, right._b));

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 MinUInt32(Lanes256 left, Lanes256 right) =>
        new(MinUInt32(left._a, right._a), MinUInt32(left._b, right._b));

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 MultiplyLowHalves(Lanes256 left, Lanes256 right) =>
        new(MultiplyLowHalves(left._a, right._a), MultiplyLowHalves(left._b, right._b));

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 MergeHalves(Lanes256 low, Lanes256 high) => Select(Create(0xFFFFFFFF), low, high);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 Select(Lanes256 mask, Lanes256 left, Lanes256 right) =>
        new(Vector256.ConditionalSelect(mask._a, left._a, right._a), Vector256.ConditionalSelect(mask._b, left._b, right._b));

    [MethodImpl(AggressiveInlining)]
    public static bool AnyLessUInt32(Lanes256 left, Lanes256 right) =>
        Vector256.LessThanAny(left._a.AsUInt32(), right._a.AsUInt32()) ||
        Vector256.LessThanAny(left._b.AsUInt32(), right._b.AsUInt32());

    [MethodImpl(AggressiveInlining)]
    public static bool AnyLessUInt64(Lanes256 left, Lanes256 right) =>
        Vector256.LessThanAny(left._a, right._a) || Vector256.LessThanAny(left._b, right._b);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 UInt64ToDouble(Lanes256 lanes) =>
        new(Vector256.ConvertToDouble(lanes._a).AsUInt64(), Vector256.ConvertToDouble(lanes._b).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 UInt32ToSingle(Lanes256 lanes) =>
        new(Vector256.ConvertToSingle(lanes._a.AsInt32()).AsUInt64(), Vector256.ConvertToSingle(lanes._b.AsInt32()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 ShiftHalvesRight(Lanes256 lanes, int count) =>
        new((lanes._a.AsUInt32() >>> count).AsUInt64(), (lanes._b.AsUInt32() >>> count).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 AddDouble(Lanes256 left, Lanes256 right) =>
        new((left._a.AsDouble() + right._a.AsDouble()).AsUInt64(), (left._b.AsDouble() + right._b.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 SubtractDouble(Lanes256 left, Lanes256 right) =>
        new((left._a.AsDouble() - right._a.AsDouble()).AsUInt64(), (left._b.AsDouble() - right._b.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 MultiplyDouble(Lanes256 left, Lanes256 right) =>
        new((left._a.AsDouble() * right._a.AsDouble()).AsUInt64(), (left._b.AsDouble() * right._b.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 DivideDouble(Lanes256 left, Lanes256 right) =>
        new((left._a.AsDouble() / right._a.AsDouble()).AsUInt64(), (left._b.AsDouble() / right._b.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 FusedMultiplyAddDouble(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(
            Vector256.FusedMultiplyAdd(left._a.AsDouble(), right._a.AsDouble(), addend._a.AsDouble()).AsUInt64(),
            Vector256.FusedMultiplyAdd(left._b.AsDouble(), right._b.AsDouble(), addend._b.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 SqrtDouble(Lanes256 lanes) =>
        new(Vector256.Sqrt(lanes._a.AsDouble()).AsUInt64(), Vector256.Sqrt(lanes._b.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 MinDouble(Lanes256 left, Lanes256 right) =>
        new(
            Vector256.MinNative(left._a.AsDouble(), right._a.AsDouble()).AsUInt64(),
            Vector256.MinNative(left._b.AsDouble(), right._b.AsDouble()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 FusedMultiplyAddSingle(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(
            Vector256.FusedMultiplyAdd(left._a.AsSingle(), right._a.AsSingle(), addend._a.AsSingle()).AsUInt64(),
            Vector256.FusedMultiplyAdd(left._b.AsSingle(), right._b.AsSingle(), addend._b.AsSingle()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256 MinSingle(Lanes256 left, Lanes256 right) =>
        new(
            Vector256.MinNative(left._a.AsSingle(), right._a.AsSingle()).AsUInt64(),
            Vector256.MinNative(left._b.AsSingle(), right._b.AsSingle()).AsUInt64());

    [MethodImpl(AggressiveInlining)]
    public static (Lanes256 First, Lanes256 Last) WidenHalves(Lanes256 lanes) =>
        (Of(Vector256.Widen(lanes._a.AsUInt32())), Of(Vector256.Widen(lanes._b.AsUInt32())));

    [MethodImpl(AggressiveInlining)]
    public static void Store<T>(Lanes256 lanes, ref T destination, int apart)
        where T : unmanaged
    {
        Place(lanes._a, ref destination);
        Place(lanes._b, ref destination, 32);
    }

    [MethodImpl(AggressiveInlining)]
    public static void StoreNarrow<T>(Lanes256 lanes, ref T destination, int apart)
        where T : unmanaged
    {
        Vector256<ushort> narrow = Vector256.Narrow(lanes._a.AsUInt32(), lanes._b.AsUInt32());
        if (Unsafe.SizeOf<T>() == 1)
            Place(Vector128.Narrow(narrow.GetLower(), narrow.GetUpper()), ref destination);
        else
            Place(narrow, ref destination);
    }

    [MethodImpl(AggressiveInlining)]
    public static void StoreLowHalves<T>(Lanes256 lanes, ref T destination, int apart)
        where T : unmanaged
    {
        Vector256<uint> eight = Vector256.Narrow(lanes._a, lanes._b);
        Vector128<ushort> narrow = Vector128.Narrow(eight.GetLower(), eight.GetUpper());
        if (Unsafe.SizeOf<T>() == 1)
            Place(Vector128.Narrow(narrow, narrow).GetLower(), ref destination);
        else if (Unsafe.SizeOf<T>() == 2)
            Place(narrow, ref destination);
        else
            Place(eight, ref destination);
    }

    [MethodImpl(AggressiveInlining)]
    public static void StoreAsSingle(Lanes256 lanes, ref float destination, int apart) =>
        Place(Vector256.Narrow(lanes._a.AsDouble(), lanes._b.AsDouble()), ref destination);

    [MethodImpl(AggressiveInlining)]
    private static Lanes256 Same(Vector256<ulong> bits) => new(bits, bits);

    [MethodImpl(AggressiveInlining)]
    private static Lanes256 Of((Vector256<ulong> A, Vector256<ulong> B) bits) => new(bits.A, bits.B);

    [MethodImpl(AggressiveInlining)]
    private static Vector256<ulong> AddUInt32(Vector256<ulong> left, Vector256<ulong> right) =>
        (left.AsUInt32() + right.AsUInt32()).AsUInt64();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<ulong> MinUInt32(Vector256<ulong> left, Vector256<ulong> right) =>
        Vector256.Min(left.AsUInt32(), right.AsUInt32()).AsUInt64();

    [MethodImpl(AggressiveInlining)]
    private static Vector256<ulong> MultiplyLowHalves(Vector256<ulong> left, Vector256<ulong> right) =>
        Avx2.Multiply(left.AsUInt32(), right.AsUInt32());

    [MethodImpl(AggressiveInlining)]
    private static void Place<TVector, T>(TVector vector, ref T destination, int bytes = 0)
        where TVector : struct
        where T : unmanaged =>
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref Unsafe.As<T, byte>(ref destination), bytes), vector);

    [MethodImpl(AggressiveInlining)]
    private static Vector256<ulong> Xor(Vector256<ulong> left, Vector256<ulong> middle, Vector256<ulong> right) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(left, middle, right, XorOfThree) : left ^ middle ^ right;
}
