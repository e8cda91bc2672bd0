namespace Tessera.Tests.Arrays;

/// <summary>Expressions of many operations: loops in user code make chains of any length.</summary>
public class LargeExpressionTests
{
    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void A_chain_of_any_length_computes(int length)
    {
        ChunkedArray<int> x = ChunkedArray.Arange(10);
        for (int i = 0; i < length; i++)
            x += 1;
        Assert.Equal([.. Enumerable.Range(length, 10)], x.Compute());
    }

    [Fact]
    public void A_chain_of_slices_becomes_one()
    {
        ChunkedArray<int> x = ChunkedArray.Arange(10_001);
        for (int i = 0; i < 10_000; i++)
            x = x[1..];
        Assert.Equal([10_000], x.Compute());
    }

    [Fact]
    public void A_chain_of_reductions_and_broadcasts_computes()
    {
        ChunkedArray<double> x = ChunkedArray.Arange(16.0);
        for (int i = 0; i < 200; i++)
            x = x - x.Mean() + 1;
        Assert.Equal(1, x.Mean().Compute(), 1e-9);
    }

    [Fact]
    public void Shared_subtrees_cost_what_their_number_says()
    {
        ChunkedArray<long> x = ChunkedArray.Arange(4L);
        for (int i = 0; i < 60; i++)
            x += x;
        Assert.Equal([0, 1L << 60, 1L << 61, 3L << 60], x.Compute());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2000)]
    public void Steps_that_read_the_two_before_them_cost_what_their_number_says(int steps)
    {
        ChunkedArray<int> before = new ChunkedRandom(1).Integers(0, 100, [50]), last = before + 1;
        int[] expectedBefore = before.Compute().ToArray(), expectedLast = last.Compute().ToArray();
        for (int i = 0; i < steps; i++)
        {
            (before, last) = (last, before + (last * 3));
            (expectedBefore, expectedLast) = (expectedLast, [.. expectedBefore.Zip(expectedLast, (a, b) => unchecked(a + (b * 3)))]);
        }

        Assert.Equal(expectedLast, last.Compute());
        Assert.Equal(expectedLast.Sum(value => (long)value), last.Sum().Compute());
    }

    [Fact]
    public void Steps_that_read_their_neighbours_cost_what_their_number_says()
    {
        ChunkedArray<long> x = ChunkedArray.Arange(101L) % 7;
        long[] expected = [.. Enumerable.Range(0, 101).Select(i => i % 7L)];
        for (int i = 0; i < 100; i++)
        {
            x = x[1..] + (x[..^1] * 3);
            expected = [.. expected.Skip(1).Zip(expected, (next, own) => unchecked(next + (own * 3)))];
        }

        Assert.Equal(expected, x.Compute());
    }

    [Fact]
    public void Thousands_of_arrays_are_stacked()
    {
        ChunkedArray<int>[] rows = [.. Enumerable.Range(0, 3000).Select(i => ChunkedArray.Full(i, [2]))];
        Assert.Equal(2 * 2999 * 3000 / 2, ChunkedArray.Stack(rows).Sum().Compute());
        Assert.Equal(2999, ChunkedArray.Stack(rows)[^1, 0].Compute()[0]);
    }
}
