namespace Tessera.Tests.Expressions;

/// <summary>Reductions of a node over random axes.</summary>
internal sealed class RandomReductions(Random random)
{
    private static readonly string[] All = ["Sum", "Prod", "Min", "Max", "Mean", "Var", "Std", "Any", "All", "CountNonZero", "ArgMin", "ArgMax"];

    /// <summary>Null where the reduction that came up is not defined for the input.</summary>
    public Node? Over(Node input)
    {
        int[] axes = [.. Enumerable.Range(0, input.Shape.Rank)];
        random.Shuffle(axes);
        axes = random.Next(3) == 0 ? axes : axes[..Math.Min(axes.Length, random.Next(1, 3))];
        return Of(All[random.Next(All.Length)], input, axes, random.Next(2) == 0, random.Next(3) == 0 ? 1 : 0);
    }

    /// <summary>A reduction, its numbers being keepDims, ddof and the axes.</summary>
    public static Node? Of(string op, Node input, int[] axes, bool keepDims, int ddof = 0)
    {
        long count = axes.Aggregate(1L, (product, axis) => product * input.Shape[axis]);
        Shape shape = [.. input.Shape.Select((size, axis) => !axes.Contains(axis) ? size : keepDims ? 1 : -1).Where(size => size >= 0)];
        Node result = Node.Of(op, shape, [keepDims ? 1 : 0, ddof, .. axes], input);
        Node settled = result with { Precision = Precision.Exact, IsSpecial = false };
        bool isFloat = input.Type.IsFloatingPoint, isSettled = input.Precision < Precision.Approximate;
        switch (op)
        {
            case "Min" or "Max" when input.Type != ElementType.Boolean && count > 0:
                return result;
            case "Any" or "All" when isSettled:
                return settled with { Type = ElementType.Boolean, Bound = 1 };
            case "CountNonZero" when isSettled:
            case "ArgMin" or "ArgMax" when isSettled && count > 0 && axes.Length > 0:
                return settled with { Type = ElementType.Int64, Bound = Math.Pow(2, 64) };
            case "Sum" or "Prod" when !isFloat:
                return settled with { Type = input.Type.IsUnsigned ? ElementType.UInt64 : ElementType.Int64, Bound = Math.Pow(2, 64) };
            case "Sum" when isSettled && count * input.Bound < 1e30:
                return Sum(result, count * input.Bound);
            case "Prod" when input.Precision == Precision.Exact && Math.Pow(input.Bound, count) <= Node.ExactLimit(input.Type):
                return result with { Bound = Math.Pow(input.Bound, count) };
            case "Mean" or "Var" or "Std" when isSettled && input.Bound < 1e30:
                return Moment(result, count > ddof);
            default:
                return null;
        }
    }

    private static Node Sum(Node result, double bound) => result.Precision == Precision.Exact && bound <= Node.ExactLimit(result.Type)
        ? result with { Bound = Math.Max(1, bound) }
        : result with
        {
            Precision = Precision.Approximate,
            Bound = Math.Max(1, bound),
            Error = bound * Math.ScaleB(1, -46), // 64 roundings within a lane, each of at most an ulp of the sum of magnitudes
            RelativeError = result.Type == ElementType.Double ? 0 : Node.Ulp(result.Type),
        };

    private static Node Moment(Node result, bool isFinite) => result with
    {
        Type = ElementType.Double,
        Precision = Precision.Approximate,
        Bound = result.Op == "Var" ? result.Bound * result.Bound : result.Bound,
        IsSpecial = result.IsSpecial || !isFinite,
        Error = result.Op switch
        {
            "Mean" => result.Bound * Math.ScaleB(1, -46),
            "Var" => result.Bound * result.Bound * Math.ScaleB(1, -44),
            _ => result.Bound * Math.ScaleB(1, -40), // the root of a variance near 0 keeps half of its digits
        },
    };
}
