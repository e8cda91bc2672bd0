namespace Tessera.Tests.Diagnostics;

public class ExceptionTests
{
    [Fact]
    public void A_failed_computation_names_operation_block_and_cause()
    {
        var cause = new InvalidDataException("Strip 3 ends early.");
        var failure = new ComputationException("Read movie.tif", "block (2, 0, 1)", cause);
        Assert.Equal("Read movie.tif failed for block (2, 0, 1): Strip 3 ends early.", failure.Message);
        Assert.Equal(("Read movie.tif", "block (2, 0, 1)"), (failure.Operation, failure.Block));
        Assert.Same(cause, failure.InnerException);
    }

    [Fact]
    public void A_refused_computation_says_what_needs_how_much_and_what_to_do()
    {
        var refusal = new MemoryBudgetException("Rechunk", 3L << 30, 512L << 20);
        Assert.StartsWith("Rechunk needs 3 GiB at once, and the memory budget is 512 MiB. Use smaller chunks", refusal.Message);
        Assert.Contains("ComputeOptions.MemoryBudget", refusal.Message);
        Assert.Equal(("Rechunk", 3L << 30, 512L << 20), (refusal.Operation, refusal.RequiredBytes, refusal.BudgetBytes));
    }
}
