using Tessera.Kernels;

namespace Tessera.Tests.Expressions;

/// <summary>Elementwise operations of a node and a random partner.</summary>
internal sealed class RandomElementwise(Random random, Func<Node, ElementType, Node> partner)
{
    private static readonly ElementType[] Types = Enum.GetValues<ElementType>();

    private static readonly KernelOp[] OfIntegers =
    [
        KernelOp.Negate, KernelOp.Abs, KernelOp.Square, KernelOp.Not, KernelOp.Add, KernelOp.Subtract, KernelOp.Multiply, KernelOp.Divide, KernelOp.Remainder,
        KernelOp.Power, KernelOp.Minimum, KernelOp.Maximum, KernelOp.And, KernelOp.Or, KernelOp.Xor, KernelOp.ShiftLeft, KernelOp.ShiftRight,
    ];

    private static readonly KernelOp[] OfFloatingPoint =
    [
        KernelOp.Negate, KernelOp.Abs, KernelOp.Square, KernelOp.Sqrt, KernelOp.Cbrt, KernelOp.CopySign, KernelOp.Exp, KernelOp.Log, KernelOp.Sin, KernelOp.Cos, KernelOp.Floor, KernelOp.Round, KernelOp.Add,
        KernelOp.Subtract, KernelOp.Multiply, KernelOp.Divide, KernelOp.Power, KernelOp.Minimum, KernelOp.Maximum,
    ];

    private static readonly KernelOp[] OfBooleans = [KernelOp.Not, KernelOp.And, KernelOp.Or, KernelOp.Xor];

    private static readonly KernelOp[] Comparisons =
        [KernelOp.Equal, KernelOp.NotEqual, KernelOp.Less, KernelOp.LessOrEqual, KernelOp.Greater, KernelOp.GreaterOrEqual];

    /// <summary>Null where the operation that came up is not defined for the node, or would leave the range in which its answer is known.</summary>
    public Node? Over(Node node)
    {
        if (node.Precision == Precision.Approximate)
            return Unary(random.Next(2) == 0 ? KernelOp.Negate : KernelOp.Abs, node);

        int choice = random.Next(6);
        if (choice == 0)
            return Cast(node, Types[random.Next(Types.Length)]);
        if (choice == 1)
            return Truth(Binary(Comparisons[random.Next(Comparisons.Length)], node, partner(node, node.Type)));
        if (choice == 2 && node.Type == ElementType.Boolean)
        {
            Node a = partner(node, Types[random.Next(Types.Length)]), wide = node with { Shape = Broadcast(node.Shape, a.Shape) }, b = partner(wide, a.Type);
            return Node.Of("Where", Broadcast(wide.Shape, b.Shape), [], a, b) with { Inputs = [node, a, b] };
        }

        if (node.Type.IsFloatingPoint)
            return FloatingPoint(OfFloatingPoint[random.Next(OfFloatingPoint.Length)], node);
        KernelOp[] ops = node.Type == ElementType.Boolean ? OfBooleans : OfIntegers;
        return Integer(ops[random.Next(ops.Length)], node);
    }

    public static Node Constant(ElementType type, long value) => new("Constant", type, Shape.Scalar, [value]) { Bound = Math.Max(1, Math.Abs((double)value)) };

    public static Node Unary(KernelOp op, Node node) => node with { Op = op.ToString(), Numbers = [], Inputs = [node] };

    public static Node Binary(KernelOp op, Node a, Node b) => Node.Of(op.ToString(), Broadcast(a.Shape, b.Shape), [], a, b);

    public static Node Ternary(KernelOp op, Node a, Node b, Node c) => Node.Of(op.ToString(), Broadcast(Broadcast(a.Shape, b.Shape), c.Shape), [], a, b, c);

    private Node Integer(KernelOp op, Node node)
    {
        if (op is KernelOp.Negate or KernelOp.Abs or KernelOp.Square or KernelOp.Not)
            return Unary(op, node);

        // Exponents that aren't negative, and shifts within the type: beyond these NumPy refuses or leaves the answer open.
        Node other = partner(node, node.Type);
        if (op is KernelOp.Power)
            other = Binary(KernelOp.And, other, Constant(node.Type, 3));
        if (op is KernelOp.ShiftLeft or KernelOp.ShiftRight)
            other = Binary(KernelOp.And, other, Constant(node.Type, (8 * node.Type.Size) - 1));
        return Binary(op, node, other);
    }

    private Node? FloatingPoint(KernelOp op, Node node)
    {
        double ulp = Node.Ulp(node.Type);
        Node other = partner(node, node.Type), one = Constant(node.Type, 1);
        switch (op)
        {
            case KernelOp.Negate or KernelOp.Abs or KernelOp.Floor or KernelOp.Round:
                return Unary(op, node);
            case KernelOp.Sqrt:
                return Unary(op, Unary(KernelOp.Abs, node)) with { Precision = Precision.Determined };
            case KernelOp.Cbrt:
                return Unary(op, node) with { Precision = Precision.Approximate, RelativeError = 2 * ulp };
            case KernelOp.CopySign:
                return Binary(op, node, other) with { Bound = node.Bound };
            case KernelOp.Exp when node.Bound < 50 && !node.IsSpecial:
                return Unary(op, node) with { Precision = Precision.Approximate, Bound = 1e22, RelativeError = 4 * ulp };
            case KernelOp.Log:
                return Unary(op, AtLeastOne(node)) with { Precision = Precision.Approximate, RelativeError = 4 * ulp };
            case KernelOp.Sin or KernelOp.Cos when !node.IsSpecial && node.Bound < 1e6:
                return Unary(op, node) with { Precision = Precision.Approximate, Bound = 1, Error = 4 * ulp };
            case KernelOp.Power when node.Bound < 1e4 && other.Bound <= 5 && !other.IsSpecial:
                return Binary(op, AtLeastOne(node), other) with { Precision = Precision.Approximate, Bound = 1e20, RelativeError = 4 * ulp };
            case KernelOp.Add or KernelOp.Subtract:
                return Rounded(Binary(op, node, other), node.Bound + other.Bound);
            case KernelOp.Multiply:
                return Rounded(Binary(op, node, other), node.Bound * other.Bound);
            case KernelOp.Square:
                return Rounded(Unary(op, node), node.Bound * node.Bound);
            case KernelOp.Minimum or KernelOp.Maximum:
                return Rounded(Binary(op, node, other), Math.Max(node.Bound, other.Bound));
            case KernelOp.Divide:
                return Binary(op, node, AtLeastOne(other)) with { Precision = Precision.Determined, Bound = node.Bound };
            default:
                return null;
        }

        Node AtLeastOne(Node any) => Binary(KernelOp.Maximum, Unary(KernelOp.Abs, any), one) with { Bound = any.Bound };
    }

    private static Node Truth(Node node) => node with { Type = ElementType.Boolean, Bound = 1, Precision = Precision.Exact, IsSpecial = false };

    private static Node? Rounded(Node node, double bound) => bound > Math.Min(1e15, Node.Largest(node.Type)) ? null : node with
    {
        Bound = bound,
        Precision = bound <= Node.ExactLimit(node.Type) ? node.Precision : Precision.Determined,
    };

    private static Node Cast(Node node, ElementType to)
    {
        Node cast = node with { Op = "Cast", Type = to, Numbers = [], Inputs = [node] };
        if (to == ElementType.Boolean)
            return Truth(cast);
        if (to.IsInteger)
            return cast with { Bound = Math.Pow(2, 8 * to.Size), Precision = Precision.Exact, IsSpecial = false };
        return cast with
        {
            Precision = node.Bound <= Node.ExactLimit(to) ? node.Precision : Precision.Determined,
            IsSpecial = node.IsSpecial || node.Bound > Node.Largest(to),
        };
    }

    private static Shape Broadcast(Shape left, Shape right)
    {
        var sizes = new long[Math.Max(left.Rank, right.Rank)];
        for (int axis = 1; axis <= sizes.Length; axis++)
        {
            long a = axis <= left.Rank ? left[^axis] : 1, b = axis <= right.Rank ? right[^axis] : 1;
            sizes[^axis] = a == 1 ? b : a;
        }

        return Shape.Create(sizes);
    }
}
