namespace Tessera.Tests.Arrays;

public class SummaryTests
{
    [Fact]
    public void An_array_beyond_all_memory_is_summed_up_at_once()
    {
        ChunkedArray<byte> zeros = ChunkedArray.Zeros<byte>([1L << 50]);
        Assert.Contains("1 PiB", zeros.ToString());
        Assert.Contains("1,073,741,824 tasks", zeros.ToString());
        Assert.Contains("tasks", (zeros + zeros[Slice.Reverse]).ToHtml());
    }

    [Fact]
    public void A_small_array_says_its_tasks_exactly()
    {
        // Of the source, read twice and so held in blocks, the last half is not needed.
        ChunkedArray<double> source = ChunkedArray.FromFunction(index => (double)index[0], [8 << 20])[..(4 << 20)];
        Assert.Contains("8 tasks", (source[1..] - source[..^1]).ToString());
    }

    [Fact]
    public void A_plan_that_does_not_fit_is_explained_and_then_refused()
    {
        var options = new ComputeOptions { MemoryBudget = 1 << 20 };
        ChunkedArray<double> large = ChunkedArray.Ones<double>([1 << 20]);

        string plan = large.Explain(options);

        Assert.Contains("8 MiB", plan);
        Assert.Contains("over the memory budget of 1 MiB", plan);
        Assert.DoesNotContain("budget", large.Explain());
        Assert.Throws<MemoryBudgetException>(() => large.Compute(options));
    }
}
