namespace Tessera.TiffFormat;

/// <summary>What reading the pixels of a page costs, by how they are stored.</summary>
internal static class DecodingCost
{
    private const double Deflate = 2.5, Lzw = 4, PackBits = 0.6, Predictor = 0.3, Swap = 0.1; // nanoseconds a byte of pixels, as measured with camera counts

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
