using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>
/// Rows folded into a mean and a sum of squared distances: each piece in two passes, the second over values that the first left in the
/// cache, then joined to the state.
/// </summary>
internal sealed class VarianceFold : RowFold
{
    private readonly Kernel _sum;
    private readonly Kernel _squares;

    public VarianceFold(FuseRows fuse)
    {
        _sum = fuse((program, value) => program.Output(value, KernelOutputKind.Sum));
        _squares = fuse((program, value) =>
        {
            int mean = program.Input(ElementType.Double, isScalar: true);
            int distance = program.Node(KernelOp.Subtract, ElementType.Double, value, mean);
            program.Output(program.Node(KernelOp.Multiply, ElementType.Double, distance, distance), KernelOutputKind.Sum);
        });
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // as in LaneFold
    public override unsafe void Fold(in RowSet rows, ReadOnlySpan<nint> state)
    {
        double* mean = (double*)state[0], squares = (double*)state[1];
        Span<nint> inputs = stackalloc nint[rows.Addresses.Length + 2];
        long folded = rows.Folded;
        for (long row = 0; row < rows.Rows; row++)
        {
            for (long element = 0; element < rows.Length; element += Piece)
            {
                long count = Math.Min(Piece, rows.Length - element);
                rows.Locate(row, element, inputs[..^2]);

                double pieceMean = Sum(_sum, inputs[..^1], count) / count;
                inputs[^2] = (nint)(&pieceMean);
                double pieceSquares = Sum(_squares, inputs, count);

                double apart = pieceMean - *mean;
                double all = folded + count;
                *mean += apart * (count / all);
                *squares += pieceSquares + (apart * (apart * (folded * (count / all)))); // the first piece is 0 apart, however far from 0
                folded += count;
            }
        }
    }

    /// <summary>Runs a kernel whose last address is that of its lanes, and joins them.</summary>
    [SkipLocalsInit]
    private static unsafe double Sum(Kernel kernel, Span<nint> addresses, long count)
    {
        double* lanes = stackalloc double[kernel.Program.Lanes];
        for (int i = 0; i < kernel.Program.Lanes; i++)
            lanes[i] = 0;
        addresses[^1] = (nint)lanes;
        kernel.Run(addresses, count);
        return LaneSum.Of(lanes, kernel.Program.Lanes);
    }
}
