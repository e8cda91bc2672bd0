using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>
/// Evenly spread <see cref="double"/>: low + u (high - low), u the top 53 bits of a 64-bit draw over 2^53, so 0 or more and below 1.
/// Where rounding would reach high, the number just below it stands instead.
/// </summary>
internal readonly struct UniformDoubles : IRandomElements<double>
{
    private const double Scale = 1.0 / (1L << 53);

    private readonly Philox _philox;
    private readonly double _low, _step, _last;

    public UniformDoubles(in Philox philox, RandomDistribution.Uniform uniform)
    {
        _philox = philox;
        _low = uniform.Low;
        _step = (uniform.High - uniform.Low) * Scale;
        _last = Math.Max(uniform.Low, Math.BitDecrement(uniform.High));
    }

    public static int GroupLength => DrawOrder.Pairs;

    public double At(ulong index)
    {
        ulong draw = DrawOrder.Draw64(_philox, index, attempt: 0) >> 11;
        return Math.Min(_last, Math.FusedMultiplyAdd(draw, _step, _low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Groups<TLanes>(ulong group, ref double destination)
        where TLanes : struct, ILanes<TLanes>
    {
        _philox.Images(group * DrawOrder.Counters, out TLanes word0, out TLanes word1, out TLanes word2, out TLanes word3);
        Store(TLanes.MergeHalves(word0, word1 << 32), ref destination);
        Store(TLanes.MergeHalves(word2, word3 << 32), ref Unsafe.Add(ref destination, DrawOrder.Counters));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TLanes>(TLanes draws, ref double destination)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes steps = TLanes.UInt64ToDouble(draws >>> 11);
        TLanes values = TLanes.FusedMultiplyAddDouble(steps, TLanes.Create(_step), TLanes.Create(_low));
        TLanes.Store(TLanes.MinDouble(TLanes.Create(_last), values), ref destination, GroupLength);
    }
}

/// <summary>As <see cref="UniformDoubles"/>, from the top 24 bits of a 32-bit draw.</summary>
internal readonly struct UniformSingles : IRandomElements<float>
{
    private const float Scale = 1f / (1 << 24);

    private readonly Philox _philox;
    private readonly float _low, _step, _last;

    public UniformSingles(in Philox philox, RandomDistribution.Uniform uniform)
    {
        _philox = philox;
        _low = (float)uniform.Low;
        _step = ((float)uniform.High - _low) * Scale;
        _last = Math.Max(_low, MathF.BitDecrement((float)uniform.High));
    }

    public static int GroupLength => DrawOrder.Words;

    public float At(ulong index)
    {
        uint draw = DrawOrder.Draw32(_philox, index, attempt: 0) >> 8;
        return Math.Min(_last, MathF.FusedMultiplyAdd(draw, _step, _low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Groups<TLanes>(ulong group, ref float destination)
        where TLanes : struct, ILanes<TLanes>
    {
        _philox.Images(group * DrawOrder.Counters, out TLanes word0, out TLanes word1, out TLanes word2, out TLanes word3);
        Store(TLanes.MergeHalves(word0, word1 << 32), ref destination);
        Store(TLanes.MergeHalves(word2, word3 << 32), ref Unsafe.Add(ref destination, DrawOrder.Pairs));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TLanes>(TLanes draws, ref float destination)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes steps = TLanes.UInt32ToSingle(TLanes.ShiftHalvesRight(draws, 8));
        TLanes values = TLanes.FusedMultiplyAddSingle(steps, TLanes.CreateHalves(_step), TLanes.CreateHalves(_low));
        TLanes.Store(TLanes.MinSingle(TLanes.CreateHalves(_last), values), ref destination, GroupLength);
    }
}
