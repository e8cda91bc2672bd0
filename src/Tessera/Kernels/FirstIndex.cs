using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>Where in a row a value comes first; NaN is found too.</summary>
internal static unsafe class FirstIndex
{
    /// <summary>The index of the first element equal to the one at <paramref name="value"/>, or -1.</summary>
    public static long Of(ElementType type, nint row, long count, nint value) => type switch
    {
        ElementType.Boolean or ElementType.Byte => Of((byte*)row, count, *(byte*)value),
        ElementType.SByte => Of((sbyte*)row, count, *(sbyte*)value),
        ElementType.Int16 => Of((short*)row, count, *(short*)value),
        ElementType.UInt16 => Of((ushort*)row, count, *(ushort*)value),
        ElementType.Int32 => Of((int*)row, count, *(int*)value),
        ElementType.UInt32 => Of((uint*)row, count, *(uint*)value),
        ElementType.Int64 => Of((long*)row, count, *(long*)value),
        ElementType.UInt64 => Of((ulong*)row, count, *(ulong*)value),
        ElementType.Single => Of((float*)row, count, *(float*)value),
        _ => Of((double*)row, count, *(double*)value),
    };

    /// <summary>The index of the first element equal to <paramref name="value"/>, or -1.</summary>
    public static long Of<T>(T* row, long count, T value)
        where T : unmanaged, INumber<T>
    {
        bool isNaN = T.IsNaN(value);
        var wanted = new Vector<T>(value);
        long i = 0;
        for (; i <= count - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> found = Unsafe.ReadUnaligned<Vector<T>>(row + i);
            if (isNaN ? !Vector.EqualsAll(found, found) : Vector.EqualsAny(found, wanted))
                break;
        }

        while (i < count && row[i] != value && !(isNaN && T.IsNaN(row[i])))
            i++;
        return i < count ? i : -1;
    }
}
