using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// One walk over all expressions, parents first: sums up what is asked of each, and decides what is asked for more than once where that arises. What lies
/// below a kept expression is asked once.
/// </summary>
/// <param name="parentsFirst">All expressions.</param>
/// <param name="tiling">How they are cut.</param>
/// <param name="costs">What they cost.</param>
/// <param name="refused">What must not be kept, for it wouldn't pay.</param>
/// <param name="concessions">How far each has given way to the memory budget: 1 may be kept for a step at a time, 2 not at all.</param>
internal sealed class Deciding(
    IReadOnlyList<ArrayExpression> parentsFirst,
    Tiling tiling,
    Costs costs,
    IReadOnlySet<ArrayExpression> refused,
    IReadOnlyDictionary<ArrayExpression, int> concessions)
{
    /// <summary>Above this, something is asked for more than once; below, the arithmetic of parts of tiles is off.</summary>
    private const double Once = 1.01;

    /// <summary>How much more a keep must save than it costs: figures are rough.</summary>
    private const double Margin = 1.5;

    /// <summary>So many operations are made of one when memory is short, but no more.</summary>
    private const double MostWays = 1 << 14;

    private readonly Dictionary<ArrayExpression, AskList> _asks = new(parentsFirst.Count, ReferenceEqualityComparer.Instance);
    private readonly Stack<AskList> _spare = [];
    private readonly AlikeSources _alike = new();
    private Func<ArrayExpression, AskList, Decision?>? _decide;
    private readonly Dictionary<ArrayExpression, Decision> _decisions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ArrayExpression, int> _inherited = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ArrayExpression, bool> _movesExpensive = new(ReferenceEqualityComparer.Instance);

    /// <summary>What was decided of what is asked for more than once, in the order of the walk.</summary>
    public IReadOnlyDictionary<ArrayExpression, Decision> Decide(IReadOnlyList<Wanted> outputs)
    {
        var reading = new Reading(tiling, AsksOf);
        foreach (Wanted output in outputs)
        {
            if (output.Array.IsInBlocks)
                AsksOf(output.Array).Add(Ask.Once(output, new Region(output.Array.Shape), output.Array.Shape));
            else
                reading.Fill(output, output.Array, new Region(output.Array.Shape), output.Chunks);
        }

        foreach (ArrayExpression expression in parentsFirst)
        {
            if (!_asks.TryGetValue(expression, out AskList? asks) || asks.Count == 0)
                continue;
            Decision? decision = expression is Reduce reduce ? Decide(reduce, asks) : expression.Inputs.IsEmpty ? DecideSource(expression, asks) : Decide(expression, asks);
            if (decision is not null)
                _decisions.Add(expression, decision);
            GoOn(reading, expression, asks, decision);
            _asks.Remove(expression); // what has been passed on is needed no more
            asks.Clear();
            _spare.Push(asks);
        }

        return _decisions;
    }

    /// <summary>True if keeping pays. What is expensive to read is worth it whatever it costs: nobody knows what that is.</summary>
    public static bool Pays(ArrayExpression expression, double asked, long elements, double cost) =>
        expression.DecodedChunks is not null || (asked - elements) * cost > Margin * Costs.OfKeeping(expression, asked, elements);

    private AskList AsksOf(ArrayExpression expression)
    {
        if (!_asks.TryGetValue(expression, out AskList? asks))
            _asks.Add(expression, asks = _spare.TryPop(out AskList? spare) ? spare : []);
        return asks;
    }

    private void GoOn(Reading reading, ArrayExpression expression, AskList asks, Decision? decision)
    {
        if (expression is Reduce reduce)
        {
            reading.Fold(reduce, decision is null ? ResultsOf(asks) : decision.Boxes.Select(box => (box, false)));
            return;
        }

        if (decision?.Kind == DecisionKind.Keep)
        {
            reading.Keep(expression, expression, decision.Boxes);
            return;
        }

        if (expression.Inputs.IsEmpty)
            return;
        bool isInPasses = decision?.Kind == DecisionKind.Passes;
        foreach (Ask ask in asks)
        {
            if (!isInPasses || !decision!.Steps.ContainsKey(ask.Step))
                reading.PassOn(expression, ask);
        }

        foreach (Region[] boxes in isInPasses ? decision!.Steps.Values : [])
            reading.Keep(Ask.ManySteps, expression, boxes);
    }

    /// <summary>The boxes of results, one for each view that shows a part, and one for all others.</summary>
    private static IEnumerable<(Region Box, bool HasGaps)> ResultsOf(IEnumerable<Ask> asks) => asks
        .GroupBy(ask => ask.Seen)
        .SelectMany(same => AskList.Apart(same.Select(ask => ask.Box)).Select(box => (box, same.Any(ask => ask.HasGaps))));

    /// <summary>
    /// What several views show parts of is reduced for each of them, and for each output that it is, unless it is kept for all; that is free, for results lie in
    /// blocks anyway.
    /// </summary>
    private static Decision? Decide(Reduce reduce, AskList asks)
    {
        double made = asks.Where(IsOutput).Sum(ask => ask.Volume) + ResultsOf(asks.Where(ask => !IsOutput(ask))).Sum(results => (double)results.Box.Length);
        List<Region> boxes = AskList.Apart(asks.Select(ask => ask.Box));
        long elements = boxes.Sum(box => box.Length);
        return made > Once * elements ? new Decision(reduce, DecisionKind.Keep, [.. boxes], made / elements, elements, reduce.Count * OperationRow.Simple) : null;

        static bool IsOutput(Ask ask) => ask.Step is Wanted;
    }

    private Decision? DecideSource(ArrayExpression source, AskList asks) => source.MayBeKept
        ? _alike.Decide(source, asks, costs.Of(source), concessions.ContainsKey(source) ? Conceded(source) : -1, !refused.Contains(source), _decide ??= Decide)
        : null;

    private Decision? Decide(ArrayExpression expression, AskList asks)
    {
        if (!expression.MayBeKept)
            return null;

        double asked = AskedOf(expression, asks);
        if (asks.Ways >= ArrayExpression.ManyWays && ManyWays(expression, asks, asked) is { } needed)
            return needed;
        if (asks.Count == 1 && asked <= asks[0].Box.Length)
            return null;
        Region[] boxes = [.. AskList.Apart(asks.Select(ask => Decoding.Whole(expression, ask.Box)))];
        long elements = boxes.Sum(box => box.Length);
        if (asked <= Once * elements)
            return null;

        double cost = costs.Of(expression), times = asked / elements;
        int conceded = Conceded(expression);
        var again = new Decision(expression, DecisionKind.Again, boxes, times, elements, cost) { TimesMade = times };
        if (refused.Contains(expression) || !Pays(expression, asked, elements, cost) || IsBetterBelow(expression, asked, elements))
            return expression.DecodedChunks is not null || concessions.ContainsKey(expression) ? again : null;
        if (conceded > 0 && expression.IsFused && !concessions.ContainsKey(expression))
            return null; // the operation above conceded, and this would take as much memory
        Decision inPasses = conceded < 2 ? InPasses(expression, asks, again) : again;
        return conceded > 0 ? inPasses : again with { Kind = DecisionKind.Keep, TimesMade = 1, TimesConceding = inPasses.TimesMade };
    }

    /// <summary>
    /// What a step leads to in very many ways is kept, for there will be an operation for each; it concedes only while these can still be planned.
    /// </summary>
    private Decision? ManyWays(ArrayExpression expression, AskList asks, double asked)
    {
        int conceded = Math.Max(concessions.GetValueOrDefault(expression), _inherited.GetValueOrDefault(expression));
        bool isNeeded = asks.Ways >= MostWays;
        if (!expression.IsFused || (conceded > 0 && !isNeeded))
            return null;
        Region[] boxes = [.. AskList.Apart(asks.Select(ask => ask.Box))];
        long elements = boxes.Sum(box => box.Length);
        double times = asked / elements;
        return new Decision(expression, DecisionKind.Keep, boxes, times, elements, costs.Of(expression)) { IsNeeded = isNeeded, TimesConceding = times };
    }

    private static double AskedOf(ArrayExpression expression, AskList asks)
    {
        double asked = 0;
        foreach (Ask ask in asks)
            asked += Decoding.AskedOf(expression, ask);
        return asked;
    }

    /// <summary>How far an expression has conceded, or an operation that is made of it and would take no more memory: what helped there doesn't come back here.</summary>
    private int Conceded(ArrayExpression expression)
    {
        int conceded = Math.Max(concessions.GetValueOrDefault(expression), _inherited.GetValueOrDefault(expression));
        if (conceded == 0 || !expression.IsFused)
            return conceded;
        foreach (ArrayExpression input in expression.Inputs)
        {
            if (input.IsFused && input.ElementType.Size >= expression.ElementType.Size)
                _inherited[input] = Math.Max(conceded, _inherited.GetValueOrDefault(input));
        }

        return conceded;
    }

    /// <summary>Kept for each step alone that asks for an element more than once.</summary>
    private static Decision InPasses(ArrayExpression expression, AskList asks, Decision again)
    {
        var steps = new Dictionary<object, Region[]>(ReferenceEqualityComparer.Instance);
        double made = 0;
        foreach (IGrouping<object, Ask> step in asks.GroupBy(ask => ask.Step))
        {
            Region[] boxes = [.. AskList.Apart(step.Select(ask => Decoding.Whole(expression, ask.Box)))];
            double asked = step.Sum(ask => Decoding.AskedOf(expression, ask));
            long elements = boxes.Sum(box => box.Length);
            if (ReferenceEquals(step.Key, Ask.ManySteps) || asked <= Once * elements)
            {
                made += asked;
                continue;
            }

            steps.Add(step.Key, boxes);
            made += elements;
        }

        bool isTheOnlyStep = asks.All(ask => ReferenceEquals(ask.Step, asks[0].Step)); // for which keeping is no other than for all
        return steps.Count == 0 || isTheOnlyStep ? again : again with { Kind = DecisionKind.Passes, Steps = steps, TimesMade = made / again.Elements, TimesConceding = again.Times };
    }

    /// <summary>True for expensive sources one after another, all of them seen: each will be kept, as what they are put together to would be.</summary>
    private bool MovesWhatIsExpensive(ArrayExpression expression)
    {
        if (expression.DecodedChunks is not null || expression.MayBeKept || expression.IsInMemory || expression.IsInBlocks)
            return expression.DecodedChunks is not null;
        if (_movesExpensive.TryGetValue(expression, out bool moves))
            return moves;
        long length = 0;
        moves = true;
        foreach (ArrayExpression input in expression.Inputs)
        {
            length += input.Shape.Length;
            moves = moves && MovesWhatIsExpensive(input);
        }

        _movesExpensive.Add(expression, moves &= length == expression.Shape.Length);
        return moves;
    }

    /// <summary>True if it is cheaper to keep what an operation is made of, and to do the operation anew: a cast, say, of what has fewer bytes.</summary>
    private bool IsBetterBelow(ArrayExpression expression, double asked, long elements)
    {
        double here = Costs.OfKeeping(expression, asked, elements), operations = 0;
        while (operations + Costs.Step < here && expression.IsFused && Main(expression) is { } below)
        {
            operations += Costs.OfOperation(expression) * (asked - elements);
            if ((below.MayBeKept ? !refused.Contains(below) : MovesWhatIsExpensive(below)) && Costs.OfKeeping(below, asked, elements) + operations < here)
                return true;
            expression = below;
        }

        return false;
    }

    /// <summary>The one operand that isn't a constant or memory.</summary>
    public static ArrayExpression? Main(ArrayExpression operation)
    {
        ArrayExpression? main = null;
        foreach (ArrayExpression input in operation.Inputs)
        {
            if (input.IsInMemory || input == main)
                continue;
            if (main is not null)
                return null;
            main = input;
        }

        return main;
    }
}
