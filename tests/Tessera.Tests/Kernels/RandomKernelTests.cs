using System.Runtime.InteropServices;
using Tessera.Kernels;

namespace Tessera.Tests.Kernels;

public class RandomKernelTests
{
    /// <summary>Every path of the code: each element type, powers of two, rare and frequent rejections of 32 and 64 bits, full ranges.</summary>
    internal static readonly (ElementType Type, RandomDistribution Distribution)[] Cases =
    [
        (ElementType.SByte, Integers(-100, 27)), (ElementType.SByte, Integers(sbyte.MinValue, 128)),
        (ElementType.Byte, Integers(0, 255)), (ElementType.Byte, Integers(0, 256)), (ElementType.Byte, Integers(7, 8)),
        (ElementType.Int16, Integers(-500, 500)), (ElementType.Int16, Integers(short.MinValue, 32768)),
        (ElementType.UInt16, Integers(0, 65535)), (ElementType.UInt16, Integers(1, 4096)),
        (ElementType.Int32, Integers(0, 255)), (ElementType.Int32, Integers(-1_000_000, 2_000_000_000)),
        (ElementType.Int32, Integers(0, OftenRejected32)), (ElementType.Int32, Integers(int.MinValue, 1L << 31)),
        (ElementType.UInt32, Integers(0, uint.MaxValue)), (ElementType.UInt32, Integers(0, 1L << 32)),
        (ElementType.UInt32, Integers(0, (1L << 31) + 1)),
        (ElementType.Int64, Integers(-3, 3)), (ElementType.Int64, Integers(0, 1L << 32)), (ElementType.Int64, Integers(0, 1L << 40)),
        (ElementType.Int64, Integers(long.MinValue, 1L << 62)), (ElementType.Int64, Integers(long.MinValue, (Int128)1 << 63)),
        (ElementType.UInt64, Integers(0, 6)), (ElementType.UInt64, Integers(5, (Int128)1 << 64)),
        (ElementType.UInt64, Integers(0, ((Int128)1 << 63) + 1)), (ElementType.UInt64, Integers(0, (Int128)1 << 64)),
        (ElementType.Single, new RandomDistribution.Uniform(0, 1)), (ElementType.Single, new RandomDistribution.Uniform(-3, 1e6)),
        (ElementType.Double, new RandomDistribution.Uniform(0, 1)), (ElementType.Double, new RandomDistribution.Uniform(-1e-3, 1e300)),
        (ElementType.Single, new RandomDistribution.Normal(0, 1)), (ElementType.Single, new RandomDistribution.Normal(100, 0)),
        (ElementType.Double, new RandomDistribution.Normal(0, 1)), (ElementType.Double, new RandomDistribution.Normal(-5, 1e-3)),
    ];

    /// <summary>A count that has as many 32-bit draws rejected as any: 2^32 mod 16843269 = 16776970, one in 256.</summary>
    private const long OftenRejected32 = 16843269;

    public static TheoryData<int> CaseNumbers => [.. Enumerable.Range(0, Cases.Length)];

    private static IEnumerable<RandomWidth> Widths
    {
        get
        {
            yield return RandomWidth.Widest;
            if (Lanes128.IsSupported)
                yield return RandomWidth.Bits128;
            if (Lanes256.IsSupported)
                yield return RandomWidth.Bits256;
            if (Lanes512.IsSupported)
                yield return RandomWidth.Bits512;
        }
    }

    [Theory]
    [MemberData(nameof(CaseNumbers))]
    public void Every_width_equals_the_plain_loop(int number)
    {
        (ElementType type, RandomDistribution distribution) = Cases[number];
        RandomKernel kernel = RandomKernel.Create(type, distribution, seed: 0xFEDCBA9876543210, stream: 3);
        var random = new Random(number);
        for (int turn = 0; turn < 40; turn++)
        {
            ulong first = (ulong)random.NextInt64(turn % 2 == 0 ? 100 : long.MaxValue - 1000);
            int length = random.Next(turn < 30 ? 100 : 1000);
            byte[] expected = new byte[length * type.Size], actual = new byte[expected.Length];
            kernel.Fill(first, expected, RandomWidth.Plain);
            foreach (RandomWidth width in Widths)
            {
                random.NextBytes(actual);
                kernel.Fill(first, actual, width);
                Assert.True(expected.AsSpan().SequenceEqual(actual), $"{type} {distribution}, {width}: {length} elements from {first}");
            }
        }
    }

    /// <summary>Around every number of groups that a step may hold, and where the counters' low word begins again (2^32 counters).</summary>
    [Theory]
    [MemberData(nameof(CaseNumbers))]
    public void Rows_that_begin_and_end_beside_a_group_equal_the_plain_loop(int number)
    {
        (ElementType type, RandomDistribution distribution) = Cases[number];
        RandomKernel kernel = RandomKernel.Create(type, distribution, seed: 0xFEDCBA9876543210, stream: 3);
        foreach (ulong origin in (ulong[])[64, 1UL << 33, 1UL << 34])
        {
            byte[] expected = new byte[400 * type.Size], actual = new byte[expected.Length];
            kernel.Fill(origin - 50, expected, RandomWidth.Plain);
            foreach (RandomWidth width in Widths)
            {
                foreach (int start in (int[])[0, 1, 17, 18, 33, 34, 35, 49, 50, 51])
                {
                    foreach (int length in (int[])[0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 96, 127, 128, 129, 161, 255, 256, 257])
                    {
                        actual.AsSpan().Fill(0xA5);
                        kernel.Fill(origin - 50 + (ulong)start, actual.AsSpan(0, length * type.Size), width);
                        string row = $"{type} {distribution}, {width}: {length} elements from {origin} - 50 + {start}";
                        Assert.True(expected.AsSpan(start * type.Size, length * type.Size).SequenceEqual(actual.AsSpan(0, length * type.Size)), row);
                        Assert.True(actual.AsSpan(length * type.Size).IndexOfAnyExcept((byte)0xA5) < 0, $"written beyond: {row}");
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(CaseNumbers))]
    public void Numbers_lie_in_the_range(int number)
    {
        (ElementType type, RandomDistribution distribution) = Cases[number];
        byte[] bytes = new byte[100_000 * type.Size];
        RandomKernel.Create(type, distribution, seed: 1, stream: 0).Fill(0, bytes);
        if (distribution is RandomDistribution.Integers integers)
        {
            Int128[] values = [.. AsIntegers(type, bytes)];
            Assert.All([values.Min(), values.Max()], value => Assert.InRange(value, integers.Low, integers.High - 1));
            if (integers.Count <= 1000)
                Assert.Equal((int)integers.Count, values.Distinct().Count());
            else
                Assert.True((UInt128)(values.Max() - values.Min()) > integers.Count / 1000 * 998);
        }
        else if (distribution is RandomDistribution.Uniform uniform)
        {
            double[] values = AsDoubles(type, bytes);
            Assert.All(values, value => Assert.True(value >= uniform.Low && value < uniform.High));
        }
        else
        {
            Assert.All(AsDoubles(type, bytes), value => Assert.True(double.IsFinite(value)));
        }
    }

    [Fact]
    public void A_uniform_number_is_below_high_even_where_rounding_would_reach_it()
    {
        double[] doubles = Draw<double>(new RandomDistribution.Uniform(1, 1 + 4.5e-16), 10_000);
        Assert.All(doubles, value => Assert.InRange(value, 1, Math.BitIncrement(1.0)));
        Assert.Equal(2, doubles.Distinct().Count());
        float[] singles = Draw<float>(new RandomDistribution.Uniform(1, 1 + 2.4e-7), 10_000);
        Assert.All(singles, value => Assert.InRange(value, 1, MathF.BitIncrement(1)));
    }

    /// <summary>The numbers accepted are those of the first attempt that is not among the draws too many, for each element by itself.</summary>
    [Fact]
    public void A_rejected_element_takes_its_own_next_draw()
    {
        const int Length = 200_000;
        int[] actual = Draw<int>(new RandomDistribution.Integers(0, OftenRejected32), Length);
        var philox = new Philox(seed: 99, stream: 0);
        const uint TooMany = (uint)((1L << 32) % OftenRejected32);
        int rejections = 0;
        for (int i = 0; i < Length; i++)
        {
            uint attempt = 0;
            while ((uint)(DrawOrder.Draw32(philox, (ulong)i, attempt) * (ulong)OftenRejected32) < TooMany)
                attempt++;
            rejections += attempt > 0 ? 1 : 0;
            Assert.Equal((int)(DrawOrder.Draw32(philox, (ulong)i, attempt) * (ulong)OftenRejected32 >> 32), actual[i]);
        }

        double expected = Length * (TooMany / 4294967296.0);
        Assert.True(expected > 100);
        Assert.InRange(rejections, expected - 5 * Math.Sqrt(expected), expected + 5 * Math.Sqrt(expected));
    }

    [Fact]
    public void A_distribution_of_another_type_is_refused_by_name()
    {
        var error = Assert.Throws<NotSupportedException>(() =>
            RandomKernel.Create(ElementType.Double, new RandomDistribution.Integers(0, 10), seed: 0, stream: 0));
        Assert.Contains("double", error.Message);
        Assert.Contains("integers 0..10", error.Message);
    }

    internal static T[] Draw<T>(RandomDistribution distribution, int length, ulong seed = 99, uint stream = 0, ulong first = 0)
        where T : unmanaged
    {
        var elements = new T[length];
        RandomKernel.Create(ElementTypes.Of<T>(), distribution, seed, stream).Fill(first, MemoryMarshal.AsBytes(elements.AsSpan()));
        return elements;
    }

    private static RandomDistribution.Integers Integers(Int128 low, Int128 high) => new(low, high);

    private static double[] AsDoubles(ElementType type, byte[] bytes) => type == ElementType.Double
        ? MemoryMarshal.Cast<byte, double>(bytes).ToArray()
        : [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(value => (double)value)];

    private static IEnumerable<Int128> AsIntegers(ElementType type, byte[] bytes) => type switch
    {
        ElementType.SByte => bytes.Select(value => (Int128)(sbyte)value),
        ElementType.Byte => bytes.Select(value => (Int128)value),
        ElementType.Int16 => MemoryMarshal.Cast<byte, short>(bytes).ToArray().Select(value => (Int128)value),
        ElementType.UInt16 => MemoryMarshal.Cast<byte, ushort>(bytes).ToArray().Select(value => (Int128)value),
        ElementType.Int32 => MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(value => (Int128)value),
        ElementType.UInt32 => MemoryMarshal.Cast<byte, uint>(bytes).ToArray().Select(value => (Int128)value),
        ElementType.Int64 => MemoryMarshal.Cast<byte, long>(bytes).ToArray().Select(value => (Int128)value),
        _ => MemoryMarshal.Cast<byte, ulong>(bytes).ToArray().Select(value => (Int128)value),
    };
}
