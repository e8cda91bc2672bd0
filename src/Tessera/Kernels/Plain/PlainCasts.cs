using System.Numerics;

namespace Tessera.Kernels;

/// <summary>The casts of the plain kernel: from each element type to each.</summary>
internal static class PlainCasts
{
    public static void Run(ElementType from, ElementType to, PlainOperands rows) => ElementTypeTable.Do<From, (ElementType, PlainOperands), bool>(from, (to, rows));

    private readonly struct From : IElementWork<(ElementType To, PlainOperands Rows), bool>
    {
        public static bool Boolean((ElementType To, PlainOperands Rows) cast) => ElementTypeTable.Do<To<byte>, PlainOperands, bool>(cast.To, cast.Rows);

        public static bool Integer<T>((ElementType To, PlainOperands Rows) cast)
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => ElementTypeTable.Do<To<T>, PlainOperands, bool>(cast.To, cast.Rows);

        public static bool FloatingPoint<T>((ElementType To, PlainOperands Rows) cast)
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => ElementTypeTable.Do<To<T>, PlainOperands, bool>(cast.To, cast.Rows);
    }

    private readonly unsafe struct To<TFrom> : IElementWork<PlainOperands, bool>
        where TFrom : unmanaged, INumber<TFrom>
    {
        /// <summary>What isn't 0 is true, NaN too.</summary>
        public static bool Boolean(PlainOperands rows)
        {
            for (int i = 0; i < rows.Length; i++)
                ((byte*)rows.Result)[i] = ((TFrom*)rows.A)[i] != TFrom.Zero ? (byte)1 : (byte)0;
            return true;
        }

        public static bool Integer<T>(PlainOperands rows)
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Convert<T>(rows);

        public static bool FloatingPoint<T>(PlainOperands rows)
            where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => Convert<T>(rows);

        private static bool Convert<TTo>(PlainOperands rows)
            where TTo : unmanaged, INumber<TTo>
        {
            for (int i = 0; i < rows.Length; i++)
                ((TTo*)rows.Result)[i] = ScalarCast.Invoke<TFrom, TTo>(((TFrom*)rows.A)[i]);
            return true;
        }
    }
}
