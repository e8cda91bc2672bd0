using System.Reflection;
using System.Runtime.InteropServices;
using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// Every value that must be computed for some others, each once and after those it needs, in flat arrays: a graph of a million calls is
/// ordinary. Plain values are no part of it. Values are numbered 0, 1, 2, …
/// <code>
/// add(inc(1), inc(2))     values   inc(1)  inc(2)  add     inputs  0 1     of add at [0, 2)     starts  0 0 0 2
/// </code>
/// </summary>
internal sealed class CallGraph
{
    private readonly Func<ArrayExpression, ArrayExpression> _optimize;
    private readonly Dictionary<ValueExpression, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PureCall, int> _pure = [];
    private readonly Dictionary<(ArrayExpression, MethodInfo), int> _arrays = [];
    private readonly List<ValueExpression> _values = [];
    private readonly List<int> _starts = [0], _inputs = [];

    // The way down to the value that is looked at; what each needs lies in one list, that of the last at its end.
    private readonly List<Visit> _way = [];
    private readonly List<ValueExpression> _needs = [];

    private CallGraph(Func<ArrayExpression, ArrayExpression> optimize) => _optimize = optimize;

    public int Count => _values.Count;

    /// <summary>True where some values become known only while the run is on.</summary>
    public bool HasBinds { get; private set; }

    public ValueExpression this[int number] => _values[number];

    /// <summary>The values that a call needs, in the order of its arguments; one needed twice is there twice.</summary>
    public ReadOnlySpan<int> InputsOf(int number) => CollectionsMarshal.AsSpan(_inputs)[_starts[number].._starts[number + 1]];

    public int NumberOf(ValueExpression value) => _numbers[value];

    /// <param name="roots">What is asked for; plain values among them are left out.</param>
    /// <param name="optimize">Gives an array as it will be computed.</param>
    public static CallGraph Of(IEnumerable<ValueExpression> roots, Func<ArrayExpression, ArrayExpression> optimize)
    {
        var graph = new CallGraph(optimize);
        if (roots.TryGetNonEnumeratedCount(out int count))
            graph.MakeRoom(count);
        foreach (ValueExpression root in roots)
        {
            if (!IsPlain(root))
                graph.Number(root);
        }

        return graph;
    }

    /// <summary>True where there is nothing to compute.</summary>
    public static bool IsPlain(ValueExpression value) => value is Data or RunToken;

    /// <summary>The values that deliver elements to an array.</summary>
    public static IEnumerable<Delivered> DeliveredTo(ArrayExpression array) => ExpressionOrder.InputsFirst(array).OfType<Delivered>();

    private void Number(ValueExpression root)
    {
        Enter(root);
        while (_way.Count > 0)
        {
            ref Visit visit = ref CollectionsMarshal.AsSpan(_way)[^1];
            if (visit.Next == _needs.Count)
            {
                _numbers[visit.Value] = Add(visit.Value, CollectionsMarshal.AsSpan(_needs)[visit.First..]);
                _needs.RemoveRange(visit.First, _needs.Count - visit.First);
                _way.RemoveAt(_way.Count - 1);
                continue;
            }

            Enter(_needs[visit.Next++]);
        }
    }

    private void Enter(ValueExpression value)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, value, out bool isKnown);
        if (isKnown)
            return;

        int first = _needs.Count;
        if (value is ArrayValue array)
        {
            foreach (Delivered delivered in DeliveredTo(_optimize(array.Array)))
                _needs.Add(delivered.Value);
        }
        else
        {
            foreach (object? argument in value.Arguments)
            {
                if (argument is ValueExpression needed && !IsPlain(needed))
                    _needs.Add(needed);
            }
        }

        if (_needs.Count == first)
            number = Add(value, []); // nothing was numbered meanwhile
        else
            _way.Add(new Visit(value, first, first));
    }

    /// <summary>Adds a value whose needs have their numbers, and gives its own: that of an equal one, if there is one.</summary>
    private int Add(ValueExpression value, ReadOnlySpan<ValueExpression> needs)
    {
        int number = Count;
        bool known = value switch
        {
            FunctionCall { Function.IsPure: true } call => IsKnown(_pure, new PureCall(call, One), ref number),
            ArrayValue array => IsKnown(_arrays, (_optimize(array.Array), array.Finish.Method), ref number),
            _ => false,
        };
        if (known)
            return number;

        _values.Add(value);
        HasBinds |= value is Bind;
        if (value is not ArrayValue) // its elements are what it needs, and their tasks need what is delivered
        {
            foreach (ValueExpression needed in needs)
                _inputs.Add(_numbers[needed]);
        }

        _starts.Add(_inputs.Count);
        return number;
    }

    private void MakeRoom(int values)
    {
        _numbers.EnsureCapacity(values);
        _values.EnsureCapacity(values);
        _starts.EnsureCapacity(values + 1);
    }

    /// <summary>Gives the number of an equal value, or notes this one's.</summary>
    private static bool IsKnown<TKey>(Dictionary<TKey, int> numbers, TKey key, ref int number)
        where TKey : notnull
    {
        ref int first = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out bool isKnown);
        if (!isKnown)
            first = number;
        number = first;
        return isKnown;
    }

    private ValueExpression One(ValueExpression value) => IsPlain(value) ? value : _values[_numbers[value]];

    /// <summary>A value on the way: its needs begin at First; those before Next have been looked at.</summary>
    private record struct Visit(ValueExpression Value, int First, int Next);
}
