namespace Tessera.Memory;

/// <summary>The memory that a computation takes, as it is told to people: what its tasks reserve, and its result.</summary>
/// <param name="Budget">Where tasks reserve; runs within the computation share it.</param>
/// <param name="ResultBytes">Taken from the beginning on.</param>
internal sealed record RunMemory(MemoryBudget Budget, long ResultBytes)
{
    /// <summary>Now.</summary>
    public long Bytes => Budget.Reserved + ResultBytes;

    /// <summary>The most so far.</summary>
    public long PeakBytes => Budget.Peak + ResultBytes;
}
