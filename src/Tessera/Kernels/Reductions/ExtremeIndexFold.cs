using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>Rows folded into the best value and its index: the extreme of a piece first, and its place only where it wins.</summary>
internal static class ExtremeIndexFold
{
    public static RowFold For(FuseRows fuse, ElementType type, bool isMaximum) =>
        ElementTypeTable.Do<Make, (FuseRows Fuse, bool IsMaximum), RowFold>(type, (fuse, isMaximum));

    private readonly struct Make : IElementWork<(FuseRows Fuse, bool IsMaximum), RowFold>
    {
        public static RowFold Boolean((FuseRows Fuse, bool IsMaximum) fold) => throw new InvalidOperationException("Booleans have no extremes; they are cast to bytes first.");

        public static RowFold Integer<T>((FuseRows Fuse, bool IsMaximum) fold)
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => new Of<T>(fold.Fuse, fold.IsMaximum);

        public static RowFold FloatingPoint<T>((FuseRows Fuse, bool IsMaximum) fold)
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => new Of<T>(fold.Fuse, fold.IsMaximum);
    }

    private sealed class Of<T>(FuseRows fuse, bool isMaximum) : RowFold
        where T : unmanaged, INumber<T>
    {
        private readonly LaneFold<T> _extreme = new(fuse, isMaximum ? KernelOutputKind.Maximum : KernelOutputKind.Minimum, (_, _) => { });
        private readonly Kernel _values = fuse((program, value) => program.Output(value, KernelOutputKind.Store));

        [SkipLocalsInit]
        public override unsafe void Fold(in RowSet rows, ReadOnlySpan<nint> state)
        {
            long bits = ExtremeReduction.Worst(ElementTypes.Of<T>(), isMaximum);
            T identity = Unsafe.As<long, T>(ref bits);
            T* best = (T*)state[0];
            long* bestIndex = (long*)state[1];
            Span<nint> addresses = stackalloc nint[rows.Addresses.Length + 1];
            T* values = stackalloc T[(int)Piece];
            for (long row = 0; row < rows.Rows; row++)
            {
                for (long element = 0; element < rows.Length; element += Piece)
                {
                    long count = Math.Min(Piece, rows.Length - element);
                    long firstIndex = rows.Index + (row * rows.IndexRowStride) + (element * rows.IndexStride);
                    rows.Locate(row, element, addresses);
                    T extreme = _extreme.Join(addresses, count, identity);
                    bool same = extreme == *best || (T.IsNaN(extreme) && T.IsNaN(*best));
                    if (same ? firstIndex > *bestIndex : !Wins(extreme, *best))
                        continue;

                    addresses[^1] = (nint)values;
                    _values.Run(addresses, count);
                    long index = firstIndex + (FirstIndex.Of(values, count, extreme) * rows.IndexStride);
                    if (!same || index < *bestIndex)
                        (*best, *bestIndex) = (extreme, index);
                }
            }
        }

        private bool Wins(T value, T best) =>
            (isMaximum ? value > best : value < best) || (T.IsNaN(value) && !T.IsNaN(best));
    }
}
