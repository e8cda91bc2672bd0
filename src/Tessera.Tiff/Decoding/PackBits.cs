namespace Tessera.TiffFormat;

/// <summary>PackBits run lengths (TIFF 6.0, section 9): n in 0..127 is followed by n+1 bytes as they are, -127..-1 by one byte to repeat 1-n times, -128 by nothing.</summary>
internal static class PackBits
{
    /// <summary>Decodes until the destination is full or the source ends; returns the number of bytes decoded.</summary>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int read = 0, written = 0;
        while (read < source.Length && written < destination.Length)
        {
            int n = (sbyte)source[read++];
            if (n >= 0)
            {
                int count = Math.Min(n + 1, Math.Min(source.Length - read, destination.Length - written));
                source.Slice(read, count).CopyTo(destination[written..]);
                read += n + 1;
                written += count;
            }
            else if (n != -128 && read < source.Length)
            {
                int count = Math.Min(1 - n, destination.Length - written);
                destination.Slice(written, count).Fill(source[read++]);
                written += count;
            }
        }

        return written;
    }
}
