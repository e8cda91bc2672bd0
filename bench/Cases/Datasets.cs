namespace Tessera.Bench;

/// <summary>The files that cases read, written once.</summary>
internal static class Datasets
{
    private const int Frames = 300, Size = 2048;

    public static string Raw(string data) => Path.Combine(data, "tiff_raw");

    public static string Deflate(string data) => Path.Combine(data, "tiff_deflate");

    public static void WriteRaw(string data) => Write(Raw(data), new TiffOptions { RowsPerStrip = Size });

    public static void WriteDeflate(string data) => Write(Deflate(data), new TiffOptions { Compression = TiffCompression.Deflate, RowsPerStrip = 64 });

    /// <summary>Drifting blobs with shot noise: as hard to compress as a real movie.</summary>
    private static void Write(string folder, TiffOptions options)
    {
        if (Directory.Exists(folder) && Directory.GetFiles(folder, "*.tif").Length == Frames)
            return;

        Console.Error.WriteLine($"Writing {Frames} frames to {folder} …");
        Directory.CreateDirectory(folder);
        ChunkedArray<float> noise = new ChunkedRandom(seed: 7).Normal<float>([Frames, Size, Size]);
        ChunkedArray<float> column = ChunkedArray.Arange<float>(Size), row = column[Slice.All, Slice.NewAxis];
        for (int frame = 0; frame < Frames; frame++)
        {
            ChunkedArray<float> photons = 20f;
            for (int blob = 0; blob < 6; blob++)
            {
                float x = Size * (0.5f + (0.06f * blob * MathF.Cos((0.01f * frame) + blob))), y = Size * (0.5f + (0.06f * blob * MathF.Sin((0.01f * frame) + blob)));
                ChunkedArray<float> across = (column - x) / 40f, down = (row - y) / 40f;
                photons += 120f * (-(across * across) / 2f).Exp() * (-(down * down) / 2f).Exp();
            }

            (photons + (photons.Sqrt() * noise[frame] * 0.5f)).Clip(0f, 255f).Round().Cast<byte>().SaveTiff(Path.Combine(folder, $"frame_{frame:D4}.tif"), options);
        }
    }
}
