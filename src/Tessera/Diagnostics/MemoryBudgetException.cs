using Tessera.Diagnostics;

namespace Tessera;

/// <summary>A computation was refused before it began, because one of its steps needs more memory than the budget has.</summary>
public sealed class MemoryBudgetException : InvalidOperationException
{
    internal MemoryBudgetException(string operation, long requiredBytes, long budgetBytes)
        : base($"{operation} needs {ByteSize.Format(requiredBytes)} at once, and the memory budget is {ByteSize.Format(budgetBytes)}. " +
               "Use smaller chunks (Rechunk, or the chunks given where the array was made), or set a larger ComputeOptions.MemoryBudget.")
        => (Operation, RequiredBytes, BudgetBytes) = (operation, requiredBytes, budgetBytes);

    /// <summary>The operation that needs the most, as plans name it.</summary>
    public string Operation { get; }

    /// <summary>The bytes that it needs at once.</summary>
    public long RequiredBytes { get; }

    /// <summary>The bytes that the computation may hold.</summary>
    public long BudgetBytes { get; }
}
