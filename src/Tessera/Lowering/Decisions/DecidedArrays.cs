using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>The arrays of a plan as they will be computed: decided upon, then optimized; and the calls that deliver elements to them.</summary>
/// <param name="Outputs">The arrays that were asked for.</param>
/// <param name="Values">Gives those among delayed values.</param>
/// <param name="Calls">All calls of the plan.</param>
/// <param name="Choices">What was decided.</param>
internal sealed record DecidedArrays(IReadOnlyList<PlannedOutput> Outputs, ValueLowering Values, CallGraph Calls, Choices Choices)
{
    /// <param name="outputs">As they were written.</param>
    /// <param name="values">How arrays are optimized and values computed.</param>
    /// <param name="saving">How far decisions give way to the memory budget.</param>
    public static DecidedArrays Of(IReadOnlyList<PlannedOutput> outputs, ValueLowering values, Saving saving)
    {
        ArrayExpression[] arrays = [.. outputs.Select(output => output.Array)];
        if (values.Simplify is null)
            return Made(values, Choices.None);

        // Which arrays there are among the values is known from the calls that are needed; a few too many, for more may be left out once all is optimized.
        ArrayExpression[] among = arrays.Any(array => array.NeedsValues) ? ArraysOf(CallGraph.For(arrays.Select(values.Simplify), Simplifying(values))) : [];
        if (!MayRepeat(values, [.. arrays, .. among], outputs))
            return Made(values, Choices.None);
        Wanted[] wanted = [.. outputs.Select(output => new Wanted(values.Simplify(output.Array), output.Destination.Chunks))];
        return Decided([.. wanted, .. among.Select(array => new Wanted(values.Simplify(array), chunks: null))], [.. arrays, .. among]);

        DecidedArrays Decided(Wanted[] all, ArrayExpression[] originals)
        {
            var choices = Choices.For(all, saving);
            ArrayExpression[] kept = choices.KeepSomething ? choices.Arrays() : [];
            return Made(Deciding(values, kept, originals), choices, kept);
        }

        // Of equal arrays that are asked for twice each is built as its own step reads it.
        DecidedArrays Made(ValueLowering decided, Choices choices, params ArrayExpression[] kept)
        {
            PlannedOutput[] optimized = [.. outputs.Select((output, i) => output with { Array = kept.Length > 0 ? values.Optimize(kept[i]) : values.Optimize(output.Array) })];
            return new DecidedArrays(optimized, decided, CallGraph.For(optimized.Select(output => output.Array), decided), choices);
        }
    }

    /// <inheritdoc cref="Of(IReadOnlyList{PlannedOutput}, ValueLowering, Saving)"/>
    public static DecidedArrays Of(IReadOnlyList<ValueExpression> roots, ValueLowering values, Saving saving)
    {
        var calls = CallGraph.Of(roots, Simplifying(values));
        if (values.Simplify is not { } simplify || !calls.HasArrays)
            return new DecidedArrays([], values, calls, Choices.None);

        ArrayExpression[] arrays = ArraysOf(calls);
        Choices choices = MayRepeat(values, arrays, []) ? Choices.For([.. arrays.Select(array => new Wanted(simplify(array), chunks: null))], saving) : Choices.None;
        values = Deciding(values, choices.KeepSomething ? choices.Arrays() : [], arrays);
        return new DecidedArrays([], values, CallGraph.Of(roots, values), choices);
    }

    /// <summary>A look at the arrays as they will be if nothing is kept, and little of them may be left; unless what is shared multiplies by optimizing.</summary>
    private static bool MayRepeat(ValueLowering values, ArrayExpression[] arrays, IReadOnlyList<PlannedOutput> outputs) =>
        arrays.Any(array => array.Ways >= ArrayExpression.ManyWays) ||
        Repetition.IsPossible([.. arrays.Select(values.Optimize)], cutsAnywhere: outputs.Any(output => output.Destination.Chunks is not null));

    /// <summary>Lowering for a first look at the calls, before it is decided what stops views.</summary>
    private static ValueLowering Simplifying(ValueLowering values) => values.Simplify is { } simplify ? values with { Optimize = simplify } : values;

    private static ArrayExpression[] ArraysOf(CallGraph calls) =>
        [.. Enumerable.Range(0, calls.HasArrays ? calls.Count : 0).Select(number => calls[number]).OfType<ArrayValue>().Select(value => value.Array)];

    /// <summary>Lowering by which arrays are optimized with what is kept.</summary>
    private static ValueLowering Deciding(ValueLowering values, ArrayExpression[] kept, ArrayExpression[] originals)
    {
        if (kept.Length == 0)
            return values;
        var decided = new Dictionary<ArrayExpression, ArrayExpression>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < originals.Length; i++)
            decided[values.Simplify!(originals[i])] = values.Optimize(kept[i]);
        return values with { Optimize = array => decided.TryGetValue(values.Simplify!(array), out ArrayExpression? known) ? known : values.Optimize(array) };
    }
}
