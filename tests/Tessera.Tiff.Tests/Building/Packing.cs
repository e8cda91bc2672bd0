namespace Tessera.TiffFormat.Tests;

/// <summary>Samples of any number of bits, one bit after the other, plain and slow.</summary>
internal static class Packing
{
    /// <summary>Rows of samples, the most significant bit first, each row from a whole byte on.</summary>
    public static byte[] Pack(ReadOnlySpan<long> samples, int rowSamples, int bits)
    {
        int rowBytes = (rowSamples * bits + 7) / 8;
        var packed = new byte[samples.Length / rowSamples * rowBytes];
        for (int i = 0; i < samples.Length; i++)
        {
            int start = i / rowSamples * rowBytes * 8 + i % rowSamples * bits;
            for (int bit = 0; bit < bits; bit++)
            {
                if (((samples[i] >> (bits - 1 - bit)) & 1) != 0)
                    packed[(start + bit) / 8] |= (byte)(0x80 >> ((start + bit) % 8));
            }
        }

        return packed;
    }

    /// <summary>The elements that samples are read as, as bytes.</summary>
    public static byte[] Elements(ReadOnlySpan<long> samples, int size)
    {
        var bytes = new byte[samples.Length * size];
        for (int i = 0; i < samples.Length; i++)
            BitConverter.GetBytes(samples[i]).AsSpan(0, size).CopyTo(bytes.AsSpan(i * size));
        return bytes;
    }

    /// <summary>The bits of each byte the other way round.</summary>
    public static byte[] Mirror(byte[] bytes) =>
        [.. bytes.Select(value => (byte)Enumerable.Range(0, 8).Sum(bit => ((value >> bit) & 1) << (7 - bit)))];
}
