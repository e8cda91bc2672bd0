using static Tessera.Kernels.LaneForms;
using static Tessera.Kernels.OperandKinds;

namespace Tessera.Kernels;

/// <summary>
/// All elementwise operations. One more of them is a member of <see cref="KernelOp"/>, a row here with its plain form and its form in
/// vectors, the method that users call, and its tests.
/// Generic forms are called by lambdas, so that each is loaded when it is first used, and not all with the table.
/// </summary>
internal static class OperationTable
{
    private static readonly OperationRow?[] Rows = InOrder(
    [
        // What the kernels do themselves.
        new(KernelOp.Input, 1, None, null, null, MovesBits: true),
        new(KernelOp.Cast, 1, Any, null, null),
        new(KernelOp.Where, 3, Any, null, null, MovesBits: true),

        new(KernelOp.Negate, 1, Numbers, (t, x) => MapForm<Negate>.Run(t, x), Vector("Negate"), Sign: "-"),
        new(KernelOp.Abs, 1, Numbers, (t, x) => MapForm<Abs>.Run(t, x), Absolute),
        new(KernelOp.Square, 1, Numbers, (t, x) => MapForm<Square>.Run(t, x), x => x.Call("Multiply", x.A, x.A)),
        new(KernelOp.Sqrt, 1, FloatingPoint, (t, x) => MapForm<Sqrt>.Run(t, x), Vector("Sqrt"), Cost: OperationRow.Division),
        new(KernelOp.Cbrt, 1, FloatingPoint, (t, x) => MapForm<Cbrt>.Run(t, x), x => EachFloat<Cbrt>(x), Cost: OperationRow.Function),
        new(KernelOp.Exp, 1, FloatingPoint, (t, x) => MapForm<Exp>.Run(t, x), x => Pieces<Exp>(x), Cost: OperationRow.Function),
        new(KernelOp.Log, 1, FloatingPoint, (t, x) => MapForm<Log>.Run(t, x), x => Pieces<Log>(x), Cost: OperationRow.Function),
        new(KernelOp.Sin, 1, FloatingPoint, (t, x) => MapForm<Sin>.Run(t, x), x => EachFloat<Sin>(x), Cost: OperationRow.Function),
        new(KernelOp.Cos, 1, FloatingPoint, (t, x) => MapForm<Cos>.Run(t, x), x => EachFloat<Cos>(x), Cost: OperationRow.Function),
        new(KernelOp.Floor, 1, FloatingPoint, (t, x) => MapForm<Floor>.Run(t, x), Vector("Floor")),
        new(KernelOp.Ceiling, 1, FloatingPoint, (t, x) => MapForm<Ceiling>.Run(t, x), Vector("Ceiling")),
        new(KernelOp.Round, 1, FloatingPoint, (t, x) => MapForm<Round>.Run(t, x), Vector("Round")),
        new(KernelOp.Not, 1, Bits, (t, x) => MapForm<Not>.Run(t, x), Vector("OnesComplement"), Masks: Vector("OnesComplement"), Sign: "~"),
        new(
            KernelOp.IsNaN, 1, FloatingPoint, (t, x) => TestForm<IsNaN>.Run(t, x), x => x.Call("OnesComplement", x.Call("Equals", x.A, x.A)), IsTest: true),

        // Booleans add, multiply and compare as NumPy's do: as or, as and, false before true.
        new(KernelOp.Add, 2, Numbers, (t, x) => ZipForm<Add>.Run(t, x), Vector("Add"), Takes: Any, Masks: Vector("BitwiseOr"), Sign: "+"),
        new(KernelOp.Subtract, 2, Numbers, (t, x) => ZipForm<Subtract>.Run(t, x), Vector("Subtract"), Sign: "-"),
        new(
            KernelOp.Multiply, 2, Numbers, (t, x) => ZipForm<Multiply>.Run(t, x), Vector("Multiply"), Takes: Any, Masks: Vector("BitwiseAnd"), Sign: "*"),
        new(KernelOp.Divide, 2, Numbers, (t, x) => ZipForm<Divide>.Run(t, x), Quotient, Sign: "/", Cost: OperationRow.Division),
        new(KernelOp.Remainder, 2, Numbers, (t, x) => ZipForm<Remainder>.Run(t, x), Rest, Sign: "%", Cost: OperationRow.Function),
        new(KernelOp.Power, 2, Numbers, (t, x) => ZipForm<Power>.Run(t, x), x => EachOfTwo<Power>(x), Method: "Pow", Cost: OperationRow.Function),
        new(KernelOp.Minimum, 2, Numbers, (t, x) => ZipForm<Minimum>.Run(t, x), Vector("Min"), Takes: Any, Masks: Vector("BitwiseAnd")),
        new(KernelOp.Maximum, 2, Numbers, (t, x) => ZipForm<Maximum>.Run(t, x), Vector("Max"), Takes: Any, Masks: Vector("BitwiseOr")),
        new(KernelOp.CopySign, 2, FloatingPoint, (t, x) => ZipForm<CopySign>.Run(t, x), Vector("CopySign")),
        new(KernelOp.And, 2, Bits, (t, x) => ZipForm<And>.Run(t, x), Vector("BitwiseAnd"), Masks: Vector("BitwiseAnd"), Sign: "&"),
        new(KernelOp.Or, 2, Bits, (t, x) => ZipForm<Or>.Run(t, x), Vector("BitwiseOr"), Masks: Vector("BitwiseOr"), Sign: "|"),
        new(KernelOp.Xor, 2, Bits, (t, x) => ZipForm<Xor>.Run(t, x), Vector("Xor"), Masks: Vector("Xor"), Sign: "^"),
        new(KernelOp.ShiftLeft, 2, Integers, (t, x) => ZipForm<ShiftLeft>.Run(t, x), Left, Sign: "<<"),
        new(KernelOp.ShiftRight, 2, Integers, (t, x) => ZipForm<ShiftRight>.Run(t, x), Right, Sign: ">>"),

        Test(KernelOp.Equal, "==", (t, x) => TestForm<Equal>.Run(t, x), Vector("Equals")),
        Test(KernelOp.NotEqual, "!=", (t, x) => TestForm<NotEqual>.Run(t, x), x => x.Call("OnesComplement", x.Call("Equals", x.A, x.B))),
        Test(KernelOp.Less, "<", (t, x) => TestForm<Less>.Run(t, x), Vector("LessThan")),
        Test(KernelOp.LessOrEqual, "<=", (t, x) => TestForm<LessOrEqual>.Run(t, x), Vector("LessThanOrEqual")),
        Test(KernelOp.Greater, ">", (t, x) => TestForm<Greater>.Run(t, x), Vector("GreaterThan")),
        Test(KernelOp.GreaterOrEqual, ">=", (t, x) => TestForm<GreaterOrEqual>.Run(t, x), Vector("GreaterThanOrEqual")),

        new(KernelOp.FusedMultiplyAdd, 3, FloatingPoint, (t, x) => JoinForm<FusedMultiplyAdd>.Run(t, x), Vector("FusedMultiplyAdd")),
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
