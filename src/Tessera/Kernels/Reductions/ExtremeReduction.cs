using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>A minimum or a maximum; a NaN anywhere makes the result NaN. Not for booleans, which are cast to bytes first.</summary>
/// <param name="ResultType">Of the values and of the result.</param>
/// <param name="IsMaximum">Else a minimum.</param>
/// <param name="IsTruth">Of bytes that are 0 or 1: then no values at all have an answer, false for any and true for all.</param>
internal sealed record ExtremeReduction(ElementType ResultType, bool IsMaximum, bool IsTruth = false) : Reduction
{
    public override string Name => IsTruth ? (IsMaximum ? "any" : "all") : IsMaximum ? "max" : "min";

    public override ElementType ResultType { get; } = ResultType;

    public override ElementType ValueType => ResultType;

    public override bool HasIdentity => IsTruth;

    public override ImmutableArray<StateComponent> State => [new(ResultType, Worst(ResultType, IsMaximum))];

    private KernelOp Op => IsMaximum ? KernelOp.Maximum : KernelOp.Minimum;

    public override int[] FoldColumns(KernelProgramBuilder program, int value, ReadOnlySpan<int> state, int cell) =>
        [program.Node(Op, ValueType, state[0], value)];

    public override void Merge(KernelProgramBuilder program, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int share, int spread) =>
        program.Output(program.Node(Op, ValueType, a[0], b[0]), KernelOutputKind.Store);

    public override int Finish(KernelProgramBuilder program, ReadOnlySpan<int> state, int count) => state[0];

    public override RowFold Rows(FuseRows fuse) => ResultType switch
    {
        ElementType.SByte => Rows<sbyte>(fuse),
        ElementType.Byte => Rows<byte>(fuse),
        ElementType.Int16 => Rows<short>(fuse),
        ElementType.UInt16 => Rows<ushort>(fuse),
        ElementType.Int32 => Rows<int>(fuse),
        ElementType.UInt32 => Rows<uint>(fuse),
        ElementType.Int64 => Rows<long>(fuse),
        ElementType.UInt64 => Rows<ulong>(fuse),
        ElementType.Single => Rows<float>(fuse),
        ElementType.Double => Rows<double>(fuse),
        _ => throw new InvalidOperationException($"{ResultType} has no extremes; it is cast to bytes first."),
    };

    /// <summary>The element that loses against every other.</summary>
    internal static long Worst(ElementType type, bool isMaximum) => type switch
    {
        ElementType.SByte => isMaximum ? sbyte.MinValue : sbyte.MaxValue,
        ElementType.Byte => isMaximum ? 0 : byte.MaxValue,
        ElementType.Int16 => isMaximum ? short.MinValue : short.MaxValue,
        ElementType.UInt16 => isMaximum ? 0 : ushort.MaxValue,
        ElementType.Int32 => isMaximum ? int.MinValue : int.MaxValue,
        ElementType.UInt32 => isMaximum ? 0 : uint.MaxValue,
        ElementType.Int64 => isMaximum ? long.MinValue : long.MaxValue,
        ElementType.UInt64 => isMaximum ? 0 : -1,
        ElementType.Single => BitConverter.SingleToInt32Bits(isMaximum ? float.NegativeInfinity : float.PositiveInfinity),
        _ => Bits(isMaximum ? double.NegativeInfinity : double.PositiveInfinity),
    };

    private unsafe LaneFold<T> Rows<T>(FuseRows fuse)
        where T : unmanaged, INumber<T> => IsMaximum
            ? new LaneFold<T>(fuse, KernelOutputKind.Maximum, static (state, value) => Unsafe.Write((void*)state[0], T.Max(Unsafe.Read<T>((void*)state[0]), value)))
            : new LaneFold<T>(fuse, KernelOutputKind.Minimum, static (state, value) => Unsafe.Write((void*)state[0], T.Min(Unsafe.Read<T>((void*)state[0]), value)));
}
