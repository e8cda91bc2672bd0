using Tessera.Steps;

namespace Tessera.Lowering;

/// <summary>
/// How a plan saves memory, once the one of the least work doesn't fit into the budget. The budget chooses among these alone, in this order; what is
/// chosen depends on nothing else but shapes, types and storage.
/// <code>
/// as it is best  →  sources read anew, by as large cells as fit  →  the same, with few states
/// </code>
/// </summary>
/// <param name="KeepExpensiveSources">Sources that are expensive to read and needed twice are kept in blocks; else they are read anew.</param>
/// <param name="CutAcrossElements">Elements of a cell that cuts across the storage of a source: the larger, the fewer times a storage chunk is decoded.</param>
/// <param name="StateBytes">What the states of all segments of a reduction may take together.</param>
internal sealed record Saving(bool KeepExpensiveSources, long CutAcrossElements, long StateBytes)
{
    /// <summary>Elements of a task that fills a cell.</summary>
    public const long CellElements = 1L << 20;

    /// <summary>Cells are doubled so often at most.</summary>
    private const int MostDoublings = 7; // a cell goes to a sink as one span

    public static Saving None { get; } = new(true, CellElements, 256L << 20);

    public static Saving Reread { get; } = None with { KeepExpensiveSources = false };

    public static Saving FewStates { get; } = Reread with { StateBytes = 8L << 20 };

    /// <summary>The first plan that fits, of the one that takes the least work and those that save memory; else one that doesn't.</summary>
    /// <param name="planWith">Makes a plan.</param>
    /// <param name="fits">True where so many bytes at a time are within the budget.</param>
    public static TPlan Plan<TPlan>(Func<Saving, (TPlan Made, Plan Plan)> planWith, Func<long, bool> fits)
    {
        (TPlan made, Plan plan) = planWith(None);
        if (fits(plan.Forecast.PeakBytes))
            return made;

        // Plans take a while where parts are many: none is made that would be the same.
        TPlan reread = made;
        if (plan.KeepsSources)
            (reread, plan) = planWith(Reread);
        if (fits(plan.Forecast.PeakBytes))
            return plan.CutsAcross && plan.Forecast.BytesDecoded > plan.Forecast.BytesRead ? WithLargerCells(reread, planWith, fits) : reread;

        if (!plan.KeepsStates)
            return reread;
        (made, plan) = planWith(FewStates);
        return fits(plan.Forecast.PeakBytes) ? made : reread;
    }

    /// <summary>The largest cells of which two fit at a time, so that not all workers but one wait.</summary>
    private static TPlan WithLargerCells<TPlan>(TPlan reread, Func<Saving, (TPlan Made, Plan Plan)> planWith, Func<long, bool> fits)
    {
        for (int doublings = 1; doublings <= MostDoublings; doublings++)
        {
            (TPlan made, Plan plan) = planWith(Reread with { CutAcrossElements = CellElements << doublings });
            if (!fits(2 * plan.Forecast.PeakBytes))
                break;
            reread = made;
            if (plan.Forecast.BytesDecoded == plan.Forecast.BytesRead)
                break;
        }

        return reread;
    }
}
