using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>
/// Normal numbers by pairs (Box, Muller, "A note on the generation of random normal deviates", Ann. Math. Statist. 29, 1958): from u in
/// (0, 1] and v in [0, 1), both in steps of 2^-53, the radius √(-2 ln u) and the angle 2πv give two independent ones, radius × cosine and
/// radius × sine. Those farthest out are 8.57 standard deviations from the mean. A counter's words 0 and 1 give u, its words 2 and 3 give v;
/// its element in the first half of a group of 64-bit draws is the cosine's, the one eight later the sine's. <see cref="float"/> is
/// computed as <see cref="double"/> and rounded, so its tails are as long.
/// </summary>
internal readonly struct NormalElements<T> : IRandomElements<T>
    where T : unmanaged
{
    private readonly Philox _philox;
    private readonly double _mean, _deviation;

    public NormalElements(in Philox philox, RandomDistribution.Normal normal)
    {
        _philox = philox;
        _mean = normal.Mean;
        _deviation = normal.StandardDeviation;
    }

    public static int GroupLength => DrawOrder.Pairs;

    public T At(ulong index)
    {
        PhiloxImage image = _philox.Image(DrawOrder.PairCounter(index), attempt: 0);
        double radius = NormalMath.Radius((image.Draw64(0) >> 11) + 1);
        (double sin, double cos) = NormalMath.SinCos(image.Draw64(1) >> 11);
        double value = Math.FusedMultiplyAdd(radius * (DrawOrder.PairHalf(index) == 0 ? cos : sin), _deviation, _mean);
        return typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Groups<TLanes>(ulong group, ref T destination)
        where TLanes : struct, ILanes<TLanes>
    {
        _philox.Images(group * DrawOrder.Counters, out TLanes word0, out TLanes word1, out TLanes word2, out TLanes word3);
        TLanes u = TLanes.AddUInt64(TLanes.MergeHalves(word0, word1 << 32) >>> 11, TLanes.Create(1));
        TLanes v = TLanes.MergeHalves(word2, word3 << 32) >>> 11;
        TLanes radius = NormalMath.Radius(u);
        NormalMath.SinCos(v, out TLanes sin, out TLanes cos);
        Store(TLanes.MultiplyDouble(radius, cos), ref destination);
        Store(TLanes.MultiplyDouble(radius, sin), ref Unsafe.Add(ref destination, DrawOrder.Counters));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store<TLanes>(TLanes normals, ref T destination)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes values = TLanes.FusedMultiplyAddDouble(normals, TLanes.Create(_deviation), TLanes.Create(_mean));
        if (typeof(T) == typeof(float))
            TLanes.StoreAsSingle(values, ref Unsafe.As<T, float>(ref destination), GroupLength);
        else
            TLanes.Store(values, ref destination, GroupLength);
    }
}
