using System.Numerics;
using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

/// <summary>Functions of arrays of <see cref="Half"/>, <see cref="float"/> and <see cref="double"/>, element by element; cast other types first.</summary>
public static class FloatingPointExtensions
{
    extension<T>(ChunkedArray<T> array)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Square roots; NaN for negative elements.</summary>
        public ChunkedArray<T> Sqrt() => Apply(KernelOp.Sqrt, array);

        /// <summary>Cube roots, of negative elements too.</summary>
        public ChunkedArray<T> Cbrt() => Apply(KernelOp.Cbrt, array);

        /// <summary>e to the power of the elements.</summary>
        public ChunkedArray<T> Exp() => Apply(KernelOp.Exp, array);

        /// <summary>Natural logarithms; negative infinity for 0 and NaN for negative elements.</summary>
        public ChunkedArray<T> Log() => Apply(KernelOp.Log, array);

        /// <summary>Sines of angles in radians.</summary>
        public ChunkedArray<T> Sin() => Apply(KernelOp.Sin, array);

        /// <summary>Cosines of angles in radians.</summary>
        public ChunkedArray<T> Cos() => Apply(KernelOp.Cos, array);

        /// <summary>The largest integers not above the elements.</summary>
        public ChunkedArray<T> Floor() => Apply(KernelOp.Floor, array);

        /// <summary>The smallest integers not below the elements.</summary>
        public ChunkedArray<T> Ceiling() => Apply(KernelOp.Ceiling, array);

        /// <summary>The nearest integers; halves go to the even one, as in NumPy.</summary>
        public ChunkedArray<T> Round() => Apply(KernelOp.Round, array);

        /// <summary>The magnitudes of the elements with the signs of others, those of zeros and NaN included.</summary>
        /// <exception cref="ArgumentException">The shapes can't be broadcast together.</exception>
        public ChunkedArray<T> CopySign(ChunkedArray<T> signs)
        {
            ArgumentNullException.ThrowIfNull(array);
            ArgumentNullException.ThrowIfNull(signs);
            return ChunkedArray<T>.Apply(KernelOp.CopySign, array, signs);
        }

        /// <summary>The elements times <paramref name="factor"/> plus <paramref name="addend"/>, rounded once.</summary>
        /// <exception cref="ArgumentException">The shapes can't be broadcast together.</exception>
        public ChunkedArray<T> FusedMultiplyAdd(ChunkedArray<T> factor, ChunkedArray<T> addend)
        {
            ArgumentNullException.ThrowIfNull(array);
            ArgumentNullException.ThrowIfNull(factor);
            ArgumentNullException.ThrowIfNull(addend);
            return ChunkedArray<T>.Apply(KernelOp.FusedMultiplyAdd, array, factor, addend);
        }

        /// <summary>True where an element is not a number.</summary>
        public ChunkedArray<bool> IsNaN() => new(Elementwise.Of(KernelOp.IsNaN, ElementType.Boolean, Operands.Expressions([array])));
    }

    private static ChunkedArray<T> Apply<T>(KernelOp op, ChunkedArray<T> array)
        where T : unmanaged => ChunkedArray<T>.Apply(op, array);
}
