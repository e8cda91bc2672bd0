using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// What is decided of all that several ask for, or one asks for again and again: make it again, keep it, or keep it for each step anew.
/// <code>
/// z = x - mean(x), asked for 500 times by an outer product      keep z
/// movie.tif, asked for by a mean and by what it is taken from   keep movie.tif, or if it doesn't fit, read it twice
/// </code>
/// </summary>
/// <param name="outputs">What is computed.</param>
/// <param name="made">By expression.</param>
internal sealed class Choices(IReadOnlyList<Wanted> outputs, IReadOnlyDictionary<ArrayExpression, Decision> made)
{
    public static Choices None { get; } = new([], new Dictionary<ArrayExpression, Decision>());

    public IReadOnlyCollection<Decision> All => [.. made.Values];

    /// <summary>True if something is kept.</summary>
    public bool KeepSomething => made.Values.Any(decision => decision.Kind != DecisionKind.Again);

    /// <summary>Ways to save memory that are left: concessions beyond those made that some decision can make.</summary>
    public int Concessions => made.Values.Count(decision => decision.CanConcede);

    /// <summary>The arrays, with a <see cref="Hold"/> above what is kept, in the order given.</summary>
    public ArrayExpression[] Arrays() => new Keeping(made).Of(outputs);

    /// <param name="outputs">What is computed; equal subtrees are one object over all of them.</param>
    /// <param name="saving">
    /// So many decisions give way to the memory budget, those first that lose the least time for a byte. When all have, those are next that follow from it.
    /// </param>
    public static Choices For(IReadOnlyList<Wanted> outputs, Saving saving)
    {
        int concessions = saving.Concessions;
        List<ArrayExpression> inputsFirst = ExpressionOrder.InputsFirst([.. outputs.Select(output => output.Array)]);
        var conceded = new Dictionary<ArrayExpression, int>(ReferenceEqualityComparer.Instance);
        while (true)
        {
            IReadOnlyDictionary<ArrayExpression, Decision> made = Decide(inputsFirst, outputs, conceded, saving);
            if (concessions <= 0)
                return new Choices(outputs, made);
            Decision[] next = [.. made.Values.Where(decision => decision.CanConcede).OrderBy(decision => decision.LossPerByte)];
            if (next.Length == 0)
                return new Choices(outputs, made);

            foreach (Decision decision in next.Take(concessions))
                conceded[decision.Expression] = conceded.GetValueOrDefault(decision.Expression) + 1;
            concessions -= next.Length;
        }
    }

    private static IReadOnlyDictionary<ArrayExpression, Decision> Decide(
        List<ArrayExpression> inputsFirst, IReadOnlyList<Wanted> outputs, IReadOnlyDictionary<ArrayExpression, int> conceded, Saving saving)
    {
        ArrayExpression[] parentsFirst = [.. Enumerable.Reverse(inputsFirst)];
        var costs = new Costs(parentsFirst);
        foreach (ArrayExpression expression in inputsFirst)
            costs.Add(expression);
        var tiling = new Tiling(inputsFirst, saving.PassElements);
        var refused = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance);
        IReadOnlyDictionary<ArrayExpression, Decision> first = new Deciding(parentsFirst, tiling, costs, refused, conceded).Decide(outputs);
        if (!first.Values.Any(decision => decision.IsKept && decision.Expression.IsFused))
            return first;

        // With what is kept below, some of it is too cheap to be worth keeping.
        foreach (ArrayExpression expression in inputsFirst)
        {
            double cost = costs.Add(expression);
            if (first.GetValueOrDefault(expression) is not { IsKept: true } decision)
                continue;
            if (decision.IsNeeded || Deciding.Pays(expression, decision.Times * decision.Elements, decision.Elements, cost))
                costs.Keep(expression);
            else
                refused.Add(expression);
        }

        return new Deciding(parentsFirst, tiling, costs, refused, conceded).Decide(outputs);
    }
}
