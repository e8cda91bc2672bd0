using Tessera.Expressions;

namespace Tessera.Lowering;

/// <summary>
/// Every value that must be computed for some others, each once and after those it needs, in flat arrays: a graph of a million calls is
/// ordinary. Plain values are no part of it. Values are numbered 0, 1, 2, … depth first, in the order of arguments.
/// <code>
/// add(inc(1), inc(2))     values   inc(1)  inc(2)  add     inputs  0 1     of add at [0, 2)     starts  0 0 0 2
/// </code>
/// </summary>
/// <param name="values">By number.</param>
/// <param name="starts">Where the inputs of each begin, and the end of the last one's.</param>
/// <param name="inputs">Of all values, one after another.</param>
/// <param name="roots">The numbers of what was asked for.</param>
/// <param name="delivered">The numbers of values that deliver elements to arrays.</param>
internal sealed class CallGraph(
    ValueExpression[] values, int[] starts, int[] inputs, int[] roots, IReadOnlyDictionary<ValueExpression, int> delivered)
{
    /// <summary>The number of a value that is there already.</summary>
    public const int Plain = -1;

    private static readonly CallGraph Empty = new([], [0], [], [], new Dictionary<ValueExpression, int>());

    public int Count => values.Length;

    /// <summary>True where some values become known only while the run is on.</summary>
    public bool HasBinds { get; init; }

    /// <summary>True where elements of arrays are among the values.</summary>
    public bool HasArrays { get; init; }

    public ValueExpression this[int number] => values[number];

    /// <summary>The number of each value that was asked for, in that order; <see cref="Plain"/> for plain ones.</summary>
    public ReadOnlySpan<int> Roots => roots;

    /// <summary>Where the inputs of each value begin among <see cref="Inputs"/>, and the end of the last one's. Not to be changed.</summary>
    public int[] Starts => starts;

    /// <summary>The inputs of all values, one after another. Not to be changed.</summary>
    public int[] Inputs => inputs;

    /// <summary>The values that a call needs, in the order of its arguments; one needed twice is there twice.</summary>
    public ReadOnlySpan<int> InputsOf(int number) => inputs.AsSpan(starts[number]..starts[number + 1]);

    public int NumberOf(Delivered elements) => delivered[elements.Value];

    /// <param name="roots">What is asked for.</param>
    /// <param name="values">How they will be computed.</param>
    public static CallGraph Of(IReadOnlyList<ValueExpression> roots, ValueLowering values)
    {
        using var graph = new CallGraphBuilder(values);
        return graph.Build(roots);
    }

    /// <summary>What must be computed for the elements that are delivered to some arrays.</summary>
    /// <param name="arrays">As they will be computed.</param>
    /// <param name="values">How other arrays, and the values, will be computed.</param>
    public static CallGraph For(IEnumerable<ArrayExpression> arrays, ValueLowering values)
    {
        var elements = new List<Delivered>();
        foreach (ArrayExpression array in arrays)
            elements.AddRange(DeliveredTo(array));
        if (elements.Count == 0)
            return Empty;
        using var graph = new CallGraphBuilder(values);
        return graph.BuildFor([.. elements]);
    }

    /// <summary>True where there is nothing to compute.</summary>
    public static bool IsPlain(ValueExpression value) => value is Data or RunToken;

    /// <summary>The values that deliver elements to an array.</summary>
    public static IEnumerable<Delivered> DeliveredTo(ArrayExpression array) =>
        array.NeedsValues ? ExpressionOrder.InputsFirst(array).OfType<Delivered>() : [];
}
