using System.Collections.Immutable;

namespace Tessera.Kernels;

/// <summary>
/// A variance: the sum of squared distances from the mean over n - <paramref name="Ddof"/>. States hold the mean and that sum, values enter
/// one at a time (Welford, "Note on a method for calculating corrected sums of squares and products", 1962) or a piece at a time in two
/// passes, and states are joined (Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979).
/// </summary>
internal sealed record VarianceReduction(double Ddof) : Reduction
{
    public override string Name => "var";

    public override ElementType ValueType => ElementType.Double;

    public override ElementType ResultType => ElementType.Double;

    public override ElementType? CellType => ElementType.Double;

    public override ImmutableArray<StateComponent> State => [new(ElementType.Double, 0), new(ElementType.Double, 0)];

    public override int[] FoldColumns(KernelProgramBuilder program, int value, ReadOnlySpan<int> state, int cell)
    {
        int distance = Node(program, KernelOp.Subtract, value, state[0]);
        int mean = Node(program, KernelOp.Add, state[0], Node(program, KernelOp.Multiply, distance, cell));
        int squares = Node(program, KernelOp.Multiply, distance, Node(program, KernelOp.Subtract, value, mean));
        return [mean, Node(program, KernelOp.Add, state[1], squares)];
    }

    public override void Merge(KernelProgramBuilder program, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int share, int spread)
    {
        int apart = Node(program, KernelOp.Subtract, b[0], a[0]);
        int mean = Node(program, KernelOp.Add, a[0], Node(program, KernelOp.Multiply, apart, share));
        int between = Node(program, KernelOp.Multiply, Node(program, KernelOp.Multiply, apart, apart), spread);
        program.Output(mean, KernelOutputKind.Store);
        program.Output(Node(program, KernelOp.Add, Node(program, KernelOp.Add, a[1], b[1]), between), KernelOutputKind.Store);
    }

    public override double FinishingCount(long count) => Math.Max(0, count - Ddof);

    public override int Finish(KernelProgramBuilder program, ReadOnlySpan<int> state, int count) =>
        Node(program, KernelOp.Divide, state[1], count);

    public override RowFold Rows(FuseRows fuse) => new VarianceFold(fuse);

    private static int Node(KernelProgramBuilder program, KernelOp op, int left, int right) => program.Node(op, ElementType.Double, left, right);
}
