using System.Numerics;
using System.Runtime.InteropServices;
using Tessera.Kernels;

namespace Tessera.Tests.Kernels;

/// <summary>What the operations give, by example, on every backend and vector width.</summary>
public class KernelOperationTests
{
    [Fact]
    public void Integers_wrap()
    {
        Check<int, int>(KernelOp.Add, [int.MaxValue, -1], [1, -2], [int.MinValue, -3]);
        Check<byte, byte>(KernelOp.Subtract, [0, 7], [1, 5], [255, 2]);
        Check<sbyte, sbyte>(KernelOp.Multiply, [100, -128, 3], [3, -1, -4], [44, -128, -12]);
        Check<long, long>(KernelOp.Multiply, [1L << 40, 3], [1L << 30, 5], [0, 15]);
        Check<short, short>(KernelOp.Negate, [short.MinValue, 5], [short.MinValue, -5]);
        Check<int, int>(KernelOp.Abs, [int.MinValue, -5, 5], [int.MinValue, 5, 5]);
        Check<long, long>(KernelOp.Abs, [long.MinValue, -5], [long.MinValue, 5]);
        Check<ushort, ushort>(KernelOp.Square, [300], [24464]);
    }

    [Fact]
    public void Integer_division_truncates_wraps_and_gives_zero_by_zero()
    {
        Check<int, int>(
            KernelOp.Divide, [7, -7, 7, int.MinValue, 5, int.MaxValue], [2, 2, -2, -1, 0, int.MaxValue], [3, -3, -3, int.MinValue, 0, 1]);
        Check<int, int>(KernelOp.Remainder, [7, -7, 7, int.MinValue, 5], [2, 2, -2, -1, 0], [1, -1, 1, 0, 0]);
        Check<sbyte, sbyte>(KernelOp.Divide, [-128, 127, -1], [-1, 0, 2], [-128, 0, 0]);
        Check<uint, uint>(KernelOp.Divide, [uint.MaxValue, uint.MaxValue, 1], [1, uint.MaxValue - 1, 0], [uint.MaxValue, 1, 0]);
        Check<long, long>(KernelOp.Divide, [long.MinValue, long.MaxValue, 1], [-1, 3, 0], [long.MinValue, long.MaxValue / 3, 0]);
        Check<long, long>(KernelOp.Remainder, [long.MinValue, long.MaxValue, 1], [-1, 10, 0], [0, 7, 0]);
    }

    [Fact]
    public void Every_quotient_of_bytes_and_hard_quotients_of_ints_are_exact()
    {
        short[] a = [.. Enumerable.Range(0, 1 << 16).Select(i => (short)(sbyte)(i >> 8))];
        short[] b = [.. Enumerable.Range(0, 1 << 16).Select(i => (short)(sbyte)i)];
        Check<sbyte, sbyte>(
            KernelOp.Divide, [.. a.Select(x => (sbyte)x)], [.. b.Select(x => (sbyte)x)],
            [.. a.Zip(b, (x, y) => y == 0 ? (sbyte)0 : unchecked((sbyte)(x / y)))]);

        // Products and their neighbours: quotients that are whole, or as little as possible off.
        var random = new Random(5);
        uint[] divisors = [.. Enumerable.Range(0, 3000).Select(_ => (uint)random.NextInt64(1, 1L << random.Next(1, 33)))];
        uint[] dividends = [.. divisors.Select(d => unchecked((uint)((d * random.NextInt64(1, (uint.MaxValue / d) + 1L)) + random.Next(-1, 2))))];
        Check(KernelOp.Divide, dividends, divisors, dividends.Zip(divisors, (x, y) => x / y).ToArray());
        Check(KernelOp.Remainder, dividends, divisors, dividends.Zip(divisors, (x, y) => x % y).ToArray());
    }

    [Fact]
    public void A_NaN_on_either_side_of_minimum_and_maximum_wins()
    {
        Check<double, double>(
            KernelOp.Minimum, [1, double.NaN, 1, 0.0, -0.0], [double.NaN, 1, 2, -0.0, 0.0], [double.NaN, double.NaN, 1, -0.0, -0.0]);
        Check<float, float>(KernelOp.Maximum, [1, float.NaN, 1, 0f, -0f], [float.NaN, 1, 2, -0f, 0f], [float.NaN, float.NaN, 2, 0f, 0f]);
        Check<ulong, ulong>(KernelOp.Maximum, [ulong.MaxValue, 1], [1, 1UL << 63], [ulong.MaxValue, 1UL << 63]);
        Check<double, bool>(KernelOp.IsNaN, [double.NaN, 1, double.PositiveInfinity], [true, false, false]);
    }

    [Fact]
    public void Comparisons_with_NaN_are_false_except_for_inequality()
    {
        double[] a = [double.NaN, 1, double.NaN], b = [1, double.NaN, double.NaN];
        foreach (KernelOp op in (KernelOp[])[KernelOp.Equal, KernelOp.Less, KernelOp.LessOrEqual, KernelOp.Greater, KernelOp.GreaterOrEqual])
            Check<double, bool>(op, a, b, [false, false, false]);
        Check<double, bool>(KernelOp.NotEqual, a, b, [true, true, true]);
        Check<byte, bool>(KernelOp.Less, [200, 1, 5], [100, 255, 5], [false, true, false]);
        Check<bool, bool>(KernelOp.Less, [false, true, true], [true, false, true], [true, false, false]);
    }

    [Fact]
    public void Floating_point_to_32_and_64_bits_truncates_and_saturates_as_in_CSharp()
    {
        double[] doubles =
        [
            0.9, -0.9, -2.5, 1e10, -1e10, 1e20, -1e20, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2147483647.5, 2147483648,
            -2147483648.5, -2147483649, 4294967295.5, 4294967296, 4e9,
        ];
        float[] floats = [.. doubles.Select(value => (float)value), 2147483520f, -2147483648f, 4294967040f];
        Check(KernelOp.Cast, doubles, doubles.Select(value => (int)value).ToArray());
        Check(KernelOp.Cast, doubles, doubles.Select(value => (uint)value).ToArray());
        Check(KernelOp.Cast, floats, floats.Select(value => (int)value).ToArray());
        Check(KernelOp.Cast, floats, floats.Select(value => (uint)value).ToArray());
        Check<double, int>(KernelOp.Cast, [1e20, -1e20, double.NaN, 2147483647.5, -2.5], [int.MaxValue, int.MinValue, 0, int.MaxValue, -2]);
        Check<float, uint>(KernelOp.Cast, [4e9f, -1f, float.PositiveInfinity, float.NaN], [4000000000, 0, uint.MaxValue, 0]);
        Check<double, long>(KernelOp.Cast, [1e19, -1e19, double.NaN, -0.9], [long.MaxValue, long.MinValue, 0, 0]);
        Check<double, ulong>(KernelOp.Cast, [1e19, -1.0, 1e20, double.NaN], [10000000000000000000, 0, ulong.MaxValue, 0]);
    }

    [Fact]
    public void Floating_point_to_8_and_16_bits_wraps_what_saturated_at_32()
    {
        Check<double, byte>(KernelOp.Cast, [300.0, -1.0, 255.9, 1e10, -1e10, double.NaN], [44, 255, 255, 255, 0, 0]);
        Check<float, sbyte>(KernelOp.Cast, [-1.9f, 200f, float.NegativeInfinity, float.PositiveInfinity], [-1, -56, 0, -1]);
        Check<double, ushort>(KernelOp.Cast, [65536.5, -1.0, 3e9], [0, 65535, 65535]);
        Check<float, short>(KernelOp.Cast, [40000f, -3e9f], [-25536, 0]);
    }

    [Fact]
    public void Integers_convert_to_floating_point_rounding_once()
    {
        // The first is just above the tie of two floats, but as a double it is the tie itself, which would go to the even float below.
        long aboveTie = (1L << 60) + (1L << 36) + 1;
        long belowTie = (1L << 60) + (3L << 36) - 1;
        long[] longs = [aboveTie, belowTie, -aboveTie, -belowTie, long.MaxValue, long.MinValue, 16777217, -16777219];
        Check(KernelOp.Cast, longs, longs.Select(Nearest).ToArray());
        Assert.NotEqual((float)(double)aboveTie, Nearest(aboveTie));
        ulong[] ulongs = [(ulong)aboveTie << 3, ((ulong)aboveTie << 3) + 1, ulong.MaxValue, (1UL << 63) + 1, (1UL << 63) + (1UL << 39) + 1, 16777217];
        Check(KernelOp.Cast, ulongs, ulongs.Select(value => Nearest(value)).ToArray());
        Check<ulong, double>(KernelOp.Cast, [ulong.MaxValue, 1UL << 63], [18446744073709551616.0, 9223372036854775808.0]);
        Check<uint, float>(KernelOp.Cast, [uint.MaxValue, 16777217, 16777219], [4294967296f, 16777216f, 16777220f]);
        Check<uint, double>(KernelOp.Cast, [uint.MaxValue], [4294967295.0]);
    }

    [Fact]
    public void Integers_convert_among_each_other_by_their_low_bits()
    {
        Check<int, byte>(KernelOp.Cast, [-1, 300, 256], [255, 44, 0]);
        Check<sbyte, ulong>(KernelOp.Cast, [-1, 5], [ulong.MaxValue, 5]);
        Check<byte, long>(KernelOp.Cast, [255, 1], [255, 1]);
        Check<uint, long>(KernelOp.Cast, [uint.MaxValue], [uint.MaxValue]);
        Check<ulong, short>(KernelOp.Cast, [0xFFFF_0000_8000], [short.MinValue]);
    }

    [Fact]
    public void What_is_not_zero_is_true_and_true_is_one()
    {
        Check<double, bool>(KernelOp.Cast, [0.0, -0.0, double.NaN, 1e-320, -3], [false, false, true, true, true]);
        Check<long, bool>(KernelOp.Cast, [0, 1L << 40], [false, true]);
        Check<bool, double>(KernelOp.Cast, [true, false], [1, 0]);
        Check<bool, byte>(KernelOp.Cast, [true, false], [1, 0]);
        Check<bool, bool>(KernelOp.Not, [true, false], [false, true]);
        Check<bool, bool>(KernelOp.Xor, [true, true, false], [true, false, false], [false, true, false]);
    }

    [Fact]
    public void Shifts_use_the_low_bits_of_the_count()
    {
        Check<int, int>(KernelOp.ShiftLeft, [1, 1, 1], [4, 33, -1], [16, 2, int.MinValue]);
        Check<sbyte, sbyte>(KernelOp.ShiftRight, [-128, -128, 64], [3, 11, 6], [-16, -16, 1]);
        Check<ulong, ulong>(KernelOp.ShiftRight, [1UL << 63, 1UL << 63], [63, 64], [1, 1UL << 63]);
    }

    [Fact]
    public void Powers_of_integers_wrap_and_negative_exponents_leave_only_one_and_minus_one()
    {
        Check<int, int>(KernelOp.Power, [3, 2, 7, 1, -1, -1, 5], [4, 31, 0, -3, -3, -4, -1], [81, int.MinValue, 1, 1, -1, 1, 0]);
        Check<byte, byte>(KernelOp.Power, [3], [6], [217]);
        Check<double, double>(KernelOp.Power, [2, -8, 2], [10, 1.0 / 3, -1], [1024, double.NaN, 0.5]);
    }

    [Fact]
    public void Rounding_goes_to_even()
    {
        Check<double, double>(KernelOp.Round, [0.5, 1.5, 2.5, -0.5, -1.5], [0, 2, 2, -0.0, -2]);
        Check<float, float>(KernelOp.Floor, [-0.5f, 2.9f], [-1f, 2f]);
        Check<double, double>(KernelOp.Ceiling, [-0.5, 2.1], [-0.0, 3]);
    }

    [Fact]
    public void Functions_are_within_three_units_in_the_last_place_of_the_scalar_ones()
    {
        var random = new Random(3);
        double[] special = [709.7, 800, -745, -800, double.NaN, double.PositiveInfinity];
        double[] row = [.. Enumerable.Range(0, 500).Select(_ => (random.NextDouble() * 1400) - 700), .. special];
        Near(KernelOp.Exp, row, Math.Exp);
        Near(KernelOp.Log, row, Math.Log);
        Near(KernelOp.Sin, row, Math.Sin);
        Near(KernelOp.Cos, row, Math.Cos);
        Near(KernelOp.Sqrt, row, Math.Sqrt);
    }

    [Theory]
    [InlineData(nameof(KernelOp.Exp))]
    [InlineData(nameof(KernelOp.Log))]
    [InlineData(nameof(KernelOp.Sin))]
    [InlineData(nameof(KernelOp.Cos))]
    public void The_value_of_a_function_does_not_depend_on_neighbouring_elements(string function)
    {
        KernelOp op = Enum.Parse<KernelOp>(function);
        double[] neighbours =
        [
            0, 0.3, 50, 699, 705, 709.7, 715, -705, -740, 1e6, 1e20, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity,
        ];
        var random = new Random(11);
        double[] values = [.. Enumerable.Range(0, 300).Select(_ => (random.NextDouble() * 40) + 0.01)];
        foreach (Func<KernelProgram, Kernel> backend in KernelRun.Backends)
        {
            double[] alone = KernelRun.Apply<double, double>(backend, op, values);
            foreach (double neighbour in neighbours)
            {
                double[] mixed = KernelRun.Apply<double, double>(backend, op, [.. values.SelectMany(value => new[] { value, neighbour })]);
                Assert.Equal(alone, mixed.Where((_, i) => i % 2 == 0));
            }
        }
    }

    private static void Near(KernelOp op, double[] row, Func<double, double> function)
    {
        foreach (Func<KernelProgram, Kernel> backend in KernelRun.Backends)
        {
            foreach ((double actual, double x) in KernelRun.Apply<double, double>(backend, op, row).Zip(row))
            {
                double expected = function(x);
                bool near = Math.Abs(actual - expected) <= 3 * (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected));
                Assert.True(near || actual.Equals(expected), $"{op} of {x:R} is {actual:R}, expected {expected:R}");
            }
        }
    }

    /// <summary>By whole-number arithmetic: the float with the nearest value, the even one at a tie.</summary>
    private static float Nearest<T>(T value)
        where T : IBinaryInteger<T>
    {
        var exact = BigInteger.CreateChecked(value);
        float[] candidates = [MathF.BitDecrement((float)(double)exact), (float)(double)exact, MathF.BitIncrement((float)(double)exact)];
        return candidates.MinBy(candidate => (BigInteger.Abs(new BigInteger(candidate) - exact), BitConverter.SingleToInt32Bits(candidate) & 1));
    }

    private static void Check<T, TResult>(KernelOp op, T[] a, TResult[] expected)
        where T : unmanaged
        where TResult : unmanaged => CheckAll(op, [a], expected);

    private static void Check<T, TResult>(KernelOp op, T[] a, T[] b, TResult[] expected)
        where T : unmanaged
        where TResult : unmanaged => CheckAll(op, [a, b], expected);

    private static void CheckAll<T, TResult>(KernelOp op, T[][] operands, TResult[] expected)
        where T : unmanaged
        where TResult : unmanaged
    {
        foreach (Func<KernelProgram, Kernel> backend in KernelRun.Backends)
        {
            TResult[] actual = KernelRun.Apply<T, TResult>(backend, op, operands);
            KernelRun.AssertSame(ElementTypes.Of<TResult>(), Bytes(expected), Bytes(actual), $"{op} of {typeof(T).Name}");
        }
    }

    private static byte[] Bytes<T>(T[] row)
        where T : unmanaged => MemoryMarshal.AsBytes(row.AsSpan()).ToArray();
}
