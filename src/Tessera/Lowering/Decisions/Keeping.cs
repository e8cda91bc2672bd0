using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// Puts a <see cref="Hold"/> above what is kept. What is kept for a step alone has one for each such step, so that what lies above it is rebuilt for each.
/// </summary>
internal sealed class Keeping(IReadOnlyDictionary<ArrayExpression, Decision> decisions)
{
    private readonly Dictionary<(ArrayExpression, object?), ArrayExpression> _built = new(Comparer.Instance);
    private readonly HashSet<object> _toldApart = ToldApart(decisions); // others see one and the same
    private readonly Dictionary<ArrayExpression, bool> _dependsOnStep = new(ReferenceEqualityComparer.Instance);

    private static HashSet<object> ToldApart(IReadOnlyDictionary<ArrayExpression, Decision> decisions)
    {
        var steps = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (Decision decision in decisions.Values)
        {
            if (decision.Kind == DecisionKind.Passes)
                steps.UnionWith(decision.Steps.Keys);
        }

        return steps;
    }

    public ArrayExpression[] Of(IReadOnlyList<Wanted> outputs)
    {
        List<ArrayExpression> inputsFirst = ExpressionOrder.InputsFirst([.. outputs.Select(output => output.Array)]);
        if (_toldApart.Count == 0)
            return BuildForAll(inputsFirst, outputs);
        foreach (ArrayExpression expression in inputsFirst)
            _dependsOnStep.Add(expression, DependsOnStep(expression));
        return [.. outputs.Select(output => Build(output.Array, output))];
    }

    /// <summary>If nothing is kept for a step alone, an expression is the same for all that read it.</summary>
    private ArrayExpression[] BuildForAll(List<ArrayExpression> inputsFirst, IReadOnlyList<Wanted> outputs)
    {
        var built = new Dictionary<ArrayExpression, ArrayExpression>(inputsFirst.Count, ReferenceEqualityComparer.Instance);
        Func<ArrayExpression, ArrayExpression> builtOf = input => built[input];
        foreach (ArrayExpression expression in inputsFirst)
        {
            ArrayExpression rebuilt = WithBuilt(expression, builtOf);
            built.Add(expression, decisions.TryGetValue(expression, out Decision? decision) && decision.Kind == DecisionKind.Keep ? new Hold(rebuilt, decision.Boxes) : rebuilt);
        }

        return [.. outputs.Select(output => built[output.Array])];
    }

    private ArrayExpression Build(ArrayExpression root, object step)
    {
        // With a stack of its own: chains of a hundred thousand operations are ordinary.
        var pending = new Stack<(ArrayExpression Expression, object Step)>([(root, step)]);
        while (pending.TryPeek(out var next))
        {
            var key = KeyOf(next.Expression, next.Step);
            object within = Within(next.Expression, next.Step);
            int waiting = pending.Count;
            if (!_built.ContainsKey(key))
            {
                foreach (ArrayExpression input in next.Expression.Inputs)
                {
                    if (!_built.ContainsKey(KeyOf(input, within)))
                        pending.Push((input, within));
                }

                if (pending.Count > waiting)
                    continue;
                _built.Add(key, Kept(next.Expression, next.Step, WithBuilt(next.Expression, input => _built[KeyOf(input, within)])));
            }

            pending.Pop();
        }

        return _built[KeyOf(root, step)];
    }

    private static ArrayExpression WithBuilt(ArrayExpression expression, Func<ArrayExpression, ArrayExpression> builtOf)
    {
        ReadOnlySpan<ArrayExpression> own = expression.Inputs;
        if (own.IsEmpty)
            return expression;
        var inputs = new ArrayExpression[own.Length];
        bool same = true;
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = builtOf(own[i]);
            same &= ReferenceEquals(inputs[i], own[i]);
        }

        return same ? expression : expression.WithInputs(inputs);
    }

    private ArrayExpression Kept(ArrayExpression expression, object step, ArrayExpression rebuilt)
    {
        if (!decisions.TryGetValue(expression, out Decision? decision) || decision.Kind == DecisionKind.Again)
            return rebuilt;
        if (decision.Kind == DecisionKind.Keep)
            return new Hold(rebuilt, decision.Boxes);
        int pass = 1;
        foreach ((object kept, Region[] boxes) in decision.Steps)
        {
            if (ReferenceEquals(kept, step))
                return new Hold(rebuilt, boxes, pass);
            pass++;
        }

        return rebuilt;
    }

    /// <summary>The step that reads the inputs of an expression.</summary>
    private object Within(ArrayExpression expression, object step)
    {
        Decision? decision = decisions.GetValueOrDefault(expression);
        return expression.IsInBlocks || decision?.Kind == DecisionKind.Keep ? expression : decision?.Steps.ContainsKey(step) == true ? Ask.ManySteps : step;
    }

    private (ArrayExpression, object?) KeyOf(ArrayExpression expression, object step) => (expression, _dependsOnStep[expression] ? _toldApart.Contains(step) ? step : Ask.ManySteps : null);

    /// <summary>True if an expression is another one for each step that reads it.</summary>
    private bool DependsOnStep(ArrayExpression expression)
    {
        DecisionKind? kind = decisions.GetValueOrDefault(expression)?.Kind;
        if (expression.IsInBlocks || kind is DecisionKind.Keep or DecisionKind.Passes)
            return kind == DecisionKind.Passes;
        foreach (ArrayExpression input in expression.Inputs)
        {
            if (_dependsOnStep[input])
                return true;
        }

        return false;
    }

    private sealed class Comparer : IEqualityComparer<(ArrayExpression Expression, object? Step)>
    {
        public static Comparer Instance { get; } = new();

        public bool Equals((ArrayExpression Expression, object? Step) x, (ArrayExpression Expression, object? Step) y) =>
            ReferenceEquals(x.Expression, y.Expression) && ReferenceEquals(x.Step, y.Step);

        public int GetHashCode((ArrayExpression Expression, object? Step) key) => HashCode.Combine(
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Expression), key.Step is null ? 0 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Step));
    }
}
