using Tessera.Kernels;

namespace Tessera.Tests.Kernels;

/// <summary>
/// Samples of fixed seeds held against theory, five standard errors wide: a right generator fails a test once in a million seeds, a
/// wrong constant or mapping nearly always.
/// </summary>
public class RandomStatisticsTests
{
    private const int Count = 1 << 20;
    private const double Errors = 5;

    [Theory]
    [InlineData(0, 255)]
    [InlineData(-3, 4)]
    [InlineData(0, 1000)]
    [InlineData(0, 16843269)] // 32-bit draws, many rejected
    [InlineData(-1_000_000_000, 1_500_000_001)] // 64-bit draws
    public void Integers_fill_their_range_evenly(int low, int high)
    {
        int[] values = RandomKernelTests.Draw<int>(new RandomDistribution.Integers(low, high), Count);
        long range = (long)high - low;
        int bins = (int)Math.Min(range, 977);
        var counts = new long[bins];
        foreach (int value in values)
            counts[((long)value - low) * bins / range]++;
        AssertChiSquare(counts, bin => (double)(LastOf(bin) - LastOf(bin - 1)) / range);

        // Values up to the last one of a bin: those whose (value · bins / range) is at most the bin.
        long LastOf(int bin) => ((bin + 1) * range + bins - 1) / bins;
    }

    [Fact]
    public void Wide_integers_with_many_rejections_are_even()
    {
        const ulong Range = 3UL << 62; // three quarters of 2^64, so one draw in four is rejected
        ulong[] values = RandomKernelTests.Draw<ulong>(new RandomDistribution.Integers(0, Range), Count);
        var counts = new long[3 * 64];
        foreach (ulong value in values)
            counts[value >> 56]++;
        AssertChiSquare(counts, _ => 1.0 / counts.Length);
    }

    [Fact]
    public void Every_bit_of_a_full_range_is_set_half_of_the_time()
    {
        ulong[] values = RandomKernelTests.Draw<ulong>(new RandomDistribution.Integers(0, (Int128)1 << 64), Count);
        for (int bit = 0; bit < 64; bit++)
        {
            double set = values.Count(value => (value >> bit & 1) == 1);
            Assert.Equal(Count / 2, set, Errors * Math.Sqrt(Count) / 2);
        }
    }

    [Fact]
    public void Uniform_numbers_have_the_moments_and_the_distribution_of_theory()
    {
        double[] doubles = RandomKernelTests.Draw<double>(new RandomDistribution.Uniform(0, 1), Count);
        double[] singles = [.. RandomKernelTests.Draw<float>(new RandomDistribution.Uniform(0, 1), Count).Select(value => (double)value)];
        foreach (double[] values in (double[][])[doubles, singles])
        {
            double variance = values.Average(value => (value - 0.5) * (value - 0.5));
            Assert.Equal(0.5, values.Average(), Errors * Math.Sqrt(1.0 / 12 / Count));
            Assert.Equal(1.0 / 12, variance, Errors * Math.Sqrt(1.0 / 180 / Count));
            AssertKolmogorovSmirnov(values, value => value);
        }
    }

    [Fact]
    public void Normal_numbers_have_the_moments_and_the_distribution_of_theory()
    {
        double[] doubles = RandomKernelTests.Draw<double>(new RandomDistribution.Normal(0, 1), Count);
        float[] floats = RandomKernelTests.Draw<float>(new RandomDistribution.Normal(0, 1), Count, seed: 5);
        double[] singles = [.. floats.Select(value => (double)value)];
        foreach (double[] values in (double[][])[doubles, singles])
        {
            Assert.Equal(0, values.Average(), Errors * Math.Sqrt(1.0 / Count));
            Assert.Equal(1, values.Average(value => value * value), Errors * Math.Sqrt(2.0 / Count));
            Assert.Equal(0, values.Average(value => value * value * value), Errors * Math.Sqrt(15.0 / Count));
            Assert.Equal(3, values.Average(value => value * value * value * value), Errors * Math.Sqrt(96.0 / Count));
            AssertKolmogorovSmirnov(values, Phi);

            double beyond4 = 2 * (1 - Phi(4)) * Count;
            Assert.Equal(beyond4, values.Count(value => Math.Abs(value) > 4), Errors * Math.Sqrt(beyond4));
        }
    }

    [Fact]
    public void Mean_and_deviation_scale_the_normal_numbers()
    {
        double[] standard = RandomKernelTests.Draw<double>(new RandomDistribution.Normal(0, 1), 1000);
        double[] scaled = RandomKernelTests.Draw<double>(new RandomDistribution.Normal(10, 0.25), 1000);
        Assert.Equal(standard.Select(value => Math.FusedMultiplyAdd(value, 0.25, 10)), scaled);
    }

    /// <summary>The two of a Box-Muller pair lie 8 apart; neighbours lie in different counters; rows of an image far apart.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(1024)]
    public void Numbers_at_a_distance_are_uncorrelated(int distance)
    {
        double[] values = RandomKernelTests.Draw<double>(new RandomDistribution.Normal(0, 1), Count + distance);
        AssertUncorrelated(values.AsSpan(0, Count), values.AsSpan(distance));
    }

    [Theory]
    [InlineData(99, 1)]
    [InlineData(100, 0)]
    [InlineData(99 + (1L << 32), 0)]
    [InlineData(0, 99)]
    public void Other_streams_and_seeds_are_uncorrelated(ulong seed, uint stream)
    {
        var distribution = new RandomDistribution.Normal(0, 1);
        double[] first = RandomKernelTests.Draw<double>(distribution, Count, seed: 99, stream: 0);
        AssertUncorrelated(first, RandomKernelTests.Draw<double>(distribution, Count, seed, stream));
    }

    private static void AssertUncorrelated(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
            squares += left[i] * left[i] * right[i] * right[i];
        }

        Assert.Equal(0, sum / left.Length, Errors / Math.Sqrt(left.Length));
        Assert.Equal(1, squares / left.Length, Errors * Math.Sqrt(8.0 / left.Length)); // the variance of x²y² is 9 - 1
    }

    private static void AssertChiSquare(long[] counts, Func<int, double> probability)
    {
        long total = counts.Sum();
        double chi = counts.Select((count, bin) => Math.Pow(count - total * probability(bin), 2) / (total * probability(bin))).Sum();
        int freedom = counts.Length - 1;
        Assert.InRange(chi, freedom - Errors * Math.Sqrt(2 * freedom), freedom + Errors * Math.Sqrt(2 * freedom) + 15); // few bins: a long tail
    }

    /// <summary>The greatest distance of the sample's distribution from theory; 2.2 / √n is exceeded once in 10^4.</summary>
    private static void AssertKolmogorovSmirnov(double[] values, Func<double, double> distribution)
    {
        double[] sorted = [.. values.Order()];
        double distance = sorted.Select((value, rank) =>
            Math.Max(Math.Abs(distribution(value) - (double)rank / Count), Math.Abs(distribution(value) - (rank + 1.0) / Count))).Max();
        Assert.InRange(distance, 0, 2.2 / Math.Sqrt(Count));
    }

    /// <summary>The normal distribution by its series ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …), good where |x| is below 8.</summary>
    private static double Phi(double x)
    {
        double term = x, sum = x;
        for (int n = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum) && n < 500; n += 2)
            sum += term *= x * x / n;
        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
