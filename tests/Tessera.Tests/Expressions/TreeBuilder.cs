using Tessera.Expressions;
using Tessera.Kernels;
using Tessera.Storage;
using Tessera.Tests.Storage;

namespace Tessera.Tests.Expressions;

/// <summary>
/// Builds the expression of a node. What the answer does not depend on, the variation chooses: how data is stored and cut, where rechunks
/// stand, whether equal subtrees are one object.
/// </summary>
/// <param name="variation">Null for the plainest: everything in memory, in one chunk.</param>
internal sealed class TreeBuilder(Random? variation)
{
    private readonly Dictionary<Node, ArrayExpression> _built = [];

    public static ArrayExpression Build(Node node, int? variation = null) =>
        new TreeBuilder(variation is { } seed ? new Random(seed) : null).Of(node);

    /// <summary>A cut at random: automatic, regular or explicit, axis by axis.</summary>
    public static Chunks RandomChunks(Random random, Shape shape)
    {
        if (random.Next(5) == 0)
            return Chunks.Auto;
        var axes = new AxisChunks[shape.Rank];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            long size = shape[axis];
            axes[axis] = random.Next(6) switch
            {
                0 => AxisChunks.Auto,
                1 => AxisChunks.Whole,
                2 => Math.Max(1, size / 2),
                3 when size is > 0 and < 1000 => Explicit(random, size),
                _ => random.NextInt64(Math.Max(1, size / 8), Math.Max(2, size + 2)),
            };
        }

        return Chunks.Create(axes);
    }

    private ArrayExpression Of(Node node)
    {
        if (_built.TryGetValue(node, out ArrayExpression? known) && Chance(4))
            return known;

        ArrayExpression[] inputs = [.. node.Inputs.Select(Of)];
        ArrayExpression expression = Operation(node, inputs);
        if (!Chance(6))
            expression = new Rechunk(expression, RandomChunks(variation!, node.Shape).Cut(node.Shape, node.Type, Shape.Ones(node.Shape.Rank)));
        _built[node] = expression;
        return expression;
    }

    /// <summary>True but for one time in so many.</summary>
    private bool Chance(int oneIn) => variation is null || variation.Next(oneIn) > 0;

    private ArrayExpression Operation(Node node, ArrayExpression[] inputs)
    {
        ArrayExpression first = inputs.FirstOrDefault()!;
        int[] numbers = [.. node.Numbers.Select(number => (int)number)];
        switch (node.Op)
        {
            case "Data":
                return Data(node);
            case "Constant":
                return Reductions.Cast(Constant.Of(node.Numbers[0]), node.Type);
            case "Bits":
                return new Source(PinnedMemory.Of(Elements.OfBits(node.Type, node.Shape, node.Numbers).Bytes, node.Type, node.Shape), ChunkGrid.Single(node.Shape));
            case "Slice":
                return View.Slice(first, RandomViews.Slices(node.Numbers));
            case "Transpose":
                return View.Transpose(first, numbers);
            case "Reshape":
                return new Reshape(first, Chunks.Auto.Cut(node.Shape, node.Type, Shape.Ones(node.Shape.Rank)));
            case "Broadcast":
                return View.Broadcast(first, node.Shape);
            case "Concatenate":
                return Concatenate.Of(inputs, numbers[0]);
            case "Stack":
                Slice[] slices = [.. Enumerable.Repeat(Slice.All, numbers[0]), Slice.NewAxis];
                return Concatenate.Of(inputs.Select(input => (ArrayExpression)View.Slice(input, slices)).ToArray(), numbers[0]);
            case "Cast":
                return Reductions.Cast(first, node.Type);
        }

        return Enum.TryParse(node.Op, out KernelOp op) ? Elementwise.Of(op, node.Type, inputs) : Reduction(node, first, numbers[0] == 1, numbers[1], numbers[2..]);
    }

    private static ArrayExpression Reduction(Node node, ArrayExpression input, bool keepDims, int ddof, int[] axes) => node.Op switch
    {
        "Sum" => Reductions.Over(input, _ => new SumReduction(node.Type), axes, keepDims),
        "Prod" => Reductions.Over(input, _ => new ProductReduction(node.Type), axes, keepDims),
        "Min" or "Max" => Reductions.Extreme(input, axes, keepDims, node.Op == "Max"),
        "Mean" => Reductions.Mean(input, axes, keepDims),
        "Var" => Reductions.Variance(input, axes, keepDims, ddof),
        "Std" => Reductions.Deviation(input, axes, keepDims, ddof),
        "Any" or "All" => Reductions.Truth(input, axes, keepDims, node.Op == "Any"),
        "CountNonZero" => Reductions.CountNonZero(input, axes, keepDims),
        "ArgMin" or "ArgMax" => Reductions.ExtremeIndex(input, axes, keepDims, node.Op == "ArgMax"),
        _ => throw new ArgumentException($"There is no operation {node.Op}.", nameof(node)),
    };

    private Source Data(Node node)
    {
        Elements elements = Elements.OfFormula(node.Type, node.Shape, node.Numbers);
        if (variation is null)
            return new Source(PinnedMemory.Of(elements.Bytes, node.Type, node.Shape), ChunkGrid.Single(node.Shape));

        Chunks chunks = RandomChunks(variation, node.Shape);
        if (variation.Next(2) == 0)
            return new Source(PinnedMemory.Of(elements.Bytes, node.Type, node.Shape), chunks.Cut(node.Shape, node.Type, Shape.Ones(node.Shape.Rank)));
        Shape storage = [.. node.Shape.Select(size => variation.NextInt64(1, Math.Max(2, size + 2)))];
        var source = new ArraySource(elements, storage) { IsCheap = variation.Next(2) == 0 };
        return new Source(variation.Next(6) == 0 ? new AwaitedSource(source) : source, chunks.Cut(node.Shape, node.Type, storage));
    }

    private static AxisChunks Explicit(Random random, long size)
    {
        var sizes = new List<long>();
        for (long rest = size; rest > 0; rest -= sizes[^1])
            sizes.Add(random.NextInt64(1, rest + 1));
        return AxisChunks.Create([.. sizes]);
    }
}
