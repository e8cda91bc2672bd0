using Tessera.Kernels;

namespace Tessera.Tests.Expressions;

/// <summary>Tables of operations on all pairs of values at which operations go wrong.</summary>
internal static class CornerValues
{
    private static readonly KernelOp[] Comparisons =
        [KernelOp.Equal, KernelOp.NotEqual, KernelOp.Less, KernelOp.LessOrEqual, KernelOp.Greater, KernelOp.GreaterOrEqual];

    /// <summary>A table per operation of the type: of its values in a row, or of every pair.</summary>
    public static IEnumerable<Node> Tables(ElementType type)
    {
        Node row = Row(type, Of(type)), column = row with { Shape = [row.Length, 1] };
        foreach (KernelOp op in Comparisons)
            yield return RandomElementwise.Binary(op, column, row) with { Type = ElementType.Boolean };
        if (type == ElementType.Boolean)
        {
            yield return RandomElementwise.Unary(KernelOp.Not, row);
            foreach (KernelOp op in (KernelOp[])[KernelOp.And, KernelOp.Or, KernelOp.Xor])
                yield return RandomElementwise.Binary(op, column, row);
            yield break;
        }

        foreach (KernelOp op in (KernelOp[])[KernelOp.Negate, KernelOp.Abs, KernelOp.Square])
            yield return RandomElementwise.Unary(op, row);
        foreach (KernelOp op in (KernelOp[])[KernelOp.Add, KernelOp.Subtract, KernelOp.Multiply, KernelOp.Divide, KernelOp.Remainder, KernelOp.Minimum, KernelOp.Maximum])
            yield return RandomElementwise.Binary(op, column, row);
        foreach (Node table in type.IsInteger ? OfIntegers(type, row, column) : OfFloatingPoint(type, row))
            yield return table;
    }

    /// <summary>The type's values as each other type: integers wrap in it, floating point saturates.</summary>
    public static IEnumerable<Node> Casts(ElementType type)
    {
        double[] edges =
        [
            0.25, 0.999, -0.999, 100.75, -100.75, 300, -200, 40000, 2147483520, 2147483647.5, 2147483648, -2147483648.5, -2147483649, 4294967295.5, 4294967296,
            9.3e18, -9.3e18, 1.9e19, 1e20,
        ];
        Node row = Row(type, type.IsFloatingPoint ? [.. Of(type), .. edges.Select(value => Node.Bits(type, value))] : Of(type));
        foreach (ElementType to in Enum.GetValues<ElementType>())
            yield return new Node("Cast", to, row.Shape, [], row);
    }

    /// <summary>The same table many times over along a new axis, its operands being repeated before the operation.</summary>
    public static Node Repeated(Node table, long copies) => table with
    {
        Shape = [copies, .. table.Shape],
        Inputs = [.. table.Inputs.Select(input => input.Inputs.Length > 0 && input.Op != "Broadcast"
            ? Repeated(input, copies)
            : input with { Op = "Broadcast", Shape = [copies, .. input.Shape], Numbers = [copies, .. input.Shape], Inputs = [input] })],
    };

    private static IEnumerable<Node> OfIntegers(ElementType type, Node row, Node column)
    {
        yield return RandomElementwise.Unary(KernelOp.Not, row);
        foreach (KernelOp op in (KernelOp[])[KernelOp.And, KernelOp.Or, KernelOp.Xor])
            yield return RandomElementwise.Binary(op, column, row);
        foreach (KernelOp op in (KernelOp[])[KernelOp.ShiftLeft, KernelOp.ShiftRight])
            yield return RandomElementwise.Binary(op, column, Row(type, [.. Enumerable.Range(0, 8 * type.Size).Select(bits => (long)bits)]));
        yield return RandomElementwise.Binary(KernelOp.Power, column, Row(type, [0, 1, 2, 3, 5, 31, 64, 100]));
    }

    private static IEnumerable<Node> OfFloatingPoint(ElementType type, Node row)
    {
        double ulp = Node.Ulp(type);
        foreach (KernelOp op in (KernelOp[])[KernelOp.Sqrt, KernelOp.Floor, KernelOp.Ceiling, KernelOp.Round])
            yield return RandomElementwise.Unary(op, row);
        yield return RandomElementwise.Unary(KernelOp.IsNaN, row) with { Type = ElementType.Boolean };
        foreach (KernelOp op in (KernelOp[])[KernelOp.Exp, KernelOp.Log])
            yield return RandomElementwise.Unary(op, row) with { RelativeError = 4 * ulp, Error = 4 * Node.Smallest(type) };
        yield return RandomElementwise.Unary(KernelOp.Cbrt, row) with { RelativeError = 2 * ulp };
        Node angles = Row(type, [.. ((double[])[0, -0.0, 0.5, 1, 1.5, -2.5, 3.14159, 100, -1000, double.NaN]).Select(value => Node.Bits(type, value))]);
        foreach (KernelOp op in (KernelOp[])[KernelOp.Sin, KernelOp.Cos])
            yield return RandomElementwise.Unary(op, angles) with { Error = 2 * ulp };
        double[] bases = [0, 0.5, 1, 2, 3.75, 10, -2, -1, 1e5, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        double[] exponents = [0, 1, 2, 3, -1, -2, 0.5, -0.5, 1.25, 7, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        Node powers = Row(type, [.. bases.Select(value => Node.Bits(type, value))]) with { Shape = [bases.Length, 1] };
        yield return RandomElementwise.Binary(KernelOp.Power, powers, Row(type, [.. exponents.Select(value => Node.Bits(type, value))])) with { RelativeError = 4 * ulp };

        yield return RandomElementwise.Binary(KernelOp.CopySign, row with { Shape = [row.Length, 1] }, row);
        double[] some = [0, 1, -1, 1.5, 1 + (3 * ulp), -3, 0.1, 1000, ulp / 2, Node.Smallest(type), Node.Largest(type), double.NaN, double.PositiveInfinity];
        Node factors = Row(type, [.. some.Select(value => Node.Bits(type, value))]);
        yield return RandomElementwise.Ternary(KernelOp.FusedMultiplyAdd, factors with { Shape = [some.Length, 1, 1] }, factors with { Shape = [1, some.Length, 1] }, factors with { Shape = [1, 1, some.Length] });
    }

    private static Node Row(ElementType type, long[] bits) => new("Bits", type, [1, bits.Length], bits);

    private static long[] Of(ElementType type)
    {
        if (type == ElementType.Boolean)
            return [0, 1];
        if (type.IsFloatingPoint)
        {
            double smallest = Node.Smallest(type), largest = Node.Largest(type);
            return [.. ((double[])[0, -0.0, 0.5, -0.5, 1, -1, 1.5, 2.5, -2.5, 3, -7, 100.25, 1e10, -1e10, smallest, -smallest, largest, -largest,
                1e-3, 709, -745, 88.7, double.NaN, double.PositiveInfinity, double.NegativeInfinity]).Select(value => Node.Bits(type, value))];
        }

        int bits = 8 * type.Size;
        Int128 low = type.IsUnsigned ? 0 : -(Int128.One << (bits - 1)), high = (Int128.One << (type.IsUnsigned ? bits : bits - 1)) - 1;
        Int128[] values = [low, low + 1, low + 2, low / 2, -100, -7, -3, -2, -1, 0, 1, 2, 3, 5, 7, 10, 100, high / 3, high / 2, high / 2 + 1, high - 1, high];
        return [.. values.Where(value => value >= low && value <= high).Distinct().Select(value => (long)value)];
    }
}
