using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>
/// As <see cref="BoundedIntegers32{T}"/>, from 64-bit draws: the high half of the 128-bit product of draw and count is the number, and
/// the draw is rejected where the low half is below 2^64 mod count.
/// </summary>
internal readonly struct BoundedIntegers64<T> : IRandomElements<T>
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly Philox _philox;
    private readonly ulong _low, _count, _rejected;

    public BoundedIntegers64(in Philox philox, RandomDistribution.Integers integers)
    {
        _philox = philox;
        _low = (ulong)integers.Low;
        _count = (ulong)integers.Count;
        _rejected = IsEveryDraw ? 0 : (0 - _count) % _count; // 2^64 - count and 2^64 leave the same remainder
    }

    public static int GroupLength => DrawOrder.Pairs;

    /// <summary>The count is 2^64, which <see cref="_count"/> can't hold: the draw itself is the number.</summary>
    private bool IsEveryDraw => _count == 0;

    public T At(ulong index)
    {
        for (uint attempt = 0; ; attempt++)
        {
            ulong draw = DrawOrder.Draw64(_philox, index, attempt);
            if (IsEveryDraw)
                return T.CreateTruncating(_low + draw);

            ulong number = Math.BigMul(draw, _count, out ulong remainder);
            if (remainder >= _rejected)
                return T.CreateTruncating(_low + number);
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
            Store(TLanes.MergeHalves(word2, word3 << 32), ref Unsafe.Add(ref destination, DrawOrder.Counters));
            return;
        }

        Store(Multiply(word0, word1, out TLanes remainder0), ref destination);
        Store(Multiply(word2, word3, out TLanes remainder1), ref Unsafe.Add(ref destination, DrawOrder.Counters));
        TLanes rejected = TLanes.Create(_rejected);
        if (TLanes.AnyLessUInt64(remainder0, rejected) || TLanes.AnyLessUInt64(remainder1, rejected))
            Repair(group, remainder0, remainder1, ref destination);
    }

    /// <summary>The high and the low halves of draw × count, by parts of 32 bits as on paper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Multiply<TLanes>(TLanes drawLow, TLanes drawHigh, out TLanes remainders)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes countLow = TLanes.Create(_count), countHigh = TLanes.Create(_count >> 32);
        TLanes low = TLanes.MultiplyLowHalves(drawLow, countLow);
        TLanes middle = TLanes.AddUInt64(TLanes.MultiplyLowHalves(drawHigh, countLow), low >>> 32);
        TLanes cross = TLanes.AddUInt64(TLanes.MultiplyLowHalves(drawLow, countHigh), middle & TLanes.Create(uint.MaxValue));
        remainders = TLanes.MergeHalves(low, cross << 32);
        TLanes high = TLanes.MultiplyLowHalves(drawHigh, countHigh);
        return TLanes.AddUInt64(high, TLanes.AddUInt64(middle >>> 32, cross >>> 32));
    }

    /// <summary>Adds the least number to eight numbers and writes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TLanes>(TLanes numbers, ref T destination)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes values = TLanes.AddUInt64(numbers, TLanes.Create(_low));
        if (Unsafe.SizeOf<T>() == sizeof(ulong))
            TLanes.Store(values, ref destination, GroupLength);
        else
            TLanes.StoreLowHalves(values, ref destination, GroupLength);
    }

    /// <summary>Draws the rejected elements again.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Repair<TLanes>(ulong group, TLanes firstRemainders, TLanes lastRemainders, ref T destination)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<ulong> remainders = stackalloc ulong[GroupLength * TLanes.Groups];
        TLanes.Store(firstRemainders, ref remainders[0], GroupLength);
        TLanes.Store(lastRemainders, ref remainders[DrawOrder.Counters], GroupLength);
        for (int i = 0; i < remainders.Length; i++)
        {
            if (remainders[i] < _rejected)
                Unsafe.Add(ref destination, i) = At((group * (ulong)GroupLength) + (ulong)i);
        }
    }
}
