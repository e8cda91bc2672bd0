using Tessera.Expressions;

namespace Tessera.Optimization;

/// <summary>
/// Rewrites an expression by the ordered list of rules until none applies, from the result down to the sources, and makes equal subtrees one.
/// <code>
/// mean(slice(x + 1))     slice goes through "+"      mean(slice(x) + slice(1))     and merges with what it meets
/// </code>
/// </summary>
internal sealed class Optimizer
{
    private static readonly IRule[] Rules =
    [
        new DropRechunk(),                   // first: nothing below has to look through it
        new DropEmpty(),                     // before views of what has no elements are made by the others
        new DropIdentity(),                  // before views merge with what changes nothing
        new MergeViews(),                    // so that one view at most is pushed at a time
        new PushViewThroughElementwise(),    // toward the sources, that only what is seen is read
        new PushViewThroughConcatenate(),
        new PushViewThroughReduce(),
        new PushReshapeThroughElementwise(), // it only helps fusion
        new SwapShortRows(),                 // last: it adds a view, which goes on toward the sources
    ];

    /// <summary>Those that leave work which several views share where it is.</summary>
    private static readonly IRule[] Simplifying =
    [
        new DropRechunk(),
        new DropEmpty(),
        new DropIdentity(),
        new MergeViews(),
        new PushViewThroughConcatenate(),
        new NarrowViews(new PushViewThroughElementwise(), new PushViewThroughReduce()),
    ];

    private readonly IRule[] _rules;
    private readonly Interning _interning;
    private readonly Optimizer? _simplifying;
    private readonly Dictionary<ArrayExpression, ArrayExpression> _optimized = new(ReferenceEqualityComparer.Instance);

    // Keyed by structure, not by object: a view that two rules make of one input is rewritten once.
    private readonly Dictionary<ArrayExpression, ArrayExpression> _done;

    private Optimizer(IRule[] rules, Interning interning, Optimizer? simplifying)
    {
        (_rules, _interning, _simplifying) = (rules, interning, simplifying);
        _done = new(_interning);
    }

    /// <summary>For the arrays of one computation; equal subtrees become one object over all of them.</summary>
    /// <param name="optimize">False to change nothing but what lowering can't do without.</param>
    public static Optimizer For(bool optimize)
    {
        var interning = new Interning();
        return optimize
            ? new(Rules, interning, new Optimizer(Simplifying, interning, null))
            : new([new DropRechunk()], interning, null);
    }

    /// <summary>
    /// An equal expression in which what is shared can be seen: equal subtrees are one object, and no view of most of an operation has been pushed through
    /// it, which would make an operation that two views share into two. Optimizing it gives what optimizing the original gives.
    /// </summary>
    public ArrayExpression Simplify(ArrayExpression expression) => (_simplifying ?? this).Optimize(expression);

    /// <summary>An equal expression that is cheaper to compute; for the same expression the same object.</summary>
    public ArrayExpression Optimize(ArrayExpression expression)
    {
        if (!_optimized.TryGetValue(expression, out ArrayExpression? optimized))
            _optimized.Add(expression, optimized = Rewrite(expression));
        return optimized;
    }

    private ArrayExpression Rewrite(ArrayExpression root)
    {
        // Depth first with a stack of its own: chains of a hundred thousand operations are ordinary.
        var pending = new Stack<(ArrayExpression Original, ArrayExpression? Applied)>();
        pending.Push((root, null));
        while (pending.TryPop(out var next))
        {
            if (_done.ContainsKey(next.Original))
                continue;

            ArrayExpression applied = next.Applied ?? Apply(next.Original);
            int waiting = pending.Count;
            pending.Push((next.Original, applied));
            foreach (ArrayExpression input in applied.Inputs)
            {
                if (!_done.ContainsKey(input))
                    pending.Push((input, null));
            }

            if (pending.Count > waiting + 1)
                continue;
            pending.Pop();

            ArrayExpression rebuilt = WithDoneInputs(applied);
            ArrayExpression again = ReferenceEquals(rebuilt, applied) ? applied : Apply(rebuilt);
            if (!ReferenceEquals(again, rebuilt))
            {
                // The new inputs let another rule apply; what it made is rewritten in turn.
                pending.Push((next.Original, again));
                continue;
            }

            _done[next.Original] = _interning.Intern(rebuilt);
        }

        return _done[root];
    }

    private ArrayExpression WithDoneInputs(ArrayExpression expression)
    {
        ReadOnlySpan<ArrayExpression> own = expression.Inputs;
        ArrayExpression[]? inputs = null; // while all are as they were
        for (int i = 0; i < own.Length; i++)
        {
            ArrayExpression done = _done[own[i]];
            if (inputs is null && !ReferenceEquals(done, own[i]))
                inputs = own.ToArray();
            if (inputs is not null)
                inputs[i] = done;
        }

        return inputs is null ? expression : expression.WithInputs(inputs);
    }

    private ArrayExpression Apply(ArrayExpression expression)
    {
        for (int i = 0; i < _rules.Length; i++)
        {
            if (_rules[i].Rewrite(expression) is not { } rewritten)
                continue;

            if (rewritten.Shape != expression.Shape || rewritten.ElementType != expression.ElementType)
            {
                throw new InvalidOperationException(
                    $"The rule {_rules[i].GetType().Name} made {rewritten.ElementType.Name} {rewritten.Shape} out of {expression.ElementType.Name} {expression.Shape}: " +
                    $"'{expression.Describe()}' became '{rewritten.Describe()}'. This is an error in Tessera; please report it.");
            }

            (expression, i) = (rewritten, -1);
        }

        return expression;
    }
}
