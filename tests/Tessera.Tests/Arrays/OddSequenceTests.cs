namespace Tessera.Tests.Arrays;

/// <summary>What is null is told by its name.</summary>
public class OddSequenceTests
{
    [Fact]
    public void A_null_array_in_a_sequence_is_named()
    {
        ChunkedArray<double> x = ChunkedArray.Arange(3.0);
        foreach (Func<object> join in new Func<object>[] { () => ChunkedArray.Concatenate([x, null!]), () => ChunkedArray.Stack([x, null!]) })
        {
            var failure = Assert.Throws<ArgumentException>(join);
            Assert.Equal("arrays", failure.ParamName);
            Assert.StartsWith("Array 1 of the sequence, which has 2, is null", failure.Message);
        }
    }

    [Fact]
    public void A_null_output_is_named()
    {
        var failure = Assert.Throws<ArgumentException>(() => ChunkedArray.SaveAll([null!]));
        Assert.Equal("outputs", failure.ParamName);
        Assert.StartsWith("Output 0 of the sequence, which has 1, is null", failure.Message);
    }

    [Fact]
    public void A_null_scheduler_is_named() =>
        Assert.Equal("Scheduler", Assert.Throws<ArgumentNullException>(() => new ComputeOptions { Scheduler = null! }).ParamName);
}
