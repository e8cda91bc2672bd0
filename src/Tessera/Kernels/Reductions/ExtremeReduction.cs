using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>A minimum or a maximum; a NaN anywhere makes the result NaN. Not for booleans, which are cast to bytes first.</summary>
/// <param name="ResultType">Of the result, and of the values as it is computed.</param>
/// <param name="IsMaximum">Else a minimum.</param>
/// <param name="IsTruth">Of bytes that are 0 or 1: then no values at all have an answer, false for any and true for all.</param>
internal sealed record ExtremeReduction(ElementType ResultType, bool IsMaximum, bool IsTruth = false) : Reduction
{
    public override string Name => IsTruth ? (IsMaximum ? "any" : "all") : IsMaximum ? "max" : "min";

    public override ElementType ResultType { get; } = ResultType;

    public override ElementType ValueType => ResultType.ComputedAs;

    public override bool HasIdentity => IsTruth;

    public override ImmutableArray<StateComponent> State => [new(ValueType, Worst(ValueType, IsMaximum))];

    private KernelOp Op => IsMaximum ? KernelOp.Maximum : KernelOp.Minimum;

    public override int[] FoldColumns(KernelProgramBuilder program, int value, ReadOnlySpan<int> state, int cell) =>
        [program.Node(Op, ValueType, state[0], value)];

    public override void Merge(KernelProgramBuilder program, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int share, int spread) =>
        program.Output(program.Node(Op, ValueType, a[0], b[0]), KernelOutputKind.Store);

    public override int Finish(KernelProgramBuilder program, ReadOnlySpan<int> state, int count) =>
        program.Node(KernelOp.Cast, ResultType, state[0]);

    public override RowFold Rows(FuseRows fuse) => ElementTypeTable.Do<MakeFold, RowFold>(ValueType, new MakeFold(fuse, IsMaximum));

    /// <summary>The element that loses against every other.</summary>
    internal static long Worst(ElementType type, bool isMaximum) => ElementTypeTable.Do<Loser, long>(type, new Loser(isMaximum));

    private static InvalidOperationException NoExtremes() => new("Booleans have no extremes; they are cast to bytes first.");

    private readonly unsafe struct MakeFold(FuseRows fuse, bool isMaximum) : IElementWork<RowFold>
    {
        public RowFold Boolean() => throw NoExtremes();

        public RowFold Integer<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Make<T>();

        public RowFold FloatingPoint<T>()
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => Make<T>();

        private LaneFold<T> Make<T>()
            where T : unmanaged, INumber<T> => isMaximum
                ? new LaneFold<T>(fuse, KernelOutputKind.Maximum, static (state, value) => Unsafe.Write((void*)state[0], T.Max(Unsafe.Read<T>((void*)state[0]), value)))
                : new LaneFold<T>(fuse, KernelOutputKind.Minimum, static (state, value) => Unsafe.Write((void*)state[0], T.Min(Unsafe.Read<T>((void*)state[0]), value)));
    }

    private readonly struct Loser(bool isMaximum) : IElementWork<long>
    {
        public long Boolean() => throw NoExtremes();

        public long Integer<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => long.CreateTruncating(isMaximum ? T.MinValue : T.MaxValue);

        public long FloatingPoint<T>()
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
        {
            long bits = 0;
            Unsafe.As<long, T>(ref bits) = isMaximum ? T.NegativeInfinity : T.PositiveInfinity;
            return bits;
        }
    }
}
