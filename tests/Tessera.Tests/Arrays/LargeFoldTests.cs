using Tessera.Tests.Expressions;
using Tessera.Tests.Oracles;

namespace Tessera.Tests.Arrays;

/// <summary>
/// Reductions so large that they are cut into several runs whose states are merged (2^23 elements and more), into many cells, and into rows
/// just shorter and longer than a kernel call is worth.
/// </summary>
public class LargeFoldTests
{
    private static readonly string[] Reductions = ["Sum", "Prod", "Min", "Max", "Mean", "Var", "Any", "All", "CountNonZero", "ArgMin", "ArgMax"];

    /// <summary>Shape, reduced axes, and how many of the reductions are tried; others get their turn at another shape.</summary>
    public static TheoryData<long[], int[], int> Folds => new()
    {
        { [9_000_001], [0], 3 },
        { [3, 3_000_001], [1], 6 },
        { [4_500_001, 2], [0, 1], 4 },
        { [2049, 4099], [0], 4 },
        { [3_000_001, 3], [0], 4 },
        { [50_000, 3], [0], 11 },
        { [2, 30_000, 2], [1], 11 },
        { [20_000, 31], [1], 11 },
        { [20_000, 33], [1], 11 },
        { [31, 20_001], [0], 11 },
        { [100, 3, 301], [0, 2], 11 },
    };

    [Theory]
    [MemberData(nameof(Folds))]
    public void NumPy_agrees_and_threads_equal_serial(long[] shape, int[] axes, int count)
    {
        ElementType[] types = [ElementType.Byte, ElementType.Int32, ElementType.Single, ElementType.Double];
        Node[] nodes = [.. Enumerable.Range(0, count).Select(i => Fold(Reductions[(i * 4 + shape.Length) % 11], types[(i + axes[0]) % types.Length], Shape.Create(shape), axes))];
        IReadOnlyList<Elements> expected = NumPyOracle.Compute(nodes);
        for (int i = 0; i < nodes.Length; i++)
        {
            Tessera.Expressions.ArrayExpression expression = TreeBuilder.Build(nodes[i]);
            Elements serial = Elements.Of(expression, new ComputeOptions { Scheduler = Schedulers.Serial });
            if (expected[i].Differs(serial, nodes[i]) is { } difference)
                Assert.Fail($"{difference}\n{nodes[i]}");
            Assert.Equal(serial.Bytes, Elements.Of(expression, new ComputeOptions { Scheduler = Schedulers.Threads(3) }).Bytes);
        }
    }

    /// <summary>A fold of values that repeat a small block, with a cast on the way; products of ones but for some twos, which a double holds.</summary>
    private static Node Fold(string op, ElementType type, Shape shape, int[] axes)
    {
        Node small = RandomTrees.Data(type, [1009], seed: 5, low: op == "Prod" ? 1 : 0, count: op == "Prod" ? 1 : 100) with { Bound = op == "Prod" ? 1 : 100 };
        long copies = (shape.Length + 1008) / 1009;
        var tiled = new Node("Broadcast", type, [copies, 1009], [copies, 1009], small) { Bound = small.Bound };
        Node flat = tiled with { Op = "Reshape", Shape = [copies * 1009], Numbers = [copies * 1009], Inputs = [tiled] };
        Node cut = flat with { Op = "Slice", Shape = [shape.Length], Numbers = [RandomViews.Range, 0, shape.Length, 1], Inputs = [flat] };
        Node values = cut with { Op = "Reshape", Shape = shape, Numbers = shape.ToArray(), Inputs = [cut] };
        return RandomReductions.Of(op, values, axes, keepDims: false) ?? RandomReductions.Of("Sum", values, axes, keepDims: true)!;
    }
}
