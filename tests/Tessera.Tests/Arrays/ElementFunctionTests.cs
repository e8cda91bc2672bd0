namespace Tessera.Tests.Arrays;

/// <summary>How often a user's function of the index is called: what an expression needs in one pass, it needs once.</summary>
[Trait("Scheduler", "threads")] // calls are counted in this process
public class ElementFunctionTests
{
    private const int Length = 60_000;

    private long _calls;

    [Fact]
    public void A_pass_calls_it_once_for_each_element_however_often_it_is_written()
    {
        ChunkedArray<double> f = Counted([Length], [7000]);
        Assert.Equal(1, CallsPerElement(f.Sum(), Length));
        Assert.Equal(1, CallsPerElement((f + (f * f)).Sum(), Length));
        Assert.Equal(1, CallsPerElement((f / 1000).Exp().Max(), Length));
        Assert.Equal(1, CallsPerElement(f.Reshape(200, 300).Max(), Length));
    }

    [Fact]
    public void What_several_passes_or_shifted_views_need_is_called_once_and_kept()
    {
        ChunkedArray<double> f = Counted([Length], [7000]);
        Assert.Equal(1, CallsPerElement((f - f.Mean()).Square().Mean(), Length));
        Assert.Equal(1, CallsPerElement((f[1..] - f[..^1]).Max(), Length), 0.01);
        Assert.Equal(1, CallsPerElement((f + f[Slice.Reverse]).Max(), Length));
        Assert.Equal(1, CallsPerElement((f.Reshape(200, 300) - f.Reshape(200, 300).Mean(axis: 1, keepDims: true)).Max(), Length));
        Assert.Equal(1, CallsPerElement(Enumerable.Range(0, 20).Select(k => f[k..(Length - 20 + k)]).Aggregate((a, b) => a + b).Max(), Length), 0.01);
    }

    [Fact]
    public void What_is_broadcast_is_called_far_less_often_than_it_is_used()
    {
        ChunkedArray<double> row = Counted([500], [500]), ones = ChunkedArray.Ones<double>([4000, 500]);
        Assert.InRange(CallsPerElement((ones * row).Sum(), ones.Length), 0, 0.1);
        Assert.InRange(CallsPerElement((ones * row.Exp()).Sum(), ones.Length), 0, 0.1);
        Assert.InRange(CallsPerElement((row[.., Slice.NewAxis] * row).Sum(), 500 * 500), 0, 0.1);
    }

    private ChunkedArray<double> Counted(Shape shape, Chunks chunks) => ChunkedArray.FromFunction(
        index =>
        {
            Interlocked.Increment(ref _calls);
            return Math.Sqrt(index[0]);
        },
        shape,
        chunks);

    private double CallsPerElement(LazyScalar<double> scalar, long elements)
    {
        _calls = 0;
        scalar.Compute();
        return (double)_calls / elements;
    }
}
