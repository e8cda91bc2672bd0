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
    /// <param name="operation">What the user called: <see cref="Name"/>, or the name of a method.</param>
    /// <param name="type">The element type of its operands.</param>
    /// <param name="kinds">What it takes.</param>
    /// <exception cref="NotSupportedException">It doesn't take that type.</exception>
    public static void Check(string operation, ElementType type, OperandKinds kinds)
    {
        OperandKinds kind = type == ElementType.Boolean ? OperandKinds.Booleans : type.IsInteger ? OperandKinds.Integers : OperandKinds.FloatingPoint;
        if (!kinds.HasFlag(kind))
            throw new NotSupportedException($"{operation} was asked of an array of {type.Name}; it is defined for {InWords(kinds)}. {Remedy(kind, kinds)}");
    }

    /// <summary>An operation as users write it: an operator's sign, or a method's name.</summary>
    public static string Name(KernelOp op, OperandKinds kinds)
    {
        string? sign = op switch
        {
            KernelOp.Add => "+",
            KernelOp.Subtract or KernelOp.Negate => "-",
            KernelOp.Multiply => "*",
            KernelOp.Divide => "/",
            KernelOp.Remainder => "%",
            KernelOp.And => "&",
            KernelOp.Or => "|",
            KernelOp.Xor => "^",
            KernelOp.Not => kinds == OperandKinds.Booleans ? "!" : "~",
            KernelOp.ShiftLeft => "<<",
            KernelOp.ShiftRight => ">>",
            _ => null,
        };
        return sign is not null ? $"The operator {sign}" : op == KernelOp.Power ? "Pow" : op.ToString();
    }

    public static ArrayExpression[] Expressions<T>(ReadOnlySpan<ChunkedArray<T>> operands)
        where T : unmanaged
    {
        var expressions = new ArrayExpression[operands.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(operands[i], operands.Length == 1 ? "array" : i == 0 ? "left" : "right");
            expressions[i] = operands[i].Expression;
        }

        return expressions;
    }

    private static string InWords(OperandKinds kinds) => kinds switch
    {
        OperandKinds.Booleans => "booleans",
        OperandKinds.Integers => "integers",
        OperandKinds.FloatingPoint => "floating point",
        OperandKinds.Numbers => "integers and floating point",
        _ => "integers and booleans",
    };

    private static string Remedy(OperandKinds kind, OperandKinds kinds) => (kind, kinds) switch
    {
        (_, OperandKinds.Booleans) => "Compare first, x == 0, or cast, Cast<bool>().",
        (_, OperandKinds.FloatingPoint) => "Cast to double first, Cast<double>().",
        (OperandKinds.Booleans, OperandKinds.Numbers) => "Cast to a number first, Cast<int>(), or use &, |, ^ and !.",
        (_, OperandKinds.Bits) => "Cast to an integer first, Cast<int>(), or compare.",
        _ => "Cast to an integer first, Cast<int>().",
    };
}
