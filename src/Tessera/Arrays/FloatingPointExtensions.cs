using System.Numerics;
using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

/// <summary>Functions of arrays of <see cref="float"/> and <see cref="double"/>, element by element; cast other types first.</summary>
public static class FloatingPointExtensions
{
    extension<T>(ChunkedArray<T> array)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Square roots; NaN for negative elements.</summary>
        public ChunkedArray<T> Sqrt() => Apply(KernelOp.Sqrt, array);

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

        /// <summary>True where an element is not a number.</summary>
        public ChunkedArray<bool> IsNaN() => new(Elementwise.Of(KernelOp.IsNaN, ElementType.Boolean, Operands.Expressions([array])));
    }

    private static ChunkedArray<T> Apply<T>(KernelOp op, ChunkedArray<T> array)
        where T : unmanaged => ChunkedArray<T>.Apply(op, OperandKinds.FloatingPoint, array);
}
