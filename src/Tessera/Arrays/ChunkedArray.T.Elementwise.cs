using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

public partial class ChunkedArray<T>
{
    /// <summary>
    /// The elements as another type, as C# casts them: integers wrap. Floating point to an integer truncates toward zero, and what lies beyond the
    /// range of a 32- or 64-bit integer becomes its nearest end (1e20 the largest int, -1.0 the uint 0), NaN 0; for integers of 8 and 16 bits it
    /// becomes an int in this way, which then wraps (300.0 the byte 44, -1.0 the byte 255). Anything but 0, NaN too, becomes true.
    /// </summary>
    public ChunkedArray<TResult> Cast<TResult>()
        where TResult : unmanaged => new(Elementwise.Of(KernelOp.Cast, ElementTypes.Of<TResult>(), Expression));

    /// <summary>Absolute values; that of the smallest integer wraps to itself.</summary>
    public ChunkedArray<T> Abs() => Apply(KernelOp.Abs, this);

    /// <summary>The elements times themselves.</summary>
    public ChunkedArray<T> Square() => Apply(KernelOp.Square, this);

    /// <summary>
    /// The elements to the power of <paramref name="exponent"/>. Integers wrap; a negative exponent of an integer gives 0 but for the bases 1 and -1.
    /// </summary>
    public ChunkedArray<T> Pow(ChunkedArray<T> exponent)
    {
        ArgumentNullException.ThrowIfNull(exponent);
        return Apply(KernelOp.Power, this, exponent);
    }

    /// <summary>Element by element the smaller of two; a NaN on either side wins.</summary>
    public ChunkedArray<T> Minimum(ChunkedArray<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Apply(KernelOp.Minimum, this, other);
    }

    /// <summary>Element by element the larger of two; a NaN on either side wins.</summary>
    public ChunkedArray<T> Maximum(ChunkedArray<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Apply(KernelOp.Maximum, this, other);
    }

    /// <summary>The elements, those below <paramref name="low"/> or above <paramref name="high"/> replaced by these; NaN stays.</summary>
    public ChunkedArray<T> Clip(ChunkedArray<T> low, ChunkedArray<T> high)
    {
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        return Maximum(low).Minimum(high);
    }
}
