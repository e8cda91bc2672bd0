using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

/// <summary>Element types that an operation takes.</summary>
[Flags]
internal enum OperandKinds
{
    Booleans = 1,
    Integers = 2,
    FloatingPoint = 4,
    Numbers = Integers | FloatingPoint,
    Bits = Booleans | Integers,
}

/// <summary>Checks the operands that users give.</summary>
internal static class Operands
{
    public static void Check(KernelOp op, ElementType type, OperandKinds kinds)
    {
        OperandKinds kind = type == ElementType.Boolean ? OperandKinds.Booleans : type.IsInteger ? OperandKinds.Integers : OperandKinds.FloatingPoint;
        if (kinds.HasFlag(kind))
            return;

        string remedy = kind == OperandKinds.Booleans
            ? "Cast to a number first, Cast<int>(), or use &, |, ^ and !."
            : kinds.HasFlag(OperandKinds.FloatingPoint) ? "Cast to double first, Cast<double>()." : "Cast to an integer or compare first.";
        throw new NotSupportedException($"{op} was asked of an array of {type.Name}; it is defined for {kinds}. {remedy}");
    }

    public static ArrayExpression[] Expressions<T>(ReadOnlySpan<ChunkedArray<T>> operands)
        where T : unmanaged
    {
        var expressions = new ArrayExpression[operands.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(operands[i], "operand");
            expressions[i] = operands[i].Expression;
        }

        return expressions;
    }
}
