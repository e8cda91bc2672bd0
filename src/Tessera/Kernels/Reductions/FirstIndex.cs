using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tessera.Kernels;

/// <summary>Where in a row a value comes first; NaN is found too.</summary>
internal static unsafe class FirstIndex
{
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
