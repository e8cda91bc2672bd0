namespace Tessera.TiffFormat;

/// <summary>Rows of one bit a pixel, the first pixel in the most significant bit; as elements, one byte each, 0 or 1.</summary>
internal static class BilevelRow
{
    /// <summary>Bits to bytes of 0 and 1.</summary>
    public static void Unpack(ReadOnlySpan<byte> bits, int firstBit, Span<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            int bit = firstBit + i;
            pixels[i] = (byte)((bits[bit >> 3] >> (7 - (bit & 7))) & 1);
        }
    }

    /// <summary>Bytes of 0 and 1 to bits; the last byte is filled up with 0.</summary>
    public static void Pack(ReadOnlySpan<byte> pixels, Span<byte> bits)
    {
        bits.Clear();
        for (int i = 0; i < pixels.Length; i++)
            bits[i >> 3] |= (byte)((pixels[i] & 1) << (7 - (i & 7)));
    }
}
