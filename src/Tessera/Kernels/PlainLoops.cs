namespace Tessera.Kernels;

/// <summary>The rows of one node in the plain kernel: up to three operands, the result, and how many elements each has.</summary>
internal readonly record struct PlainOperands(nint A, nint B, nint C, nint Result, int Length);

/// <summary>The loops of the plain kernel, each for any operation and element type.</summary>
internal static unsafe class PlainLoops
{
    public static void Map<TOperation, T>(PlainOperands rows)
        where TOperation : IUnaryOperation<T>
        where T : unmanaged
    {
        for (int i = 0; i < rows.Length; i++)
            ((T*)rows.Result)[i] = TOperation.Invoke(((T*)rows.A)[i]);
    }

    public static void Zip<TOperation, T>(PlainOperands rows)
        where TOperation : IBinaryOperation<T>
        where T : unmanaged
    {
        for (int i = 0; i < rows.Length; i++)
            ((T*)rows.Result)[i] = TOperation.Invoke(((T*)rows.A)[i], ((T*)rows.B)[i]);
    }

    public static void Test<TTest, T>(PlainOperands rows)
        where TTest : ITest<T>
        where T : unmanaged
    {
        for (int i = 0; i < rows.Length; i++)
            ((byte*)rows.Result)[i] = TTest.Invoke(((T*)rows.A)[i], ((T*)rows.B)[i]) ? (byte)1 : (byte)0;
    }

    /// <summary>Element i goes into accumulator i mod <paramref name="lanes"/>; the row starts at a multiple of it.</summary>
    public static void Fold<TOperation, T>(nint accumulators, int lanes, nint row, int length)
        where TOperation : IBinaryOperation<T>
        where T : unmanaged
    {
        for (int i = 0; i < length; i++)
        {
            ref T accumulator = ref ((T*)accumulators)[i % lanes];
            accumulator = TOperation.Invoke(accumulator, ((T*)row)[i]);
        }
    }

    /// <summary>A (booleans) chooses between B and C, elements of <paramref name="size"/> bytes.</summary>
    public static void Choose(int size, PlainOperands rows)
    {
        switch (size)
        {
            case 1: Choose<byte>(rows); break;
            case 2: Choose<ushort>(rows); break;
            case 4: Choose<uint>(rows); break;
            default: Choose<ulong>(rows); break;
        }
    }

    /// <summary>One element, <paramref name="length"/> times.</summary>
    public static void Fill(nint element, nint row, int size, int length)
    {
        switch (size)
        {
            case 1: new Span<byte>((void*)row, length).Fill(*(byte*)element); break;
            case 2: new Span<ushort>((void*)row, length).Fill(*(ushort*)element); break;
            case 4: new Span<uint>((void*)row, length).Fill(*(uint*)element); break;
            default: new Span<ulong>((void*)row, length).Fill(*(ulong*)element); break;
        }
    }

    /// <summary>Booleans as 0 or 1, from any byte that isn't 0.</summary>
    public static void Normalize(byte* input, bool isScalar, byte* row, int length)
    {
        for (int i = 0; i < length; i++)
            row[i] = input[isScalar ? 0 : i] != 0 ? (byte)1 : (byte)0;
    }

    private static void Choose<T>(PlainOperands rows)
        where T : unmanaged
    {
        for (int i = 0; i < rows.Length; i++)
            ((T*)rows.Result)[i] = ((byte*)rows.A)[i] != 0 ? ((T*)rows.B)[i] : ((T*)rows.C)[i];
    }
}
