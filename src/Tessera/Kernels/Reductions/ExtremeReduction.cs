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

    public override RowFold Rows(FuseRows fuse) => ElementTypeTable.Do<MakeFold, (FuseRows Fuse, bool IsMaximum), RowFold>(ValueType, (fuse, IsMaximum));

    /// <summary>The element that loses against every other.</summary>
    internal static long Worst(ElementType type, bool isMaximum) => ElementTypeTable.Do<Loser, bool, long>(type, isMaximum);

    private static InvalidOperationException NoExtremes() => new("Booleans have no extremes; they are cast to bytes first.");

    private readonly unsafe struct MakeFold : IElementWork<(FuseRows Fuse, bool IsMaximum), RowFold>
    {
        public static RowFold Boolean((FuseRows Fuse, bool IsMaximum) fold) => throw NoExtremes();

        public static RowFold Integer<T>((FuseRows Fuse, bool IsMaximum) fold)
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Make<T>(fold);

        public static RowFold FloatingPoint<T>((FuseRows Fuse, bool IsMaximum) fold)
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => Make<T>(fold);

        private static LaneFold<T> Make<T>((FuseRows Fuse, bool IsMaximum) fold)
            where T : unmanaged, INumber<T> => fold.IsMaximum
                ? new LaneFold<T>(fold.Fuse, KernelOutputKind.Maximum, static (state, value) => Unsafe.Write((void*)state[0], T.Max(Unsafe.Read<T>((void*)state[0]), value)))
                : new LaneFold<T>(fold.Fuse, KernelOutputKind.Minimum, static (state, value) => Unsafe.Write((void*)state[0], T.Min(Unsafe.Read<T>((void*)state[0]), value)));
    }

    private readonly struct Loser : IElementWork<bool, long>
    {
        public static long Boolean(bool isMaximum) => throw NoExtremes();

        public static long Integer<T>(bool isMaximum)
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => long.CreateTruncating(isMaximum ? T.MinValue : T.MaxValue);

        public static long FloatingPoint<T>(bool isMaximum)
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
        {
            long bits = 0;
            Unsafe.As<long, T>(ref bits) = isMaximum ? T.NegativeInfinity : T.PositiveInfinity;
            return bits;
        }
    }
}
