using Tessera.Tests.Expressions;
using Tessera.Tests.Oracles;

namespace Tessera.Tests.Arrays;

/// <summary>
/// NumPy computes the same: exactly for integers, booleans and elementwise arithmetic; sums within 64 roundings of the sum of magnitudes, since
/// that many values are added in a lane before it is joined with its error to the rest; transcendental functions within 4 units in the last
/// place, as either library has its own method.
/// </summary>
public class NumPyTests
{
    [Fact]
    public void NumPy_agrees_on_random_expressions()
    {
        Node[] trees = [.. Enumerable.Range(500_000, 3000).Select(seed => RandomTrees.Tree(seed, mostElements: 4000))];
        Agree(trees, node => TreeBuilder.Build(node, variation: node.Numbers.Length));
    }

    [Fact]
    public void NumPy_agrees_on_long_chains()
    {
        Node[] trees = [.. Enumerable.Range(600_000, 300).Select(seed => RandomTrees.Tree(seed, operations: 60, mostElements: 2000))];
        Agree(trees, node => TreeBuilder.Build(node, variation: 1));
    }

    [Fact]
    public void NumPy_agrees_on_large_expressions()
    {
        Node[] trees = [.. Enumerable.Range(700_000, 60).Select(seed => RandomTrees.Tree(seed, mostElements: 300_000))];
        Agree(trees, node => TreeBuilder.Build(node, variation: 1));
    }

    /// <summary>Every operation on every pair of corner values: the ends of each type, zeros of both signs, halves, NaN and infinities.</summary>
    [Fact]
    public void NumPy_agrees_on_corner_values_of_every_type_interpreted_and_compiled() =>
        AgreeCompiledToo([.. Enum.GetValues<ElementType>().SelectMany(CornerValues.Tables)]);

    [Fact]
    public void NumPy_agrees_on_casts_between_all_types_interpreted_and_compiled() =>
        AgreeCompiledToo([.. Enum.GetValues<ElementType>().SelectMany(CornerValues.Casts)]);

    /// <summary>Each table by itself, and so many times over that it goes through compiled kernels and whole vectors.</summary>
    private static void AgreeCompiledToo(Node[] tables)
    {
        IReadOnlyList<Elements> expected = NumPyOracle.Compute(tables);
        for (int i = 0; i < tables.Length; i++)
        {
            Same(expected[i], Elements.Of(TreeBuilder.Build(tables[i]), new ComputeOptions()), tables[i], "interpreted");

            int size = expected[i].Bytes.Length, copies = 1 + (40_000 / (int)tables[i].Length);
            Elements compiled = Elements.Of(TreeBuilder.Build(CornerValues.Repeated(tables[i], copies)), new ComputeOptions());
            for (int copy = 0; copy < copies; copy += Math.Max(1, copies / 20))
                Same(expected[i], new Elements(tables[i].Type, tables[i].Shape, compiled.Bytes.AsSpan(copy * size, size).ToArray()), tables[i], $"compiled, copy {copy}");
        }
    }

    private static void Agree(Node[] nodes, Func<Node, Tessera.Expressions.ArrayExpression> build)
    {
        IReadOnlyList<Elements> expected = NumPyOracle.Compute(nodes);
        for (int i = 0; i < nodes.Length; i++)
            Same(expected[i], Elements.Of(build(nodes[i]), new ComputeOptions()), nodes[i], $"number {i}");
    }

    private static void Same(Elements expected, Elements actual, Node node, string which)
    {
        if (expected.Differs(actual, node) is { } difference)
            Assert.Fail($"{which}: {difference}\n{node}");
    }
}
