namespace Tessera.Tests.Arrays;

public class LazyScalarTests
{
    private static readonly ChunkedArray<int> X = ChunkedArray.From([3, 1, 2], chunks: [2]);

    [Fact]
    public void Lazy_scalars_are_compared_with_each_other_and_with_values()
    {
        LazyScalar<bool> isLess = X.Min() < X.Max();
        Assert.True(isLess.Compute());
        Assert.Equal([false, true], [(X.Mean() < 2).Compute(), (X.Mean() <= 2).Compute()]);
        Assert.Equal([false, true], [(X.Max() > 3).Compute(), (3 >= X.Max()).Compute()]);
        Assert.Equal([false, false], [(X.Mean() < double.NaN).Compute(), (X.Mean() >= double.NaN).Compute()]);
    }

    [Fact]
    public void A_lazy_scalar_is_compared_with_the_elements_of_an_array() => Assert.Equal([true, false, true], (X > X.Min()).Compute());

    [Fact]
    public void A_lazy_scalar_says_what_it_is_and_how_to_get_the_value()
    {
        Assert.Equal("LazyScalar<double>: divide ← cast to double ← sum over all; Compute() gives the value", X.Mean().ToString());
        Assert.Equal("LazyScalar<int>: max over all ← memory int (3,); Compute() gives the value", X.Max().ToString());
    }

    [Fact]
    public void The_only_element_of_an_array_is_a_scalar_whatever_its_rank()
    {
        Assert.Equal(1, X[1].AsScalar().Compute());
        Assert.Equal(3, X.Max(axis: 0, keepDims: true).AsScalar().Compute());
        Assert.Equal([1, -1, 0], (X - X[^1..].Reshape(1, 1, 1).AsScalar()).Compute());
        Assert.Equal(1, X[1].AsScalar().AsArray().Compute().Rank);
    }

    [Fact]
    public void An_array_of_more_or_no_elements_is_no_scalar()
    {
        Assert.Contains("(3,)", Assert.Throws<InvalidOperationException>(() => X.AsScalar()).Message);
        Assert.Contains("(0,)", Assert.Throws<InvalidOperationException>(() => X[3..].AsScalar()).Message);
    }
}
