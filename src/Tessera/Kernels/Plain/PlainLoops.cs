namespace Tessera.Kernels;

/// <summary>The loops of the plain kernel that move elements, whatever they are.</summary>
internal static unsafe class PlainLoops
{
    /// <summary>A (booleans) chooses between B and C, elements of <paramref name="size"/> bytes.</summary>
    public static void Choose(int size, PlainOperands rows)
    {
        switch (size)
        {
            case 1: Choose<byte>(rows); break;
            case 2: Choose<ushort>(rows); break;
            case 4: Choose<uint>(rows); break;
            case 8: Choose<ulong>(rows); break;
            default: throw new ArgumentOutOfRangeException(nameof(size));
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
            case 8: new Span<ulong>((void*)row, length).Fill(*(ulong*)element); break;
            default: throw new ArgumentOutOfRangeException(nameof(size));
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
