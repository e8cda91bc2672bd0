namespace Tessera.Tests.Recipes;

/// <summary>Views that step over elements which need not be read, of arrays that don't lie in memory.</summary>
public class SparseViewTests
{
    [Fact]
    public void Every_other_row_that_is_broadcast_along_the_columns_keeps_its_own_values()
    {
        ChunkedArray<long> column = ChunkedArray.FromFunction(index => index[0], [100, 1]);
        ChunkedArray<long> zeros = ChunkedArray.FromFunction(_ => 0L, [50, 64]);

        var sum = (column[Slice.Every(2)] + zeros).Compute();

        for (int row = 0; row < 50; row++)
        {
            for (int at = 0; at < 64; at++)
                Assert.Equal(2 * row, sum[row, at]);
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(-1000)]
    [InlineData(7)]
    public void A_step_along_the_rows_takes_the_elements_it_names(int step)
    {
        ChunkedArray<long> grid = ChunkedArray.FromFunction(index => (index[0] * 100_000) + index[1], [3, 100_000]);

        var seen = grid[.., Slice.Every(step)].Compute();

        Assert.Equal((100_000 + Math.Abs(step) - 1) / Math.Abs(step), seen.Lengths[1]);
        for (int row = 0; row < 3; row++)
        {
            for (int at = 0; at < seen.Lengths[1]; at++)
                Assert.Equal((row * 100_000) + (step > 0 ? 0 : 99_999) + ((long)at * step), seen[row, at]);
        }
    }

    [Fact]
    public void What_is_stepped_over_takes_no_memory()
    {
        var options = new ComputeOptions { MemoryBudget = 64L << 20 };
        ChunkedArray<double> line = new ChunkedRandom(1).Uniform([1_000_000_000]);
        ChunkedArray<double> rows = new ChunkedRandom(1).Uniform([10_000_000, 10]);

        Assert.InRange(line[Slice.Every(1_000_000)].Mean().Compute(options), 0.4, 0.6);
        Assert.InRange(rows[Slice.Every(1_000)].Mean().Compute(options), 0.45, 0.55);
    }
}
