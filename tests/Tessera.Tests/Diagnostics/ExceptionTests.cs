namespace Tessera.Tests.Diagnostics;

public class ExceptionTests
{
    [Fact]
    public void A_failed_computation_names_operation_block_and_cause()
    {
        var cause = new InvalidDataException("Strip 3 ends early.");
        var failure = new ComputationException("mean over all ← movie.tif", "[2..3, 0..512]", cause);
        Assert.Equal("The computation failed: Strip 3 ends early. While computing mean over all ← movie.tif, block [2..3, 0..512].", failure.Message);
        Assert.Equal(("mean over all ← movie.tif", "[2..3, 0..512]"), (failure.Operation, failure.Block));
        Assert.Same(cause, failure.InnerException);
    }

    [Fact]
    public void The_failure_of_a_function_is_told_before_where_it_happened()
    {
        ChunkedArray<int> x = ChunkedArray.FromFunction<int>(_ => throw new FormatException("no number"), [4]);
        string message = Assert.Throws<ComputationException>(() => x.Compute()).Message;
        Assert.StartsWith("The computation failed: no number. While computing ", message);
        Assert.EndsWith(", block [0..4].", message);
    }

    [Fact]
    public void A_refused_computation_says_what_needs_how_much_and_what_to_do()
    {
        var refusal = new MemoryBudgetException("Rechunk", 3L << 30, 512L << 20);
        Assert.Equal(
            "Rechunk needs 3 GiB at once, and the memory budget is 512 MiB. Raise ComputeOptions.MemoryBudget, or reduce over less at a time: slice the array first.",
            refusal.Message);
        Assert.Equal(("Rechunk", 3L << 30, 512L << 20), (refusal.Operation, refusal.RequiredBytes, refusal.BudgetBytes));
    }

    [Fact]
    public void A_result_that_does_not_fit_is_to_be_made_smaller_or_saved()
    {
        ChunkedArray<double> x = ChunkedArray.Zeros<double>([1024, 1024]);
        string message = Assert.Throws<MemoryBudgetException>(() => x.Compute(new ComputeOptions { MemoryBudget = 1 << 20 })).Message;
        Assert.Equal(
            "a result of shape (1024, 1024) needs 8 MiB at once, and the memory budget is 1 MiB. Slice or reduce it, Save it to a file, or raise ComputeOptions.MemoryBudget.",
            message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(long.MinValue)]
    public void A_memory_budget_of_nothing_is_refused_when_it_is_set(long budget)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(nameof(ComputeOptions.MemoryBudget), () => new ComputeOptions { MemoryBudget = budget });
        Assert.StartsWith($"A memory budget of {budget} bytes was set; ", refusal.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ComputeOptions() with { MemoryBudget = budget });
        Assert.Null(new ComputeOptions { MemoryBudget = null }.MemoryBudget);
    }
}
