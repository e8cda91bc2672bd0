using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>Takes what a piece of values came to into a state.</summary>
internal delegate void EnterState<T>(ReadOnlySpan<nint> state, T value);

/// <summary>
/// Rows folded by the kernel itself into lanes, which are joined in a fixed tree (lane i with lane i + half, and again) every
/// <see cref="RowFold.Piece"/> values (or more, where nothing is rounded), and entered into the state.
/// </summary>
internal sealed class LaneFold<T> : RowFold
    where T : unmanaged, INumber<T>
{
    private readonly Kernel _kernel;
    private readonly KernelOutputKind _kind;
    private readonly EnterState<T> _enter;
    private readonly long _piece;

    public LaneFold(FuseRows fuse, KernelOutputKind kind, EnterState<T> enter)
    {
        _kernel = fuse((program, value) => program.Output(value, kind));
        (_kind, _enter) = (kind, enter);

        // Where nothing is rounded, nothing is lost in a long piece.
        bool rounds = ElementTypes.Of<T>().IsFloatingPoint && kind is KernelOutputKind.Sum or KernelOutputKind.Product;
        _piece = rounds ? Piece : 16 * Piece;
    }

    /// <summary>What a row of <paramref name="count"/> values comes to, from <paramref name="identity"/> on.</summary>
    [SkipLocalsInit]
    public unsafe T Join(Span<nint> addresses, long count, T identity)
    {
        Span<T> lanes = stackalloc T[_kernel.Program.Lanes];
        lanes.Fill(identity);
        fixed (T* first = lanes)
        {
            addresses[^1] = (nint)first;
            _kernel.Run(addresses, count);
        }

        return Join(lanes);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // short-lived programs would sum in unoptimized code
    public override unsafe void Fold(in RowSet rows, ReadOnlySpan<nint> state)
    {
        T identity = Identity();
        Span<nint> addresses = stackalloc nint[rows.Addresses.Length + 1];
        Span<T> lanes = stackalloc T[_kernel.Program.Lanes];
        lanes.Fill(identity);
        long held = 0;
        fixed (T* first = lanes)
        {
            for (long row = 0; row < rows.Rows; row++)
            {
                for (long element = 0; element < rows.Length;)
                {
                    long count = Math.Min(_piece - held, rows.Length - element);
                    rows.Locate(row, element, addresses);
                    addresses[^1] = (nint)first;
                    _kernel.Run(addresses, count);
                    (element, held) = (element + count, held + count);
                    if (held < _piece)
                        continue;

                    _enter(state, Join(lanes));
                    lanes.Fill(identity);
                    held = 0;
                }
            }
        }

        if (held > 0)
            _enter(state, Join(lanes));
    }

    private T Identity() => _kind switch
    {
        KernelOutputKind.Sum => T.Zero,
        KernelOutputKind.Product => T.One,
        KernelOutputKind.Maximum => Worst(isMaximum: true),
        KernelOutputKind.Minimum => Worst(isMaximum: false),
        _ => throw new UnreachableException(), // what is stored isn't folded
    };

    private static T Worst(bool isMaximum)
    {
        long bits = ExtremeReduction.Worst(ElementTypes.Of<T>(), isMaximum);
        return Unsafe.As<long, T>(ref bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe T Join(Span<T> lanes)
    {
        if (_kind == KernelOutputKind.Sum)
        {
            fixed (T* first = lanes)
                return LaneSum.Of(first, lanes.Length);
        }

        for (int half = lanes.Length / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                lanes[i] = Join(lanes[i], lanes[i + half]);
        }

        return lanes[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Join(T left, T right) => _kind switch
    {
        KernelOutputKind.Product => left * right,
        KernelOutputKind.Maximum => T.Max(left, right),
        KernelOutputKind.Minimum => T.Min(left, right),
        _ => throw new UnreachableException(), // sums are joined by LaneSum
    };
}
