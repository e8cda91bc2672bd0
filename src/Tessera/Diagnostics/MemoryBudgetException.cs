using Tessera.Diagnostics;

namespace Tessera;

/// <summary>
/// A computation was refused before it began: its result, or one of its steps, needs more memory than the budget has. A result is sliced, reduced
/// or saved; a step is given a larger budget, or less to reduce over. Other chunks make no difference: a plan cuts the work in its own way.
/// </summary>
public sealed class MemoryBudgetException : InvalidOperationException
{
    internal MemoryBudgetException(string operation, long requiredBytes, long budgetBytes, bool isResult = false)
        : base($"{operation} needs {ByteSize.Format(requiredBytes)} at once, and the memory budget is {ByteSize.Format(budgetBytes)}. " +
               (isResult
                   ? "Slice or reduce it, Save it to a file, or raise ComputeOptions.MemoryBudget."
                   : "Raise ComputeOptions.MemoryBudget, or reduce over less at a time: slice the array first."))
        => (Operation, RequiredBytes, BudgetBytes) = (operation, requiredBytes, budgetBytes);

    /// <summary>The result, or the operation that needs the most, as plans name it.</summary>
    public string Operation { get; }

    /// <summary>The bytes that it needs at once.</summary>
    public long RequiredBytes { get; }

    /// <summary>The bytes of memory that the computation may take.</summary>
    public long BudgetBytes { get; }
}
