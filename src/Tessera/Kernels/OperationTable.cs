using static Tessera.Kernels.LaneForms;
using static Tessera.Kernels.OperandKinds;

namespace Tessera.Kernels;

/// <summary>
/// All elementwise operations. One more of them is a member of <see cref="KernelOp"/>, a row here with its plain form and its form in
/// vectors, the method that users call, and its tests.
/// </summary>
internal static class OperationTable
{
    private static readonly OperationRow?[] Rows = InOrder(
    [
        // What the kernels do themselves.
        new(KernelOp.Input, 1, None, null, null) { MovesBits = true },
        new(KernelOp.Cast, 1, Any, null, null),
        new(KernelOp.Where, 3, Any, null, null) { MovesBits = true },

        new(KernelOp.Negate, 1, Numbers, MapForm<Negate>.Make, Vector("Negate")) { Sign = "-" },
        new(KernelOp.Abs, 1, Numbers, MapForm<Abs>.Make, Absolute),
        new(KernelOp.Square, 1, Numbers, MapForm<Square>.Make, x => x.Call("Multiply", x.A, x.A)),
        new(KernelOp.Sqrt, 1, FloatingPoint, MapForm<Sqrt>.Make, Vector("Sqrt")),
        new(KernelOp.Cbrt, 1, FloatingPoint, MapForm<Cbrt>.Make, EachFloat<Cbrt>),
        new(KernelOp.Exp, 1, FloatingPoint, MapForm<Exp>.Make, Pieces<Exp>),
        new(KernelOp.Log, 1, FloatingPoint, MapForm<Log>.Make, Pieces<Log>),
        new(KernelOp.Sin, 1, FloatingPoint, MapForm<Sin>.Make, EachFloat<Sin>),
        new(KernelOp.Cos, 1, FloatingPoint, MapForm<Cos>.Make, EachFloat<Cos>),
        new(KernelOp.Floor, 1, FloatingPoint, MapForm<Floor>.Make, Vector("Floor")),
        new(KernelOp.Ceiling, 1, FloatingPoint, MapForm<Ceiling>.Make, Vector("Ceiling")),
        new(KernelOp.Round, 1, FloatingPoint, MapForm<Round>.Make, Vector("Round")),
        new(KernelOp.Not, 1, Bits, MapForm<Not>.Make, Vector("OnesComplement")) { Masks = Vector("OnesComplement"), Sign = "~" },
        new(KernelOp.IsNaN, 1, FloatingPoint, TestForm<IsNaN>.Make, x => x.Call("OnesComplement", x.Call("Equals", x.A, x.A))) { IsTest = true },

        // Booleans add, multiply and compare as NumPy's do: as or, as and, false before true.
        new(KernelOp.Add, 2, Numbers, ZipForm<Add>.Make, Vector("Add")) { Takes = Any, Masks = Vector("BitwiseOr"), Sign = "+" },
        new(KernelOp.Subtract, 2, Numbers, ZipForm<Subtract>.Make, Vector("Subtract")) { Sign = "-" },
        new(KernelOp.Multiply, 2, Numbers, ZipForm<Multiply>.Make, Vector("Multiply")) { Takes = Any, Masks = Vector("BitwiseAnd"), Sign = "*" },
        new(KernelOp.Divide, 2, Numbers, ZipForm<Divide>.Make, Quotient) { Sign = "/" },
        new(KernelOp.Remainder, 2, Numbers, ZipForm<Remainder>.Make, Rest) { Sign = "%" },
        new(KernelOp.Power, 2, Numbers, ZipForm<Power>.Make, EachOfTwo<Power>) { Method = "Pow" },
        new(KernelOp.Minimum, 2, Numbers, ZipForm<Minimum>.Make, Vector("Min")) { Takes = Any, Masks = Vector("BitwiseAnd") },
        new(KernelOp.Maximum, 2, Numbers, ZipForm<Maximum>.Make, Vector("Max")) { Takes = Any, Masks = Vector("BitwiseOr") },
        new(KernelOp.CopySign, 2, FloatingPoint, ZipForm<CopySign>.Make, Vector("CopySign")),
        new(KernelOp.And, 2, Bits, ZipForm<And>.Make, Vector("BitwiseAnd")) { Masks = Vector("BitwiseAnd"), Sign = "&" },
        new(KernelOp.Or, 2, Bits, ZipForm<Or>.Make, Vector("BitwiseOr")) { Masks = Vector("BitwiseOr"), Sign = "|" },
        new(KernelOp.Xor, 2, Bits, ZipForm<Xor>.Make, Vector("Xor")) { Masks = Vector("Xor"), Sign = "^" },
        new(KernelOp.ShiftLeft, 2, Integers, ZipForm<ShiftLeft>.Make, Left) { Sign = "<<" },
        new(KernelOp.ShiftRight, 2, Integers, ZipForm<ShiftRight>.Make, Right) { Sign = ">>" },

        Test<Equal>(KernelOp.Equal, "==", Vector("Equals")),
        Test<NotEqual>(KernelOp.NotEqual, "!=", x => x.Call("OnesComplement", x.Call("Equals", x.A, x.B))),
        Test<Less>(KernelOp.Less, "<", Vector("LessThan")),
        Test<LessOrEqual>(KernelOp.LessOrEqual, "<=", Vector("LessThanOrEqual")),
        Test<Greater>(KernelOp.Greater, ">", Vector("GreaterThan")),
        Test<GreaterOrEqual>(KernelOp.GreaterOrEqual, ">=", Vector("GreaterThanOrEqual")),

        new(KernelOp.FusedMultiplyAdd, 3, FloatingPoint, JoinForm<FusedMultiplyAdd>.Make, Vector("FusedMultiplyAdd")),
    ]);

    /// <summary>All rows.</summary>
    public static IEnumerable<OperationRow> All => Rows.OfType<OperationRow>();

    /// <summary>What is known of an operation.</summary>
    public static OperationRow Of(KernelOp op) => (int)op < Rows.Length && Rows[(int)op] is { } row
        ? row
        : throw new NotSupportedException($"The operation {op} has no row; add it to {nameof(OperationTable)}.");

    private static OperationRow Test<TTest>(KernelOp op, string sign, LaneForm lanes)
        where TTest : struct, ITest<TTest> => new(op, 2, Any, TestForm<TTest>.Make, lanes) { IsTest = true, Masks = OfMasks(lanes), Sign = sign };

    private static OperationRow?[] InOrder(OperationRow[] rows)
    {
        var ordered = new OperationRow?[rows.Max(row => (int)row.Op) + 1];
        foreach (OperationRow row in rows)
            ordered[(int)row.Op] = row;
        return ordered;
    }
}
