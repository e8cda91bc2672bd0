namespace Tessera;

public static partial class ChunkedArray
{
    /// <summary>
    /// Computes several arrays in one run, block by block, each into its sink. The arrays advance side by side, and what is expensive to read and shared by
    /// several is read once, while the memory budget allows. When all is written, the sinks are completed in their order; when the run fails or is
    /// cancelled, all remove what was written.
    /// </summary>
    /// <param name="outputs">The arrays, each with its sink.</param>
    /// <param name="options">How they are computed.</param>
    /// <exception cref="ArgumentException">An output is null, a sink is given twice, or its storage chunks have another rank than its array.</exception>
    /// <exception cref="NotSupportedException">A sink can't hold its array.</exception>
    /// <exception cref="ComputationException">A task failed; says which operation, which block, and why.</exception>
    /// <exception cref="MemoryBudgetException">The plan needs more memory than the budget.</exception>
    /// <exception cref="OperationCanceledException">The computation was cancelled.</exception>
    public static void SaveAll(IEnumerable<ArrayOutput> outputs, ComputeOptions? options = null)
    {
        ArrayOutput[] all = Checked(outputs);
        if (all.Length > 0)
            Driver.Here(options, (how, here) => Results.SaveAsync(all, how, here));
    }

    /// <summary><see cref="SaveAll"/> on other threads; it occupies none of them while all that is left waits.</summary>
    /// <inheritdoc cref="SaveAll"/>
    public static Task SaveAllAsync(IEnumerable<ArrayOutput> outputs, ComputeOptions? options = null)
    {
        ArrayOutput[] all = Checked(outputs); // as they are now: the caller may go on with the sequence
        return all.Length > 0 ? Driver.Elsewhere(options, (how, here) => Results.SaveAsync(all, how, here)) : Task.CompletedTask;
    }

    private static ArrayOutput[] Checked(IEnumerable<ArrayOutput> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArrayOutput[] all = [.. outputs];
        if (Array.IndexOf(all, null) is >= 0 and var missing)
            throw new ArgumentException($"Output {missing} of the sequence, which has {all.Length}, is null; give an array with its sink for each.", nameof(outputs));
        return all.GroupBy(output => output.Sink).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new ArgumentException($"{twice.Key.Name} was given for {twice.Count()} arrays, and a sink takes one; make a sink for each.", nameof(outputs))
            : all;
    }
}
