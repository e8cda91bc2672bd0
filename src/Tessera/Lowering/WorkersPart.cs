using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// What worker processes need of the expressions of a plan: the functions that they call with the constants that these take, and the arrays that they compute.
/// Of what runs in the parent, asynchronous functions and binds, a <see cref="ParentCall"/> is left, so that tasks have their numbers.
/// <code>
/// f(await g(client), 3)      f(ParentCall(), 3)
/// </code>
/// </summary>
internal sealed class WorkersPart
{
    private readonly CallGraph _calls;
    private readonly Func<ArrayExpression, ArrayExpression> _optimize;
    private readonly ValueExpression[] _values; // by their numbers in the graph; equal calls are one there already
    private readonly Dictionary<ArrayExpression, ArrayExpression> _arrays = new(ReferenceEqualityComparer.Instance);

    /// <param name="calls">Of the plan.</param>
    /// <param name="optimize">Gives an array among them as it is computed.</param>
    public WorkersPart(CallGraph calls, Func<ArrayExpression, ArrayExpression> optimize)
    {
        (_calls, _optimize) = (calls, optimize);
        _values = new ValueExpression[calls.Count];
        for (int number = 0; number < calls.Count; number++) // inputs come before what needs them
            _values[number] = PartOf(number);
    }

    /// <summary>True for a function that is called in a worker process, not in the parent.</summary>
    public static bool IsCalledThere(FunctionCall call) => call.Function.IsOfUser && !call.Function.IsAsync;

    /// <summary>What was asked for, without values that are there already.</summary>
    public ValueExpression[] Roots() => [.. _calls.Roots.ToArray().Where(number => number != CallGraph.Plain).Select(number => _values[number])];

    /// <summary>An array that is computed.</summary>
    /// <param name="array">Optimized.</param>
    public ArrayExpression Of(ArrayExpression array)
    {
        foreach (ArrayExpression node in ExpressionOrder.InputsFirst(array))
        {
            if (!_arrays.ContainsKey(node))
                _arrays.Add(node, node is Delivered delivered ? Of(delivered) : WithParts(node));
        }

        return _arrays[array];
    }

    private Delivered Of(Delivered delivered)
    {
        ValueExpression value = _values[_calls.NumberOf(delivered)];
        return value == delivered.Value ? delivered : delivered.Of(value);
    }

    private ArrayExpression WithParts(ArrayExpression node)
    {
        ReadOnlySpan<ArrayExpression> inputs = node.Inputs;
        var parts = new ArrayExpression[inputs.Length];
        bool isSame = true;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = _arrays[inputs[i]];
            isSame &= parts[i] == inputs[i];
        }

        return isSame ? node : node.WithInputs(parts);
    }

    private ValueExpression PartOf(int number)
    {
        ValueExpression value = _calls[number];
        if (value is ArrayValue array)
        {
            ArrayExpression part = Of(_optimize(array.Array));
            return part == array.Array ? array : new ArrayValue(part, array.Allocate, array.Finish);
        }

        ReadOnlySpan<int> inputs = _calls.InputsOf(number);
        if (value is not FunctionCall call || !IsCalledThere(call))
            return new ParentCall(CallText.Of(value), Array.ConvertAll(inputs.ToArray(), input => (object?)_values[input]));

        ReadOnlySpan<object?> given = call.Arguments;
        var arguments = new List<object?>(given.Length);
        int next = 0;
        bool isSame = true;
        for (int i = 0; i < given.Length; i++)
        {
            if (given[i] is ValueExpression needed && !CallGraph.IsPlain(needed))
            {
                arguments.Add(_values[inputs[next]]);
                isSame &= _values[inputs[next++]] == needed;
            }
            else if (i < call.OwnArguments.Length)
            {
                arguments.Add(given[i]);
            }
            else
            {
                isSame = false; // a plain value that the call comes after, and doesn't take
            }
        }

        return isSame ? call : call.WithArguments([.. arguments]);
    }
}
