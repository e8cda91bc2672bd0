using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Arrays to be written.</summary>
internal static class Arrays
{
    /// <summary>0, 1, 2, … in C order, cut into chunks.</summary>
    public static ChunkedArray<T> Count<T>(Shape shape, Chunks chunks = default)
        where T : unmanaged, INumber<T>
    {
        if (shape.Rank == 0)
            return Scalar(T.CreateChecked(42));
        var elements = new T[shape.Length];
        for (int i = 0; i < elements.Length; i++)
            elements[i] = T.CreateTruncating(i);
        var array = Array.CreateInstance(typeof(T), shape.ToArray());
        MemoryMarshal.AsBytes(elements.AsSpan()).CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), Unsafe.SizeOf<T>() * elements.Length));
        return ChunkedArray.FromArray<T>(array, chunks);
    }

    public static ChunkedArray<T> Scalar<T>(T value)
        where T : unmanaged
    {
        LazyScalar<T> scalar = value;
        return scalar.AsArray();
    }
}
