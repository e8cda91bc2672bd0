using System.Numerics;

namespace Tessera.Kernels;

/// <summary>The casts of the plain kernel: from each element type to each.</summary>
internal static class PlainCasts
{
    public static void Run(ElementType from, ElementType to, PlainOperands rows) => ElementTypeTable.Do<From, bool>(from, new From(to, rows));

    private readonly struct From(ElementType to, PlainOperands rows) : IElementWork<bool>
    {
        public bool Boolean() => Cast<byte>();

        public bool Integer<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Cast<T>();

        public bool FloatingPoint<T>()
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => Cast<T>();

        private bool Cast<T>()
            where T : unmanaged, INumber<T> => ElementTypeTable.Do<To<T>, bool>(to, new To<T>(rows));
    }

    private readonly unsafe struct To<TFrom>(PlainOperands rows) : IElementWork<bool>
        where TFrom : unmanaged, INumber<TFrom>
    {
        /// <summary>What isn't 0 is true, NaN too.</summary>
        public bool Boolean()
        {
            for (int i = 0; i < rows.Length; i++)
                ((byte*)rows.Result)[i] = ((TFrom*)rows.A)[i] != TFrom.Zero ? (byte)1 : (byte)0;
            return true;
        }

        public bool Integer<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Convert<T>();

        public bool FloatingPoint<T>()
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => Convert<T>();

        private bool Convert<TTo>()
            where TTo : unmanaged, INumber<TTo>
        {
            for (int i = 0; i < rows.Length; i++)
                ((TTo*)rows.Result)[i] = ScalarCast.Invoke<TFrom, TTo>(((TFrom*)rows.A)[i]);
            return true;
        }
    }
}
