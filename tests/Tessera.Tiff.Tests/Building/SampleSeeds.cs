namespace Tessera.TiffFormat.Tests;

/// <summary>Small files of unusual samples, of holes and of careless tags, to be damaged by <see cref="FuzzTests"/>.</summary>
internal static class SampleSeeds
{
    private const int Width = 37, Height = 20, Tile = 16, Short = TiffBuilder.Short, Long = TiffBuilder.Long;

    /// <summary>Each with where the entries of its directories begin.</summary>
    public static IEnumerable<(string Name, byte[] File, int[] Entries)> All()
    {
        TiffCompression[] codecs = [TiffCompression.None, TiffCompression.Lzw, TiffCompression.Deflate, TiffCompression.PackBits];
        foreach (TiffCompression codec in codecs)
        {
            yield return Make($"{codec} of 12 bits", codec, 12, tiled: false);
            yield return Make($"{codec} of 4 bits in three samples", codec, 4, tiled: true, samples: 3, bigEndian: true);
            yield return Make($"{codec} of 1 bit in planes", codec, 1, tiled: false, samples: 3, tags: (TiffTag.PlanarConfiguration, Short, [2]));
            yield return Make($"{codec} of signed 20 bits", codec, 20, tiled: true, tags: (TiffTag.SampleFormat, Short, [2]));
            yield return Make($"{codec} of floats of 24 bits", codec, 24, tiled: false, bigEndian: true, tags: (TiffTag.SampleFormat, Short, [3]));
            yield return Make($"{codec} with holes", codec, 16, tiled: true, holes: true, tags: (TiffTag.GdalNoData, TiffBuilder.Ascii, [.. "-9999\0".Select(one => (long)one)]));
            yield return Make($"{codec} without counts", codec, 8, tiled: false, tags: (TiffTag.StripByteCounts, Long, []));
            yield return Make($"{codec} with counts of 0", codec, 8, tiled: false, tags: (TiffTag.StripByteCounts, Long, [0, 0, 0, 0]));
            yield return Make($"{codec} of signed tags", codec, 8, tiled: false, tags: (TiffTag.ImageWidth, TiffBuilder.SShort, [Width]));
        }

        yield return Make("halves", TiffCompression.Deflate, 16, tiled: false, tags: [(TiffTag.SampleFormat, Short, [3]), (TiffTag.Predictor, Short, [3])]);
        yield return Make("a palette", TiffCompression.None, 4, tiled: false, tags: [(TiffTag.Photometric, Short, [3]), (TiffTag.ColorMap, Short, new long[48])]);
        yield return Make("YCbCr", TiffCompression.None, 8, tiled: true, samples: 3, tags: [(TiffTag.Photometric, Short, [6]), (TiffTag.YCbCrSubSampling, Short, [1, 1])]);
        yield return Make("old LZW", TiffCompression.Lzw, 8, tiled: false, old: true);
    }

    private static (string Name, byte[] File, int[] Entries) Make(
        string name, TiffCompression codec, int bits, bool tiled, int samples = 1, bool bigEndian = false, bool holes = false, bool old = false,
        params (TiffTag Tag, int Type, long[] Values)[] tags)
    {
        var random = new Random(bits);
        int planes = tags.Any(one => one.Tag == TiffTag.PlanarConfiguration) ? samples : 1;
        int rows = tiled ? Tile : 5, rowBytes = ((tiled ? Tile : Width) * bits * samples / planes + 7) / 8, segments = (tiled ? 6 : 4) * planes;
        byte[][] coded = [.. Enumerable.Range(0, segments).Select(number => holes && number % 2 == 0 ? [] : Code(Smooth(random, rows * rowBytes)))];
        var builder = new TiffBuilder(bigEndian);
        for (int page = 0; page < 2; page++)
        {
            builder.Add(Width, Height, bits, coded, codec, tiled ? Tile : null,
            [
                (TiffTag.SamplesPerPixel, Short, [samples]), (TiffTag.BitsPerSample, Short, [.. Enumerable.Repeat((long)bits, samples)]),
                tiled ? (TiffTag.TileLength, Short, [Tile]) : (TiffTag.RowsPerStrip, Short, [rows]), .. tags,
            ]);
        }

        return (name, builder.Build(), [.. builder.Entries]);

        byte[] Code(byte[] raw) => old ? Encoders.OldLzw(raw) : Encoders.Encode(codec, raw);
    }

    private static byte[] Smooth(Random random, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i % 40 < 30 ? i / 9 : random.Next(256)))];
}
