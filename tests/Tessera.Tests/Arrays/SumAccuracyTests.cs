using System.Numerics;

namespace Tessera.Tests.Arrays;

/// <summary>Sums, means and variances against exact arithmetic.</summary>
public class SumAccuracyTests
{
    /// <summary>
    /// 64 lanes take 64 values each between two joins, so a value meets fewer than 128 roundings; all other additions carry their error along.
    /// </summary>
    private const double Roundings = 128;

    private static readonly double[] Wild = [.. Draw(seed: 1, 300_000, random => (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-40, 40)))];

    [Theory]
    [InlineData(1000)]
    [InlineData(4096)]
    [InlineData(100_000)]
    [InlineData(300_000)]
    public void A_sum_is_within_roundings_of_the_exact_one_for_every_chunking(int length)
    {
        double exact = (double)Exact(Wild.Take(length)) * Math.ScaleB(1, -100), magnitudes = Wild.Take(length).Sum(Math.Abs);
        foreach (long chunk in (long[])[7, 1000, 65_536, length])
        {
            double sum = ChunkedArray.From(Wild, chunks: [chunk])[..length].Sum().Compute();
            Assert.InRange(sum, exact - (Roundings * Math.ScaleB(magnitudes, -53)), exact + (Roundings * Math.ScaleB(magnitudes, -53)));
        }
    }

    [Theory]
    [InlineData(40, 0)] // every addition down a column carries its error
    [InlineData(3, Roundings)] // short rows change places with the columns, which are summed as rows are
    public void A_sum_down_columns_is_as_exact_as_one_along_rows(int columns, double roundings)
    {
        ChunkedArray<double> grid = ChunkedArray.From(Wild).Reshape(-1, columns);
        double[] down = [.. grid.Sum(axis: 0).Compute()];
        for (int column = 0; column < columns; column++)
        {
            double[] values = [.. Wild.Where((_, i) => i % columns == column)];
            double exact = (double)Exact(values) * Math.ScaleB(1, -100);
            double allowed = Math.Abs(Math.BitIncrement(exact) - exact) + (roundings * Math.ScaleB(values.Sum(Math.Abs), -53));
            Assert.InRange(down[column], exact - allowed, exact + allowed);
        }
    }

    [Fact]
    public void A_sum_of_floats_is_rounded_once_from_double()
    {
        float[] thirds = [.. Enumerable.Repeat(1f / 3, 1_000_000)];
        Assert.Equal((float)(1_000_000 * (double)(1f / 3)), ChunkedArray.From(thirds).Sum().Compute());
        Assert.Equal(1f / 3, ChunkedArray.From(thirds).Mean().Compute());
    }

    [Fact]
    public void Infinities_and_NaN_come_through_sums_as_in_NumPy()
    {
        const double Infinity = double.PositiveInfinity;
        Assert.Equal(Infinity, ChunkedArray.From([1.0, Infinity, 2]).Sum().Compute());
        Assert.Equal(double.NaN, ChunkedArray.From([Infinity, -Infinity]).Sum().Compute());
        Assert.Equal(double.NaN, ChunkedArray.From([1, double.NaN]).Sum().Compute());
        Assert.Equal(double.NaN, ChunkedArray.From([Infinity, 1]).Var().Compute());
        Assert.Equal(double.NaN, ChunkedArray.Zeros<double>([0]).Mean().Compute());
        Assert.Equal(0, ChunkedArray.Zeros<double>([0]).Sum().Compute());
        Assert.Equal(1, ChunkedArray.Zeros<double>([0]).Prod().Compute());
        Assert.Equal(Infinity, ChunkedArray.From([1.0, 2]).Var(ddof: 2).Compute());
    }

    [Fact]
    [Trait("Executor", "cpu")] // values that enter their states one after another lose more of so large a mean than partial moments do
    public void A_variance_survives_a_large_mean_and_large_elements()
    {
        double[] near = [.. Draw(seed: 2, 50_000, random => 1e9 + random.Next(3))];
        BigInteger sum = 0, squares = 0;
        foreach (double value in near)
            (sum, squares) = (sum + (BigInteger)(value - 1e9), squares + BigInteger.Pow((BigInteger)(value - 1e9), 2));
        double exact = (((double)squares * near.Length) - Math.Pow((double)sum, 2)) / Math.Pow(near.Length, 2);

        // A mean of 1e9 is known to 1e-7, which is what joining partial moments may lose.
        Assert.Equal(exact, ChunkedArray.From(near, chunks: [777]).Var().Compute(), 1e-7);
        Assert.Equal(exact, ChunkedArray.From(near).Reshape(-1, 2).Var(axis: 0).Mean().Compute(), 1e-4);

        // Squares of these overflow, but not the distances from their mean.
        Assert.Equal(0, ChunkedArray.From([1e200, 1e200, 1e200]).Var().Compute());
        Assert.Equal(0, ChunkedArray.Full(-1e300, [3, 4]).Std(axis: 0).Max().Compute());
    }

    private static IEnumerable<double> Draw(int seed, int count, Func<Random, double> next)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
            yield return next(random);
    }

    /// <summary>The exact sum in units of 2^-100, which none of the elements has bits below.</summary>
    private static BigInteger Exact(IEnumerable<double> values)
    {
        BigInteger sum = 0;
        foreach (double value in values)
            sum += new BigInteger(Math.ScaleB(value, 100));
        return sum;
    }
}
