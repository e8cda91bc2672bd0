namespace Tessera.Tests.Lowering.Decisions;

/// <summary>Operations that a result leads to in very many ways.</summary>
public sealed class SharedWorkTests
{
    [Fact]
    public void A_stencil_repeated_forty_times_is_computed_in_steps()
    {
        ChunkedArray<double> x = ChunkedArray.Linspace(0, 1, 2000);
        double[] expected = [.. x.Compute()];
        for (int step = 0; step < 40; step++)
        {
            x = (x[1..] + x[..^1]) / 2;
            expected = [.. expected.Skip(1).Zip(expected, (right, left) => (right + left) / 2)];
        }

        Assert.Equal(expected, x.Compute().ToArray());
        Assert.Contains("keep:", x.Explain());
    }

    [Fact]
    public void A_recurrence_of_two_terms_goes_on_for_hundreds_of_steps()
    {
        ChunkedArray<long> before = ChunkedArray.Zeros<long>([100]) + 1, now = before + 1;
        (long plainBefore, long plainNow) = (1, 2);
        for (int step = 0; step < 640; step++)
        {
            (before, now) = (now, before + now);
            (plainBefore, plainNow) = (plainNow, unchecked(plainBefore + plainNow));
        }

        Assert.All(now.Compute(), element => Assert.Equal(plainNow, element));
    }

    /// <summary>A kernel does what is shared within it once, in however many ways it leads there.</summary>
    [Fact]
    public void Ordinary_sharing_is_fused_and_not_kept()
    {
        ChunkedArray<double> y = ChunkedArray.From(new double[100]) + 1;
        for (int i = 0; i < 9; i++)
            y *= y;

        Assert.DoesNotContain("keep", y.Explain());
        Assert.DoesNotContain("keep", (y * y).Sum().Explain());
    }
}
