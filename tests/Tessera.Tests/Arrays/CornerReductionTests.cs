using Tessera.Tests.Expressions;
using Tessera.Tests.Oracles;

namespace Tessera.Tests.Arrays;

/// <summary>Reductions of what they go wrong at: nothing, one element, ties, zeros of both signs, NaN, infinities, the ends of types, ddof beyond the count.</summary>
public class CornerReductionTests
{
    private static readonly string[] Operations = ["Sum", "Prod", "Min", "Max", "Mean", "Var", "Std", "Any", "All", "CountNonZero", "ArgMin", "ArgMax"];

    private static readonly double[][] Rows =
    [
        [1, 5, 5, 2, 5], [3, 1, 2, 1, 1], [1, 5, double.NaN, 7, double.NaN, 9], [double.NaN, double.NaN], [double.NegativeInfinity, double.NegativeInfinity],
        [double.PositiveInfinity, double.PositiveInfinity, 1], [double.PositiveInfinity, double.NegativeInfinity], [-0.0, 0.0, -0.0], [0.0, -0.0], [2], [0, 0, 0],
    ];

    private static readonly long[][] Empty = [[0], [0, 3], [3, 0], [2, 0, 3]];

    [Fact]
    public void NumPy_agrees_on_corners_in_every_chunking()
    {
        Node[] nodes = [.. Cases()];
        Assert.True(nodes.Length > 500, $"{nodes.Length} cases.");
        IReadOnlyList<Elements> expected = NumPyOracle.Compute(nodes);
        for (int i = 0; i < nodes.Length; i++)
        {
            for (int variation = 0; variation < 4; variation++)
            {
                Elements actual = Elements.Of(TreeBuilder.Build(nodes[i], variation), new ComputeOptions());
                if (expected[i].Differs(actual, nodes[i]) is { } difference)
                    Assert.Fail($"variation {variation}: {difference}\n{nodes[i]}");
            }
        }
    }

    private static IEnumerable<Node> Cases()
    {
        foreach (string op in Operations)
        {
            foreach (ElementType type in Enum.GetValues<ElementType>())
            {
                foreach (Node input in Inputs(type))
                {
                    foreach (int[] axes in AxesOf(input.Shape.Rank))
                    {
                        for (int ddof = 0; ddof < (op is "Var" or "Std" ? 7 : 1); ddof += 3)
                        {
                            if (RandomReductions.Of(op, input, axes, keepDims: axes.Length == 1, ddof) is { } node)
                                yield return node;
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<Node> Inputs(ElementType type)
    {
        foreach (long[] shape in Empty)
            yield return new Node("Bits", type, Shape.Create(shape), []) { Precision = Precision.Exact, Bound = 1 };
        if (type.IsFloatingPoint)
        {
            foreach (double[] row in Rows)
            {
                long[] bits = [.. row.Select(value => Node.Bits(type, value))];
                yield return new Node("Bits", type, [1, row.Length], bits) { Precision = Precision.Exact, Bound = 9, IsSpecial = !row.All(double.IsFinite) };
            }
        }
        else
        {
            yield return new Node("Bits", type, [2, 2], [1, 1, 0, 1]) { Precision = Precision.Exact };
            yield return new Node("Bits", type, [1], [1]) { Precision = Precision.Exact };
        }
    }

    private static IEnumerable<int[]> AxesOf(int rank)
    {
        yield return [.. Enumerable.Range(0, rank)];
        for (int axis = 0; axis < rank; axis++)
            yield return [axis];
    }
}
