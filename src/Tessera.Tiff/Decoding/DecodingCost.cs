namespace Tessera.TiffFormat;

/// <summary>What reading the pixels of a page costs, by how they are stored.</summary>
internal static class DecodingCost
{
    // Nanoseconds a byte of pixels. Deflate as measured with camera counts and libdeflate, whether or not this machine has it, because plans are those of every
    // machine; the others by what their decoders do for a byte.
    private const double Deflate = 1.5, Lzw = 3, PackBits = 0.5, Predictor = 0.3, Swap = 0.1;

    public static ReadCost Of(PageLayout page)
    {
        double decoding = page.Compression switch
        {
            TiffCompression.None => 0,
            TiffCompression.Lzw => Lzw,
            TiffCompression.PackBits => PackBits,
            _ => Deflate,
        };
        double prediction = page.Predictor == TiffPredictor.None ? 0 : Predictor;
        ReadCost plain = ReadCost.UncompressedFile;
        return plain with { NanosecondsPerByte = plain.NanosecondsPerByte + decoding + prediction + (page.SwapsBytes ? Swap : 0) };
    }
}
