using System.Numerics;

namespace Tessera.Tests.Arrays;

/// <summary>Every operator and function of the typed arrays is the operation that its name says, for every type.</summary>
public class OperatorTests
{
    [Fact]
    public void Arithmetic_means_what_it_means_in_CSharp()
    {
        Numbers<sbyte>();
        Numbers<byte>();
        Numbers<short>();
        Numbers<ushort>();
        Numbers<int>();
        Numbers<uint>();
        Numbers<long>();
        Numbers<ulong>();
        Numbers<float>();
        Numbers<double>();
    }

    [Fact]
    public void Bits_mean_what_they_mean_in_CSharp()
    {
        Bits<sbyte>();
        Bits<byte>();
        Bits<short>();
        Bits<ushort>();
        Bits<int>();
        Bits<uint>();
        Bits<long>();
        Bits<ulong>();
    }

    [Fact]
    public void Booleans_combine_logically()
    {
        bool[] a = [false, false, true, true], b = [false, true, false, true];
        ChunkedArray<bool> x = ChunkedArray.From(a), y = ChunkedArray.From(b);
        Assert.Equal([false, false, false, true], (x & y).Compute());
        Assert.Equal([false, true, true, true], (x | y).Compute());
        Assert.Equal([false, true, true, false], (x ^ y).Compute());
        Assert.Equal([true, true, false, false], (!x).Compute());
        Assert.Equal([true, true, false, false], (~x).Compute());
        Assert.Equal([true, false, false, true], (x == y).Compute());
        Assert.Equal([false, true, false, false], (x < y).Compute());
        Assert.Equal([1, 20, 3, 40], ChunkedArray.Where(y, ChunkedArray.From([10, 20, 30, 40]), ChunkedArray.From([1, 2, 3, 4])).Compute());
    }

    [Fact]
    public void Functions_of_floating_point_are_those_of_their_names()
    {
        double[] a = [0.5, 1.5, 2.5, 9];
        ChunkedArray<double> x = ChunkedArray.From(a);
        Near(a.Select(Math.Sqrt), x.Sqrt());
        Near(a.Select(Math.Exp), x.Exp());
        Near(a.Select(value => Math.Log(value)), x.Log());
        Near(a.Select(Math.Sin), x.Sin());
        Near(a.Select(Math.Cos), x.Cos());
        Near(a.Select(Math.Floor), x.Floor());
        Near(a.Select(Math.Ceiling), x.Ceiling());
        Near([0, 2, 2, 9], x.Round());
        Near(a.Select(value => Math.Pow(value, 1.5)), x.Pow(1.5));
        Assert.Equal([true, false], ChunkedArray.From([double.NaN, 1]).IsNaN().Compute());
        Assert.Equal([1.5f, float.NaN, 2], ChunkedArray.From([0f, float.NaN, 9]).Clip(1.5f, 2f).Compute());
    }

    /// <summary>Where NumPy means otherwise.</summary>
    [Fact]
    public void Integers_divide_and_shift_as_in_CSharp_and_not_as_in_NumPy()
    {
        ChunkedArray<int> x = ChunkedArray.From([7, -7, 7, -7, 5, int.MinValue]), y = ChunkedArray.From([2, 2, -2, -2, 0, -1]);
        Assert.Equal([3, -3, -3, 3, 0, int.MinValue], (x / y).Compute());
        Assert.Equal([1, -1, 1, -1, 0, 0], (x % y).Compute());
        Assert.Equal([1 << 1, 1 << 31, 1], (ChunkedArray.From([1, 1, 1]) << ChunkedArray.From([33, -1, 32])).Compute());
        Assert.Equal([0, 0, 1, -1], ChunkedArray.From([2, 5, 1, -1]).Pow(-1).Compute());
        Assert.Equal([-1.5, 1.5], (ChunkedArray.From([-5.5, 5.5]) % 2.0).Compute());
    }

    [Fact]
    public void Sums_and_products_widen_as_in_NumPy()
    {
        ChunkedArray<bool> bools = ChunkedArray.From<bool>([true, true, false]);
        Give(bools.Sum(), 2L, bools.Prod(), 0L);
        ChunkedArray<sbyte> sbytes = ChunkedArray.From<sbyte>([sbyte.MinValue, sbyte.MinValue]);
        Give(sbytes.Sum(), -256L, sbytes.Prod(), 1L << 14);
        ChunkedArray<byte> bytes = ChunkedArray.From<byte>([byte.MaxValue, byte.MaxValue]);
        Give(bytes.Sum(), 510UL, bytes.Prod(), 65_025UL);
        ChunkedArray<short> shorts = ChunkedArray.From<short>([short.MinValue, short.MinValue]);
        Give(shorts.Sum(), -65_536L, shorts.Prod(), 1L << 30);
        ChunkedArray<ushort> ushorts = ChunkedArray.From<ushort>([ushort.MaxValue, ushort.MaxValue]);
        Give(ushorts.Sum(), 131_070UL, ushorts.Prod(), 4_294_836_225UL);
        ChunkedArray<int> ints = ChunkedArray.From<int>([int.MinValue, int.MinValue]);
        Give(ints.Sum(), -2L << 31, ints.Prod(), 1L << 62);
        ChunkedArray<uint> uints = ChunkedArray.From<uint>([uint.MaxValue, uint.MaxValue]);
        Give(uints.Sum(), 2UL * uint.MaxValue, uints.Prod(), (ulong)uint.MaxValue * uint.MaxValue);
        ChunkedArray<long> longs = ChunkedArray.From<long>([long.MaxValue, -2]);
        Give(longs.Sum(), long.MaxValue - 2, longs.Prod(), 2);
        ChunkedArray<ulong> ulongs = ChunkedArray.From<ulong>([ulong.MaxValue, 2UL]);
        Give(ulongs.Sum(), 1UL, ulongs.Prod(), ulong.MaxValue - 1);
        ChunkedArray<float> floats = ChunkedArray.From<float>([2f, 2.5f]);
        Give(floats.Sum(), 4.5f, floats.Prod(), 5f);
        ChunkedArray<double> doubles = ChunkedArray.From<double>([2, 2.5]);
        Give(doubles.Sum(), 4.5, doubles.Prod(), 5.0);

        static void Give<T>(LazyScalar<T> sum, T expectedSum, LazyScalar<T> product, T expectedProduct)
            where T : unmanaged => Assert.Equal((expectedSum, expectedProduct), (sum.Compute(), product.Compute()));
    }

    [Fact]
    public void Reductions_take_one_axis_several_or_all_and_keep_them_if_asked()
    {
        ChunkedArray<int> x = ChunkedArray.Arange(24).Reshape(2, 3, 4);
        Assert.Equal("(2, 4)", x.Sum(axis: 1).Shape.ToString());
        Assert.Equal("(2, 1, 4)", x.Sum(axis: 1, keepDims: true).Shape.ToString());
        Assert.Equal([66L, 210], x.Sum(axes: [1, 2]).Compute());
        Assert.Equal("(2, 1, 1)", x.Mean(axes: [-1, 1], keepDims: true).Shape.ToString());
        Assert.Equal([5.5, 17.5], x.Mean(axes: [2, 1]).Compute());
        Assert.Equal([3, 7, 11, 15, 19, 23], x.Max(axis: -1).Compute());
        Assert.Equal([0, 12], x.Min(axes: [1, 2]).Compute());
        Assert.Equal([11L, 11], x.ArgMax(axes: [1, 2]).Compute());
        Assert.Equal((0L, 23L), (x.ArgMin().Compute(), x.ArgMax().Compute()));
        Assert.Equal((false, true), (x.All().Compute(), x.Any().Compute()));
        Assert.Equal([false, true], x.All(axes: [1, 2]).Compute());
        Assert.Equal([11L, 12], x.CountNonZero(axes: [1, 2]).Compute());
        Assert.Equal(47.916666666666664, x.Var().Compute(), 1e-13);
        Assert.Equal(50, x.Var(ddof: 1).Compute(), 1e-13);
        Assert.Equal([Math.Sqrt(72), Math.Sqrt(72)], x.Std(axis: 0, ddof: 1)[0, ..2].Compute());
        Assert.Equal([36, 36], x.Var(axis: 0)[0, ..2].Compute());
        Assert.Equal(24, x.Sum(axes: []).Length);
    }

    [Fact]
    public void Lazy_scalars_take_part_without_being_computed()
    {
        ChunkedArray<double> x = ChunkedArray.From([1.0, 2, 3, 6]);
        Assert.Equal([-2, -1, 0, 3], (x - x.Mean()).Compute());
        Assert.Equal(3, (x.Max() - x.Mean()).Compute());
        Assert.Equal(5, ((x.Max() - x.Min()).Abs() * 2.0 / 2.0).Compute());
        Assert.Equal((-6.0, 6), ((-x.Max()).Compute(), x.Max().Cast<int>().Compute()));
        Assert.Equal(2, (x.Max() - 2.0).Sqrt().Compute());
        Assert.Equal([true, true, false, false], (x < x.Mean()).Compute());
        Assert.Equal(Shape.Scalar, x.Max().AsArray().Shape);
        Assert.StartsWith("LazyScalar<double>: max over all", x.Max().ToString());
    }

    private static void Numbers<T>()
        where T : unmanaged, INumber<T>
    {
        T[] a = [.. ((int[])[0, 1, 2, 3, 100, 7, 5]).Select(T.CreateTruncating)], b = [.. ((int[])[1, 1, 3, 2, 100, 6, 5]).Select(T.CreateTruncating)];
        ChunkedArray<T> x = ChunkedArray.From(a, chunks: [3]), y = ChunkedArray.From(b, chunks: [2]);
        Same(x + y, (p, q) => unchecked(p + q));
        Same(x - y, (p, q) => unchecked(p - q));
        Same(x * y, (p, q) => unchecked(p * q));
        Same(x / y, (p, q) => p / q);
        Same(x % y, (p, q) => p % q);
        Same(-x, (p, _) => unchecked(-p));
        Same(+x, (p, _) => p);
        Same((x - y).Abs(), (p, q) => typeof(T) != typeof(float) && typeof(T) != typeof(double) && T.Zero - T.One > T.Zero ? unchecked(p - q) : T.Abs(p - q));
        Same(x.Square(), (p, _) => unchecked(p * p));
        Same(x.Minimum(y), T.Min);
        Same(x.Maximum(y), T.Max);
        Same(x.Clip(T.One, y), (p, q) => T.Min(T.Max(p, T.One), q));
        Same(x.Pow(T.One + T.One), (p, _) => unchecked(p * p));
        Same(ChunkedArray.Where(x < y, x, y), T.Min);
        Test(x == y, (p, q) => p == q);
        Test(x != y, (p, q) => p != q);
        Test(x < y, (p, q) => p < q);
        Test(x <= y, (p, q) => p <= q);
        Test(x > y, (p, q) => p > q);
        Test(x >= y, (p, q) => p >= q);
        Test(x.Cast<bool>(), (p, _) => p != T.Zero);
        Same(x.Cast<bool>().Cast<T>(), (p, _) => p == T.Zero ? p : T.One);
        Assert.Equal(a.Select(double.CreateTruncating), x.Cast<double>().Compute());
        Assert.Equal(double.CreateTruncating(a.Aggregate((p, q) => p)) + (118.0 / 7), x.Mean().Compute(), 1e-12);

        void Same(ChunkedArray<T> actual, Func<T, T, T> expected) => Assert.Equal(a.Zip(b, expected), actual.Compute());
        void Test(ChunkedArray<bool> actual, Func<T, T, bool> expected) => Assert.Equal(a.Zip(b, expected), actual.Compute());
    }

    private static void Bits<T>()
        where T : unmanaged, IBinaryInteger<T>
    {
        T[] a = [.. ((int[])[-1, 1, 2, 90]).Select(T.CreateTruncating)], b = [.. ((int[])[1, 7, 3, 0]).Select(T.CreateTruncating)];
        ChunkedArray<T> x = ChunkedArray.From(a), y = ChunkedArray.From(b);
        Assert.Equal(a.Zip(b, (p, q) => p & q), (x & y).Compute());
        Assert.Equal(a.Zip(b, (p, q) => p | q), (x | y).Compute());
        Assert.Equal(a.Zip(b, (p, q) => p ^ q), (x ^ y).Compute());
        Assert.Equal(a.Select(p => ~p), (~x).Compute());
        Assert.Equal(a.Zip(b, (p, q) => p << int.CreateTruncating(q)), (x << y).Compute());
        Assert.Equal(a.Zip(b, (p, q) => p >> int.CreateTruncating(q)), (x >> y).Compute());
    }

    private static void Near(IEnumerable<double> expected, ChunkedArray<double> actual) =>
        Assert.All(expected.Zip(actual.Compute()), pair => Assert.Equal(pair.First, pair.Second, 1e-14 * Math.Max(1, Math.Abs(pair.First))));
}
