using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tessera.TiffFormat;

/// <summary>Turning elements between byte orders, and bytes between bit orders, in place.</summary>
internal static class ByteOrder
{
    private static readonly byte[] Mirrored = [.. Enumerable.Range(0, 256).Select(Mirror)];

    /// <summary>Reverses the bytes of each element.</summary>
    public static void Swap(Span<byte> elements, int size)
    {
        if (size == 2)
            Swap16(MemoryMarshal.Cast<byte, ushort>(elements));
        else if (size == 3)
            Swap24(elements);
        else if (size == 4)
            Swap32(MemoryMarshal.Cast<byte, uint>(elements));
        else if (size == 8)
            Swap64(MemoryMarshal.Cast<byte, ulong>(elements));
    }

    /// <summary>Reverses the bits of each byte.</summary>
    public static void MirrorBits(Span<byte> bytes)
    {
        foreach (ref byte value in bytes)
            value = Mirrored[value];
    }

    private static void Swap16(Span<ushort> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Swap24(Span<byte> values)
    {
        for (int i = 0; i + 2 < values.Length; i += 3)
            (values[i], values[i + 2]) = (values[i + 2], values[i]);
    }

    private static void Swap32(Span<uint> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Swap64(Span<ulong> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static byte Mirror(int value)
    {
        int mirrored = 0;
        for (int bit = 0; bit < 8; bit++)
            mirrored |= ((value >> bit) & 1) << (7 - bit);
        return (byte)mirrored;
    }
}
