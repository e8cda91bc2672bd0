using System.Collections.Immutable;

namespace Tessera.Kernels;

/// <summary>A product. Integers are multiplied in 64 bits and wrap; floating point is multiplied in double.</summary>
internal sealed record ProductReduction(ElementType ResultType) : Reduction
{
    public override string Name => "prod";

    public override ElementType ResultType { get; } = ResultType;

    public override ElementType ValueType => ResultType.AccumulatorType;

    public override ImmutableArray<StateComponent> State => ResultType.IsFloatingPoint
        ? [new(ElementType.Double, Bits(1))]
        : [new(ResultType, 1)];

    public override int[] FoldColumns(KernelProgramBuilder program, int value, ReadOnlySpan<int> state, int cell) =>
        [program.Node(KernelOp.Multiply, ValueType, state[0], value)];

    public override void Merge(KernelProgramBuilder program, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int share, int spread) =>
        program.Output(program.Node(KernelOp.Multiply, ValueType, a[0], b[0]), KernelOutputKind.Store);

    public override int Finish(KernelProgramBuilder program, ReadOnlySpan<int> state, int count) =>
        program.Node(KernelOp.Cast, ResultType, state[0]);

    public override unsafe RowFold Rows(FuseRows fuse) => ValueType switch
    {
        ElementType.Double => new LaneFold<double>(fuse, KernelOutputKind.Product, static (state, value) => *(double*)state[0] *= value),
        ElementType.Int64 or ElementType.UInt64 => new LaneFold<long>(fuse, KernelOutputKind.Product, static (state, value) => *(long*)state[0] *= value),
        _ => throw new InvalidOperationException($"{ValueType.Name} is no type of products."),
    };
}
