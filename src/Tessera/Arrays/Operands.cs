using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

/// <summary>Checks the operands that users give.</summary>
internal static class Operands
{
    /// <summary>Refuses an operation that isn't for users' arrays of a type.</summary>
    /// <exception cref="NotSupportedException">It doesn't take that type.</exception>
    public static void Check(KernelOp op, ElementType type)
    {
        OperationRow row = OperationTable.Of(op);
        Check(row.Sign is { } sign ? $"The operator {sign}" : row.Method ?? op.ToString(), type, row.Kinds);
    }

    /// <param name="operation">What the user called.</param>
    /// <param name="type">The element type of its operands.</param>
    /// <param name="kinds">What it takes.</param>
    /// <exception cref="NotSupportedException">It doesn't take that type.</exception>
    public static void Check(string operation, ElementType type, OperandKinds kinds)
    {
        OperandKinds kind = OperandKind.Of(type);
        if (!kinds.HasFlag(kind))
            throw new NotSupportedException($"{operation} was asked of an array of {type.Name}; it is defined for {InWords(kinds)}. {Remedy(kind, kinds)}");
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
        OperandKinds.Bits => "integers and booleans",
        _ => throw new InvalidOperationException($"No operation takes {kinds} alone. This is an error in Tessera; please report it."),
    };

    private static string Remedy(OperandKinds kind, OperandKinds kinds) => (kind, kinds) switch
    {
        (_, OperandKinds.Booleans) => "Compare first, x == 0, or cast, Cast<bool>().",
        (_, OperandKinds.FloatingPoint) => "Cast to double first, Cast<double>().",
        (OperandKinds.Booleans, OperandKinds.Numbers) => "Cast to a number first, Cast<int>(), or use &, |, ^ and !.",
        (_, OperandKinds.Bits) => "Cast to an integer first, Cast<int>(), or compare.",
        (_, OperandKinds.Integers or OperandKinds.Numbers) => "Cast to an integer first, Cast<int>().",
        _ => throw new InvalidOperationException($"No operation takes {kinds} alone. This is an error in Tessera; please report it."),
    };
}
