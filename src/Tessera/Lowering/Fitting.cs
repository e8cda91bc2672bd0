namespace Tessera.Lowering;

/// <summary>
/// Looks for the plan of the least work that fits into a budget. Each plan that is tried takes as long as the first, so that what their forecasts say of the next
/// ones is used: mostly fewer than ten are made.
/// <code>
/// a plan takes 200 MiB, one in which ten decisions concede 40, and 100 are there:   seven are tried next, then six
/// </code>
/// </summary>
/// <param name="planWith">Makes a plan.</param>
/// <param name="budget">Bytes that it may take.</param>
/// <param name="mayCutAcross">True if some destination asks for chunks, which may cut across the storage of sources.</param>
internal sealed class Fitting(Func<Saving, LoweredPlan> planWith, long budget, bool mayCutAcross)
{
    /// <summary>After so many rounds, in each of which all decisions concede something, they concede everything.</summary>
    private const int MostRounds = 4;

    /// <summary>As few decisions concede as will do, to so many parts of those of a round.</summary>
    private const int PartsOfRound = 32;

    /// <summary>Parts of the budget, of which one is left to other workers' cells where a plan takes passes.</summary>
    private const long PartsOfBudget = 8;

    /// <summary>For a first guess at the elements of a part: twice the bytes of most elements, for there is more than the part.</summary>
    private const long BytesBesideElement = 16;

    /// <summary>So many sizes of a pass are tried, and perhaps one more.</summary>
    private const int MostSizes = 4;

    /// <summary>What decoding may cost more if several cells can be filled at a time.</summary>
    private const double WorthOfOthers = 1.25;

    /// <summary>The first plan that fits, of the one that takes the least work and those that save memory; else one that doesn't.</summary>
    public LoweredPlan Plan()
    {
        LoweredPlan made = planWith(Saving.None);
        if (Fits(made))
            return made;

        // Few states of reductions cost the least, if they are what doesn't fit.
        Saving saving = Saving.None;
        if (made.Plan.KeepsStates)
        {
            saving = Saving.FewStates;
            made = planWith(saving);
        }

        // Rounds of concessions until a plan fits; then as few of the last round as will do.
        (int Concessions, long Bytes) tooFew = default;
        for (int round = 0; !Fits(made) && made.Choices.Concessions > 0; round++)
        {
            tooFew = (saving.Concessions, BytesOf(made));
            saving = saving with { Concessions = round < MostRounds ? saving.Concessions + made.Choices.Concessions : int.MaxValue };
            made = planWith(saving);
        }

        if (!Fits(made))
            return WithAllSaved(made, saving);
        if (saving.Concessions is > 0 and < int.MaxValue)
            (made, saving) = WithFewConcessions(made, saving, tooFew);
        return made.CutsAcross.Count > 0 && DecodesAgain(made) ? InPasses(made, saving) : made;
    }

    /// <summary>
    /// Nothing is conceded that would be made a thousand times over; but what cells would decode so often, parts may not. Else nothing is read aside.
    /// </summary>
    private LoweredPlan WithAllSaved(LoweredPlan made, Saving saving)
    {
        long elements = mayCutAcross ? budget / BytesBesideElement : 0;
        for (int tries = 0; tries < MostSizes && elements > 0; tries++, elements /= 2)
        {
            Saving inParts = saving with { Concessions = int.MaxValue, PassElements = elements };
            LoweredPlan parts = planWith(inParts);
            if (parts.CutsAcross.Count == 0)
                break;
            if (Fits(parts))
                return InPasses(parts, inParts);
        }

        return made.Plan.ReadsAside ? planWith(saving with { ReadsAside = false }) : made;
    }

    /// <summary>Fewer concessions of a round that fits as a whole. They free much the same each, so that the first guess is mostly near.</summary>
    private (LoweredPlan Plan, Saving Saving) WithFewConcessions(LoweredPlan made, Saving saving, (int Concessions, long Bytes) tooFew)
    {
        int round = saving.Concessions - tooFew.Concessions, step = Math.Max(1, round / PartsOfRound);
        double needed = Math.Clamp((tooFew.Bytes - budget) / Math.Max(1.0, tooFew.Bytes - BytesOf(made)), 0, 1);
        int few = tooFew.Concessions, guess = few + (int)Math.Ceiling(round * needed), guesses = 0;
        while (saving.Concessions - few > step)
        {
            Saving tried = saving with { Concessions = Math.Clamp(guess, few + 1, saving.Concessions - 1) };
            LoweredPlan plan = planWith(tried);
            bool fits = Fits(plan);
            if (fits)
                (made, saving) = (plan, tried);
            else
                few = tried.Concessions;
            guess = guesses++ == 0 ? tried.Concessions + (fits ? -step : step) : few + ((saving.Concessions - few) / 2);
        }

        return (made, saving);
    }

    /// <summary>
    /// Larger and larger parts, as far as they fit. What a plan takes is what its part does, and what tasks work with beside it; this hardly changes from size to
    /// size, so that it is known from the plan before.
    /// </summary>
    private LoweredPlan InPasses(LoweredPlan each, Saving saving)
    {
        long aim = budget - (budget / PartsOfBudget), beside = 0, most = each.CutsAcross.Max(array => array.Shape.Length);
        var tried = new Dictionary<long, LoweredPlan>(); // by the bytes of the parts
        LoweredPlan best = each;
        for (int size = 0; size < MostSizes && Try(aim); size++)
        {
        }

        Try(budget);
        return best;

        bool Try(long bytes)
        {
            long elements = ElementsIn(bytes - beside), part = elements > 0 ? BytesOfPart(elements) : 0;
            if (tried.TryGetValue(part, out LoweredPlan? known) && BytesOf(known) > bytes)
                part = (elements = ElementsIn(part - 1)) > 0 ? BytesOfPart(elements) : 0; // the next smaller one
            if (elements <= 0 || tried.ContainsKey(part))
                return false;
            LoweredPlan plan = planWith(saving with { PassElements = elements });
            tried.Add(part, plan);
            beside = BytesOf(plan) - part;
            if (Fits(plan) && WorkOf(plan) < WorkOf(best))
                best = plan;
            return true;
        }

        // Parts grow in whole rows of chunks, and no array's beyond the array.
        long ElementsIn(long bytes)
        {
            (long elements, long tooMany) = (0, most + 1);
            while (tooMany - elements > 1)
            {
                long middle = elements + ((tooMany - elements) / 2);
                (elements, tooMany) = BytesOfPart(middle) <= bytes ? (middle, tooMany) : (elements, middle);
            }

            return elements;
        }

        long BytesOfPart(long elements) => each.CutsAcross.Sum(array => array.ElementBytes * Passes.Of(array.Shape, array.Chunks, elements).Part.Length);

        double WorkOf(LoweredPlan plan) => plan.Plan.Forecast.BytesDecoded * (BytesOf(plan) <= aim ? 1 : WorthOfOthers);
    }

    private static bool DecodesAgain(LoweredPlan plan) => plan.Plan.Forecast.BytesDecoded > plan.Plan.Forecast.BytesRead;

    private bool Fits(LoweredPlan plan) => BytesOf(plan) <= budget;

    private static long BytesOf(LoweredPlan plan) => plan.Plan.Forecast.PeakBytes;
}
