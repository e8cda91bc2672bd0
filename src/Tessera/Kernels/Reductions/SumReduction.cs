using System.Collections.Immutable;

namespace Tessera.Kernels;

/// <summary>
/// A sum. Integers and booleans are summed in 64 bits and wrap. Floating point is summed in double with the rounding error of each addition
/// carried along (Knuth's two-sum; Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974).
/// </summary>
internal sealed record SumReduction(ElementType ResultType) : Reduction
{
    public override string Name => "sum";

    public override ElementType ResultType { get; } = ResultType;

    public override ElementType ValueType => ResultType.AccumulatorType;

    public override ImmutableArray<StateComponent> State => ResultType.IsFloatingPoint
        ? [new(ElementType.Double, 0), new(ElementType.Double, 0)] // the sum, and what its roundings lost
        : [new(ResultType, 0)];

    public override int[] FoldColumns(KernelProgramBuilder program, int value, ReadOnlySpan<int> state, int cell)
    {
        if (state.Length == 1)
            return [program.Node(KernelOp.Add, ValueType, state[0], value)];

        (int sum, int error) = TwoSum(program, state[0], value);
        return [sum, program.Node(KernelOp.Add, ValueType, state[1], error)];
    }

    public override void Merge(KernelProgramBuilder program, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int share, int spread)
    {
        if (a.Length == 1)
        {
            program.Output(program.Node(KernelOp.Add, ValueType, a[0], b[0]), KernelOutputKind.Store);
            return;
        }

        (int sum, int error) = TwoSum(program, a[0], b[0]);
        int lost = program.Node(KernelOp.Add, ValueType, program.Node(KernelOp.Add, ValueType, a[1], b[1]), error);
        program.Output(sum, KernelOutputKind.Store);
        program.Output(lost, KernelOutputKind.Store);
    }

    public override int Finish(KernelProgramBuilder program, ReadOnlySpan<int> state, int count)
    {
        if (state.Length == 1)
            return state[0];

        // Once an infinity or a NaN took part, the error is NaN and the sum alone is right.
        int whole = program.Node(KernelOp.Add, ValueType, state[0], state[1]);
        int special = program.Node(KernelOp.IsNaN, ElementType.Boolean, state[1]);
        int chosen = program.Node(KernelOp.Where, ValueType, special, state[0], whole);
        return program.Node(KernelOp.Cast, ResultType, chosen);
    }

    public override RowFold Rows(FuseRows fuse) => ValueType switch
    {
        ElementType.Double => new LaneFold<double>(fuse, KernelOutputKind.Sum, AddCompensated),
        ElementType.Int64 or ElementType.UInt64 => new LaneFold<long>(fuse, KernelOutputKind.Sum, AddWrapping), // unsigned sums have the same bits
        _ => throw new InvalidOperationException($"{ValueType.Name} is no type of sums."),
    };

    private static unsafe void AddCompensated(ReadOnlySpan<nint> state, double value)
    {
        double* sum = (double*)state[0], lost = (double*)state[1];
        double whole = *sum + value;
        double part = whole - *sum;
        *lost += (*sum - (whole - part)) + (value - part);
        *sum = whole;
    }

    private static unsafe void AddWrapping(ReadOnlySpan<nint> state, long value) => *(long*)state[0] += value;

    /// <summary>The rounded sum of two values and its exact error, whichever is larger.</summary>
    private static (int Sum, int Error) TwoSum(KernelProgramBuilder program, int a, int b)
    {
        int sum = Node(KernelOp.Add, a, b);
        int part = Node(KernelOp.Subtract, sum, a);
        int lostOfA = Node(KernelOp.Subtract, a, Node(KernelOp.Subtract, sum, part));
        int lostOfB = Node(KernelOp.Subtract, b, part);
        return (sum, Node(KernelOp.Add, lostOfA, lostOfB));

        int Node(KernelOp op, int left, int right) => program.Node(op, ElementType.Double, left, right);
    }
}
