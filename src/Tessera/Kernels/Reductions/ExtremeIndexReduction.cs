using System.Collections.Immutable;

namespace Tessera.Kernels;

/// <summary>
/// The index of the first minimum or maximum; of the first NaN where there is one, as in NumPy. States hold the best value and its index;
/// between equal values the smaller index wins, so the order of folding does not matter. Not for booleans, which are cast to bytes first.
/// </summary>
internal sealed record ExtremeIndexReduction(ElementType ValueType, bool IsMaximum) : Reduction
{
    public override string Name => IsMaximum ? "argmax" : "argmin";

    public override ElementType ValueType { get; } = ValueType.ComputedAs;

    public override ElementType ResultType => ElementType.Int64;

    public override ElementType? CellType => ElementType.Int64;

    public override bool HasIdentity => false;

    public override ImmutableArray<StateComponent> State =>
        [new(ValueType, ExtremeReduction.Worst(ValueType, IsMaximum)), new(ElementType.Int64, long.MaxValue)];

    public override int[] FoldColumns(KernelProgramBuilder program, int value, ReadOnlySpan<int> state, int cell) =>
        Choose(program, state, value, cell);

    public override void Merge(KernelProgramBuilder program, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int share, int spread) =>
        Array.ForEach(Choose(program, a, b[0], b[1]), node => program.Output(node, KernelOutputKind.Store));

    public override int Finish(KernelProgramBuilder program, ReadOnlySpan<int> state, int count) => state[1];

    public override RowFold Rows(FuseRows fuse) => ExtremeIndexFold.For(fuse, ValueType, IsMaximum);

    private int[] Choose(KernelProgramBuilder program, ReadOnlySpan<int> state, int value, int index)
    {
        (int best, int bestIndex) = (state[0], state[1]);
        int wins = Compare(IsMaximum ? KernelOp.Greater : KernelOp.Less, value, best);
        int ties = Compare(KernelOp.Equal, value, best);
        if (ValueType.IsFloatingPoint)
        {
            int isNaN = program.Node(KernelOp.IsNaN, ElementType.Boolean, value);
            int wasNaN = program.Node(KernelOp.IsNaN, ElementType.Boolean, best);
            wins = Join(KernelOp.Or, wins, Join(KernelOp.And, isNaN, program.Node(KernelOp.Not, ElementType.Boolean, wasNaN)));
            ties = Join(KernelOp.Or, ties, Join(KernelOp.And, isNaN, wasNaN));
        }

        int better = Join(KernelOp.Or, wins, Join(KernelOp.And, ties, Compare(KernelOp.Less, index, bestIndex)));
        return [program.Node(KernelOp.Where, ValueType, better, value, best), program.Node(KernelOp.Where, ElementType.Int64, better, index, bestIndex)];

        int Compare(KernelOp op, int left, int right) => program.Node(op, ElementType.Boolean, left, right);
        int Join(KernelOp op, int left, int right) => program.Node(op, ElementType.Boolean, left, right);
    }
}
