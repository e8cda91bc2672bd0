using Tessera.Expressions;
using Tessera.Kernels;
using Tessera.Optimization;

namespace Tessera.Tests.Optimization;

public sealed class SwapShortRowsTests
{
    private static readonly SumReduction Sum = new(ElementType.Int64);

    [Theory]
    [InlineData(new long[] { 100, 50, 3 }, new[] { 2 }, new long[] { 3, 100, 50 }, new[] { 0 })] // reduced colours move out
    [InlineData(new long[] { 1000, 3 }, new[] { 0 }, new long[] { 3, 1000 }, new[] { 1 })] // kept coordinates move out
    [InlineData(new long[] { 7, 40, 5 }, new[] { 0, 2 }, new long[] { 7, 5, 40 }, new[] { 0, 1 })] // and stay behind what is reduced before them
    [InlineData(new long[] { 7, 40, 2, 2 }, new[] { 1 }, new long[] { 7, 2, 2, 40 }, new[] { 3 })]
    public void Short_rows_change_places_with_the_axes_before_them(long[] shape, int[] axes, long[] seen, int[] reduced)
    {
        ArrayExpression? rewritten = new SwapShortRows().Rewrite(Reduce.Of(Sum, Indexes(shape), axes));

        Reduce swapped = Assert.IsType<Reduce>(rewritten);
        Assert.Equal(Shape.Create(seen), swapped.Input.Shape);
        Assert.Equal(reduced, swapped.Axes.ToArray());
    }

    [Theory]
    [InlineData(new long[] { 100, 32 }, new[] { 1 })] // rows are long enough
    [InlineData(new long[] { 31, 3 }, new[] { 1 })] // the others are no longer
    [InlineData(new long[] { 100, 3 }, new[] { 0, 1 })] // nothing to change places with
    [InlineData(new long[] { 100, 0 }, new[] { 1 })]
    public void Other_reductions_stay_as_they_are(long[] shape, int[] axes) =>
        Assert.Null(new SwapShortRows().Rewrite(Reduce.Of(Sum, Indexes(shape), axes)));

    [Fact]
    public void Answers_stay_the_same()
    {
        ChunkedArray<long> pixels = ChunkedArray.Arange(70L * 50 * 3).Reshape(70, 50, 3);
        var written = new ComputeOptions { Optimize = false };

        Assert.Equal(pixels.Sum(axis: 2).Compute(written).ToArray(), pixels.Sum(axis: 2).Compute().ToArray());
        Assert.Equal(pixels.Max(axes: [0, 1]).Compute(written).ToArray(), pixels.Max(axes: [0, 1]).Compute().ToArray());
        Assert.Equal(pixels.ArgMax(axes: [0, 2]).Compute(written).ToArray(), pixels.ArgMax(axes: [0, 2]).Compute().ToArray());
        Assert.Equal(pixels.ArgMin(axis: 2).Compute(written).ToArray(), pixels.ArgMin(axis: 2).Compute().ToArray());
    }

    private static ArrayExpression Indexes(long[] shape) => ChunkedArray.Zeros<long>(Shape.Create(shape)).Expression;
}
