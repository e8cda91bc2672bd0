namespace Tessera.TiffFormat;

/// <summary>
/// How many bytes a number of compressed bytes can decode to at the very most. A file that claims more is damaged, and nothing is allocated
/// for its claim.
/// </summary>
internal static class Expansion
{
    // Deflate: 258 bytes for 2 bits at best (the figure is zlib's own, 1032:1). LZW: a 12-bit code is at most 3837 bytes long, which is
    // 2558 for each byte. PackBits: 2 bytes give 128.
    private static int Factor(TiffCompression compression) => compression switch
    {
        TiffCompression.None => 1,
        TiffCompression.Lzw => 2560,
        TiffCompression.PackBits => 64,
        _ => 1032,
    };

    /// <summary>The most that <paramref name="count"/> bytes can give.</summary>
    public static long MostBytes(TiffCompression compression, long count) =>
        count > long.MaxValue / Factor(compression) ? long.MaxValue : count * Factor(compression);
}
