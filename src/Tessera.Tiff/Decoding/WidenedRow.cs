using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Tessera.TiffFormat;

/// <summary>
/// Rows of samples that have fewer bits than the elements that they are read as. Samples of 16 and 24 bits are whole bytes in the machine's byte
/// order; the others are a row of bits, the most significant one first, whatever the byte order of the file.
/// </summary>
internal static class WidenedRow
{
    /// <summary>Stored samples to elements, as many as there is room for.</summary>
    /// <param name="sample">How the samples are stored.</param>
    /// <param name="stored">Holds them.</param>
    /// <param name="firstBit">Which bit of the first byte they begin with, 0 being the most significant one.</param>
    /// <param name="elements">Where the elements go.</param>
    public static void Widen(StoredSample sample, ReadOnlySpan<byte> stored, int firstBit, Span<byte> elements)
    {
        int bits = sample.Bits;
        switch (sample.Element)
        {
            case ElementType.Boolean:
                BilevelRow.Unpack(stored, firstBit, elements);
                break;
            case ElementType.Byte:
                Unpack(stored, firstBit, bits, signed: false, elements);
                break;
            case ElementType.SByte:
                Unpack(stored, firstBit, bits, signed: true, MemoryMarshal.Cast<byte, sbyte>(elements));
                break;
            case ElementType.UInt16:
                Unpack(stored, firstBit, bits, signed: false, MemoryMarshal.Cast<byte, ushort>(elements));
                break;
            case ElementType.Int16:
                Unpack(stored, firstBit, bits, signed: true, MemoryMarshal.Cast<byte, short>(elements));
                break;
            case ElementType.UInt32 when bits == 24:
                Triples(stored, signed: false, MemoryMarshal.Cast<byte, int>(elements));
                break;
            case ElementType.Int32 when bits == 24:
                Triples(stored, signed: true, MemoryMarshal.Cast<byte, int>(elements));
                break;
            case ElementType.UInt32:
                Unpack(stored, firstBit, bits, signed: false, MemoryMarshal.Cast<byte, uint>(elements));
                break;
            case ElementType.Int32:
                Unpack(stored, firstBit, bits, signed: true, MemoryMarshal.Cast<byte, int>(elements));
                break;
            case ElementType.Single when bits == 24:
                Triples(stored, signed: false, MemoryMarshal.Cast<byte, int>(elements));
                FromFloat24(MemoryMarshal.Cast<byte, int>(elements));
                break;
            case ElementType.Single:
                Span<float> floats = MemoryMarshal.Cast<byte, float>(elements);
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(stored)[..floats.Length], floats);
                break;
            default:
                throw new UnreachableException($"Samples of {bits} bits aren't widened to {sample.Element.Name}.");
        }
    }

    /// <summary>Each sample comes to the top of a word of 64 bits, and is shifted down from there, with its sign if it has one.</summary>
    private static void Unpack<T>(ReadOnlySpan<byte> stored, int firstBit, int bits, bool signed, Span<T> elements)
        where T : unmanaged, IBinaryInteger<T>
    {
        // As long as eight bytes can be read at once; a sample of at most 32 bits begins in the first of them.
        long bit = firstBit;
        int down = 64 - bits, i = 0;
        for (; i < elements.Length && (bit >> 3) + sizeof(ulong) <= stored.Length; i++, bit += bits)
        {
            ulong top = BinaryPrimitives.ReadUInt64BigEndian(stored[(int)(bit >> 3)..]) << (int)(bit & 7);
            elements[i] = signed ? T.CreateTruncating((long)top >> down) : T.CreateTruncating(top >> down);
        }

        Span<byte> end = stackalloc byte[2 * sizeof(ulong)];
        for (; i < elements.Length; i++, bit += bits)
        {
            end.Clear();
            stored[(int)(bit >> 3)..].CopyTo(end); // fewer than eight bytes
            ulong top = BinaryPrimitives.ReadUInt64BigEndian(end) << (int)(bit & 7);
            elements[i] = signed ? T.CreateTruncating((long)top >> down) : T.CreateTruncating(top >> down);
        }
    }

    /// <summary>Samples of three bytes.</summary>
    private static void Triples(ReadOnlySpan<byte> stored, bool signed, Span<int> elements)
    {
        for (int i = 0; i < elements.Length; i++)
        {
            ReadOnlySpan<byte> three = stored.Slice(3 * i, 3);
            int top = BitConverter.IsLittleEndian
                ? (three[2] << 24) | (three[1] << 16) | (three[0] << 8)
                : (three[0] << 24) | (three[1] << 16) | (three[2] << 8);
            elements[i] = signed ? top >> 8 : (int)((uint)top >> 8);
        }
    }

    /// <summary>
    /// Floating point of 24 bits (Adobe Photoshop TIFF Technical Note 3), in place: a sign, 7 bits of exponent with the bias 63, 16 bits of fraction;
    /// infinities, NaN and numbers below the least exponent as IEEE 754 has them. All are floats.
    /// </summary>
    private static void FromFloat24(Span<int> values)
    {
        const float LeastFraction = 1f / (1L << 62) / (1 << 16); // 2 to the power of 1 - 63 - 16
        foreach (ref int value in values)
        {
            int sign = value >> 23, exponent = (value >> 16) & 0x7F, fraction = value & 0xFFFF;
            int magnitude = exponent switch
            {
                0 => BitConverter.SingleToInt32Bits(fraction * LeastFraction),
                0x7F => (0xFF << 23) | (fraction << 7),
                _ => ((exponent - 63 + 127) << 23) | (fraction << 7),
            };
            value = (sign << 31) | magnitude;
        }
    }
}
