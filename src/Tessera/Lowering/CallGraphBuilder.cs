using System.Reflection;
using System.Runtime.InteropServices;
using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// Numbers values depth first, each after those it needs. Of pure calls that are equal, and of arrays, one stands for all.
/// </summary>
/// <param name="lowering">How values and arrays among them will be computed.</param>
internal sealed class CallGraphBuilder(ValueLowering lowering) : IDisposable
{
    private readonly ValueNumbers _numbers = new();
    private readonly Dictionary<PureCall, int> _pure = [];
    private readonly Dictionary<(ArrayExpression, MethodInfo), int> _arrays = [];
    private readonly Dictionary<ValueExpression, int> _delivered = new(ReferenceEqualityComparer.Instance);
    private readonly GrowingArray<ValueExpression> _values = new();
    private readonly GrowingArray<int> _starts = new(), _inputs = new();
    private bool _hasBinds;

    // The way down to the value that is looked at; what each needs lies in one list, that of the last at its end.
    private readonly List<Visit> _way = [];
    private readonly List<ValueExpression> _needs = [];

    public CallGraph Build(IReadOnlyList<ValueExpression> roots)
    {
        _values.MakeRoom(roots.Count);
        _starts.MakeRoom(roots.Count + 1);
        _starts.Add(0);
        var numbers = new int[roots.Count];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = CallGraph.IsPlain(roots[i]) ? CallGraph.Plain : Number(roots[i]);
        return new CallGraph(_values.ToArray(), _starts.ToArray(), _inputs.ToArray(), numbers, _delivered)
        {
            HasBinds = _hasBinds,
            HasArrays = _arrays.Count > 0,
        };
    }

    /// <summary>The graph of the values that deliver elements.</summary>
    public CallGraph BuildFor(Delivered[] elements)
    {
        CallGraph graph = Build(Array.ConvertAll(elements, delivered => delivered.Value));
        for (int i = 0; i < elements.Length; i++)
            _delivered[elements[i].Value] = graph.Roots[i];
        return graph;
    }

    public void Dispose()
    {
        _numbers.Dispose();
        _values.Dispose();
        _starts.Dispose();
        _inputs.Dispose();
    }

    // With a way of its own instead of recursion: chains of a million calls are ordinary.
    private int Number(ValueExpression root)
    {
        Enter(root);
        while (_way.Count > 0)
        {
            ref Visit visit = ref CollectionsMarshal.AsSpan(_way)[^1];
            if (visit.Next == _needs.Count)
            {
                Add(visit.Value, CollectionsMarshal.AsSpan(_needs)[visit.First..]);
                _needs.RemoveRange(visit.First, _needs.Count - visit.First);
                _way.RemoveAt(_way.Count - 1);
                continue;
            }

            Enter(_needs[visit.Next++]);
        }

        return _numbers.Of(root);
    }

    private void Enter(ValueExpression value)
    {
        if (!_numbers.TryAdd(value))
            return;

        int first = _needs.Count;
        if (value is ArrayValue array)
        {
            foreach (Delivered delivered in CallGraph.DeliveredTo(lowering.Optimize(array.Array)))
                _needs.Add(delivered.Value);
        }
        else
        {
            foreach (object? argument in value.Arguments)
            {
                if (argument is ValueExpression needed && !CallGraph.IsPlain(needed))
                    _needs.Add(needed);
            }
        }

        if (_needs.Count == first)
            Add(value, []);
        else
            _way.Add(new Visit(value, first, first));
    }

    /// <summary>Gives a value whose needs have their numbers its own: the next one, or that of an equal one, if there is one.</summary>
    private void Add(ValueExpression value, ReadOnlySpan<ValueExpression> needs)
    {
        int number = _values.Count;
        bool known = value switch
        {
            FunctionCall { Function.IsPure: true } call when !lowering.AreDistinct => IsKnown(_pure, new PureCall(call, One), ref number),
            ArrayValue array => IsKnown(_arrays, (lowering.Optimize(array.Array), array.Finish.Method), ref number),
            _ => false,
        };
        _numbers.Set(value, number);
        if (known)
            return;

        _values.Add(value);
        _hasBinds |= value is Bind;
        foreach (ValueExpression needed in needs)
        {
            if (value is ArrayValue) // its elements are what it needs, and their tasks need what is delivered
                _delivered[needed] = _numbers.Of(needed);
            else
                _inputs.Add(_numbers.Of(needed));
        }

        _starts.Add(_inputs.Count);
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

    private ValueExpression One(ValueExpression value) => CallGraph.IsPlain(value) ? value : _values[_numbers.Of(value)];

    /// <summary>A value on the way: its needs begin at First; those before Next have been looked at.</summary>
    private record struct Visit(ValueExpression Value, int First, int Next);
}
