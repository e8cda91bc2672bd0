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
        new(KernelOp.Input, 1, None, null, null, MovesBits: true),
        new(KernelOp.Cast, 1, Any, null, null),
        new(KernelOp.Where, 3, Any, null, null, MovesBits: true),

        new(KernelOp.Negate, 1, Numbers, MapForm<Negate>.Run, Vector("Negate"), Sign: "-"),
        new(KernelOp.Abs, 1, Numbers, MapForm<Abs>.Run, Absolute),
        new(KernelOp.Square, 1, Numbers, MapForm<Square>.Run, x => x.Call("Multiply", x.A, x.A)),
        new(KernelOp.Sqrt, 1, FloatingPoint, MapForm<Sqrt>.Run, Vector("Sqrt"), Cost: OperationRow.Division),
        new(KernelOp.Cbrt, 1, FloatingPoint, MapForm<Cbrt>.Run, EachFloat<Cbrt>, Cost: OperationRow.Function),
        new(KernelOp.Exp, 1, FloatingPoint, MapForm<Exp>.Run, Pieces<Exp>, Cost: OperationRow.Function),
        new(KernelOp.Log, 1, FloatingPoint, MapForm<Log>.Run, Pieces<Log>, Cost: OperationRow.Function),
        new(KernelOp.Sin, 1, FloatingPoint, MapForm<Sin>.Run, EachFloat<Sin>, Cost: OperationRow.Function),
        new(KernelOp.Cos, 1, FloatingPoint, MapForm<Cos>.Run, EachFloat<Cos>, Cost: OperationRow.Function),
        new(KernelOp.Floor, 1, FloatingPoint, MapForm<Floor>.Run, Vector("Floor")),
        new(KernelOp.Ceiling, 1, FloatingPoint, MapForm<Ceiling>.Run, Vector("Ceiling")),
        new(KernelOp.Round, 1, FloatingPoint, MapForm<Round>.Run, Vector("Round")),
        new(KernelOp.Not, 1, Bits, MapForm<Not>.Run, Vector("OnesComplement"), Masks: Vector("OnesComplement"), Sign: "~"),
        new(KernelOp.IsNaN, 1, FloatingPoint, TestForm<IsNaN>.Run, x => x.Call("OnesComplement", x.Call("Equals", x.A, x.A)), IsTest: true),

        // Booleans add, multiply and compare as NumPy's do: as or, as and, false before true.
        new(KernelOp.Add, 2, Numbers, ZipForm<Add>.Run, Vector("Add"), Takes: Any, Masks: Vector("BitwiseOr"), Sign: "+"),
        new(KernelOp.Subtract, 2, Numbers, ZipForm<Subtract>.Run, Vector("Subtract"), Sign: "-"),
        new(KernelOp.Multiply, 2, Numbers, ZipForm<Multiply>.Run, Vector("Multiply"), Takes: Any, Masks: Vector("BitwiseAnd"), Sign: "*"),
        new(KernelOp.Divide, 2, Numbers, ZipForm<Divide>.Run, Quotient, Sign: "/", Cost: OperationRow.Division),
        new(KernelOp.Remainder, 2, Numbers, ZipForm<Remainder>.Run, Rest, Sign: "%", Cost: OperationRow.Function),
        new(KernelOp.Power, 2, Numbers, ZipForm<Power>.Run, EachOfTwo<Power>, Method: "Pow", Cost: OperationRow.Function),
        new(KernelOp.Minimum, 2, Numbers, ZipForm<Minimum>.Run, Vector("Min"), Takes: Any, Masks: Vector("BitwiseAnd")),
        new(KernelOp.Maximum, 2, Numbers, ZipForm<Maximum>.Run, Vector("Max"), Takes: Any, Masks: Vector("BitwiseOr")),
        new(KernelOp.CopySign, 2, FloatingPoint, ZipForm<CopySign>.Run, Vector("CopySign")),
        new(KernelOp.And, 2, Bits, ZipForm<And>.Run, Vector("BitwiseAnd"), Masks: Vector("BitwiseAnd"), Sign: "&"),
        new(KernelOp.Or, 2, Bits, ZipForm<Or>.Run, Vector("BitwiseOr"), Masks: Vector("BitwiseOr"), Sign: "|"),
        new(KernelOp.Xor, 2, Bits, ZipForm<Xor>.Run, Vector("Xor"), Masks: Vector("Xor"), Sign: "^"),
        new(KernelOp.ShiftLeft, 2, Integers, ZipForm<ShiftLeft>.Run, Left, Sign: "<<"),
        new(KernelOp.ShiftRight, 2, Integers, ZipForm<ShiftRight>.Run, Right, Sign: ">>"),

        Test(KernelOp.Equal, "==", TestForm<Equal>.Run, Vector("Equals")),
        Test(KernelOp.NotEqual, "!=", TestForm<NotEqual>.Run, x => x.Call("OnesComplement", x.Call("Equals", x.A, x.B))),
        Test(KernelOp.Less, "<", TestForm<Less>.Run, Vector("LessThan")),
        Test(KernelOp.LessOrEqual, "<=", TestForm<LessOrEqual>.Run, Vector("LessThanOrEqual")),
        Test(KernelOp.Greater, ">", TestForm<Greater>.Run, Vector("GreaterThan")),
        Test(KernelOp.GreaterOrEqual, ">=", TestForm<GreaterOrEqual>.Run, Vector("GreaterThanOrEqual")),

        new(KernelOp.FusedMultiplyAdd, 3, FloatingPoint, JoinForm<FusedMultiplyAdd>.Run, Vector("FusedMultiplyAdd")),
    ]);

    /// <summary>All rows.</summary>
    public static IEnumerable<OperationRow> All => Rows.OfType<OperationRow>();

    /// <summary>What is known of an operation.</summary>
    public static OperationRow Of(KernelOp op) => Rows[(int)op] ?? throw new NotSupportedException($"The operation {op} has no row; add it to {nameof(OperationTable)}.");

    private static OperationRow Test(KernelOp op, string sign, PlainForm plain, LaneForm lanes) =>
        new(op, 2, Any, plain, lanes, Masks: OfMasks(lanes), IsTest: true, Sign: sign);

    private static OperationRow?[] InOrder(OperationRow[] rows)
    {
        var ordered = new OperationRow?[byte.MaxValue + 1];
        foreach (OperationRow row in rows)
            ordered[(int)row.Op] = row;
        return ordered;
    }
}
