using Tessera.Steps;

namespace Tessera.Lowering;

/// <summary>
/// How a plan saves memory, once the one of the least work doesn't fit into the budget. The budget chooses among these alone, in this order; what is
/// chosen depends on nothing else but shapes, types and storage.
/// <code>
/// as it is best  →  few states  →  so many decisions concede, as few as will do  →  cells as large as fit, where they cut across storage  →  nothing is read aside
/// </code>
/// </summary>
/// <param name="Concessions">So many decisions give way: what was to be kept is made anew for each step, or for each reader.</param>
/// <param name="CutAcrossElements">Elements of a cell that cuts across the storage of a source: the larger, the fewer times a storage chunk is decoded.</param>
/// <param name="StateBytes">What the states of all segments of a reduction may take together.</param>
/// <param name="ReadsAside">Sources that are read asynchronously are read into blocks, by tasks of their own; else within the tasks that need them.</param>
internal sealed record Saving(int Concessions, long CutAcrossElements, long StateBytes, bool ReadsAside = true)
{
    /// <summary>Elements of a task that fills a cell.</summary>
    public const long CellElements = 1L << 20;

    /// <summary>Cells are doubled so often at most.</summary>
    private const int MostDoublings = 7; // a cell goes to a sink as one span

    /// <summary>After so many rounds, in each of which all decisions concede something, they concede everything.</summary>
    private const int MostRounds = 4;

    public static Saving None { get; } = new(0, CellElements, 256L << 20);

    /// <summary>Nothing is kept but what plans can't do without.</summary>
    public static Saving All { get; } = None with { Concessions = int.MaxValue };

    public static Saving FewStates { get; } = None with { StateBytes = 8L << 20 };

    /// <summary>The first plan that fits, of the one that takes the least work and those that save memory; else one that doesn't.</summary>
    /// <param name="planWith">Makes a plan.</param>
    /// <param name="fits">True where so many bytes at a time are within the budget.</param>
    public static LoweredPlan Plan(Func<Saving, LoweredPlan> planWith, Func<long, bool> fits)
    {
        LoweredPlan made = planWith(None);
        if (Fits(made))
            return made;

        // Few states of reductions cost the least, if they are what doesn't fit.
        Saving saving = None;
        if (made.Plan.KeepsStates)
        {
            saving = FewStates;
            made = planWith(saving);
        }

        // Rounds of concessions until a plan fits; then as few of the last round as will do.
        (int tooFew, int enough) = (0, 0);
        for (int round = 0; !Fits(made) && made.Choices.Concessions > 0; round++)
        {
            tooFew = enough;
            enough = round < MostRounds ? enough + made.Choices.Concessions : int.MaxValue;
            saving = saving with { Concessions = enough };
            made = planWith(saving);
        }

        if (!Fits(made))
            return made.Plan.ReadsAside ? planWith(saving with { ReadsAside = false }) : made;

        while (enough < int.MaxValue && enough - tooFew > 1)
        {
            int half = tooFew + ((enough - tooFew) / 2);
            LoweredPlan tried = planWith(saving with { Concessions = half });
            if (Fits(tried))
                (enough, made, saving) = (half, tried, saving with { Concessions = half });
            else
                tooFew = half;
        }

        return made.Plan is { CutsAcross: true, Forecast: var forecast } && forecast.BytesDecoded > forecast.BytesRead
            ? WithLargerCells(made, saving, planWith, fits)
            : made;

        bool Fits(LoweredPlan plan) => fits(plan.Plan.Forecast.PeakBytes);
    }

    /// <summary>The largest cells of which two fit at a time, so that not all workers but one wait.</summary>
    private static LoweredPlan WithLargerCells(LoweredPlan made, Saving saving, Func<Saving, LoweredPlan> planWith, Func<long, bool> fits)
    {
        for (int doublings = 1; doublings <= MostDoublings; doublings++)
        {
            LoweredPlan larger = planWith(saving with { CutAcrossElements = CellElements << doublings });
            MemoryForecast forecast = larger.Plan.Forecast;
            if (!fits(2 * forecast.PeakBytes))
                break;
            made = larger;
            if (forecast.BytesDecoded == forecast.BytesRead)
                break;
        }

        return made;
    }
}
