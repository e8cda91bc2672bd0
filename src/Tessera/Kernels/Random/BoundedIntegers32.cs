using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>
/// Integers of a range, exactly equally often, from 32-bit draws by multiplication and rejection (Lemire, "Fast random integer generation
/// in an interval", ACM TOMACS 29, 2019). A draw w times the count of numbers n is a 64-bit product; its high half is 0 to n - 1. Of the
/// 2^32 draws, some numbers would get one more than others; the draws too many are those whose product has a low half below
/// 2^32 mod n, and an element that meets one draws again from its own word of the next attempt.
/// <code>
/// n = 6: 2^32 mod 6 = 4. w = 0xC0000000: product 0x4_80000000, the number 4. w = 0: low half 0 is below 4, so it is rejected.
/// </code>
/// </summary>
internal readonly struct BoundedIntegers32<T> : IRandomElements<T>
    where T : unmanaged, IBinaryInteger<T>
{
    private const ulong AllDraws = 1UL << 32;

    /// <summary>Where more than one draw in 256 is rejected, 64-bit draws are faster than drawing again.</summary>
    private const ulong MostRejections = AllDraws / 256;

    private readonly Philox _philox;
    private readonly ulong _low;
    private readonly uint _count, _rejected;

    public BoundedIntegers32(in Philox philox, RandomDistribution.Integers integers)
    {
        _philox = philox;
        _low = (ulong)integers.Low;
        _count = (uint)(ulong)integers.Count;
        _rejected = (uint)Rejections((ulong)integers.Count);
    }

    public static int GroupLength => DrawOrder.Words;

    /// <summary>The count is 2^32, which <see cref="_count"/> can't hold: the draw itself is the number.</summary>
    private bool IsEveryDraw => _count == 0;

    /// <summary>True where 32-bit draws are enough and seldom rejected; a choice by the range alone, so it is the same everywhere.</summary>
    public static bool Suits(RandomDistribution.Integers integers) =>
        integers.Count <= AllDraws && Rejections((ulong)integers.Count) <= MostRejections;

    public T At(ulong index)
    {
        for (uint attempt = 0; ; attempt++)
        {
            uint draw = DrawOrder.Draw32(_philox, index, attempt);
            ulong product = IsEveryDraw ? (ulong)draw << 32 : Math.BigMul(draw, _count);
            if ((uint)product >= _rejected)
                return T.CreateTruncating(_low + (product >> 32));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Groups<TLanes>(ulong group, ref T destination)
        where TLanes : struct, ILanes<TLanes>
    {
        _philox.Images(group * DrawOrder.Counters, out TLanes word0, out TLanes word1, out TLanes word2, out TLanes word3);
        if (IsEveryDraw)
        {
            Store(TLanes.MergeHalves(word0, word1 << 32), ref destination);
            Store(TLanes.MergeHalves(word2, word3 << 32), ref Unsafe.Add(ref destination, DrawOrder.Pairs));
            return;
        }

        TLanes count = TLanes.Create(_count);
        TLanes product0 = TLanes.MultiplyLowHalves(word0, count), product1 = TLanes.MultiplyLowHalves(word1, count);
        TLanes product2 = TLanes.MultiplyLowHalves(word2, count), product3 = TLanes.MultiplyLowHalves(word3, count);
        Store(TLanes.MergeHalves(product0 >>> 32, product1), ref destination);
        Store(TLanes.MergeHalves(product2 >>> 32, product3), ref Unsafe.Add(ref destination, DrawOrder.Pairs));
        if (_rejected == 0)
            return;

        TLanes least = TLanes.MinUInt32(TLanes.MinUInt32(product0, product1), TLanes.MinUInt32(product2, product3));
        if (TLanes.AnyLessUInt32(least, TLanes.Create((ulong)_rejected)))
            Repair(group, TLanes.MergeHalves(product0, product1 << 32), TLanes.MergeHalves(product2, product3 << 32), ref destination);
    }

    /// <summary>How many of the 2^32 draws are too many.</summary>
    private static ulong Rejections(ulong count) => AllDraws % count;

    /// <summary>Adds the least number to sixteen numbers and writes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TLanes>(TLanes numbers, ref T destination)
        where TLanes : struct, ILanes<TLanes>
    {
        if (Unsafe.SizeOf<T>() == sizeof(ulong))
        {
            (TLanes first, TLanes last) = TLanes.WidenHalves(numbers);
            TLanes.Store(TLanes.AddUInt64(first, TLanes.Create(_low)), ref destination, GroupLength);
            TLanes.Store(TLanes.AddUInt64(last, TLanes.Create(_low)), ref Unsafe.Add(ref destination, DrawOrder.Counters), GroupLength);
        }
        else if (Unsafe.SizeOf<T>() == sizeof(uint))
        {
            TLanes.Store(TLanes.AddUInt32(numbers, TLanes.CreateHalves((uint)_low)), ref destination, GroupLength);
        }
        else
        {
            TLanes.StoreNarrow(TLanes.AddUInt32(numbers, TLanes.CreateHalves((uint)_low)), ref destination, GroupLength);
        }
    }

    /// <summary>Draws the rejected elements again; the remainders are the products' low halves, in the order of the elements.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Repair<TLanes>(ulong group, TLanes firstRemainders, TLanes lastRemainders, ref T destination)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<uint> remainders = stackalloc uint[GroupLength * TLanes.Groups];
        TLanes.Store(firstRemainders, ref remainders[0], GroupLength);
        TLanes.Store(lastRemainders, ref remainders[DrawOrder.Pairs], GroupLength);
        for (int i = 0; i < remainders.Length; i++)
        {
            if (remainders[i] < _rejected)
                Unsafe.Add(ref destination, i) = At((group * (ulong)GroupLength) + (ulong)i);
        }
    }
}
