namespace Tessera.TiffFormat.Tests;

/// <summary>Mutated files end in a result or in an <see cref="InvalidDataException"/>, soon, and without much memory.</summary>
public sealed class FuzzTests : IDisposable
{
    private const long MostAllocated = 64 << 20; // the most that 2560:1 makes of a seed of a few kilobytes, twice and with room

    private readonly TestFolder _folder = new();

    private sealed record Seed(string Name, byte[] File, int[] Entries);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Twelve_thousand_mutated_files_end_in_a_result_or_a_refusal() => Fuzz([.. Seeds()], 12_000);

    [Fact]
    public void Ten_thousand_mutated_files_of_unusual_samples_end_in_a_result_or_a_refusal() => Fuzz([.. UnusualSeeds()], 10_000);

    [Fact]
    public void Ten_thousand_mutated_files_of_series_end_in_a_result_or_a_refusal() => Fuzz([.. SeriesFiles()], 10_000);

    [Fact]
    public void Ten_thousand_mutated_files_with_axes_sizes_and_texts_end_in_a_result_or_a_refusal() => Fuzz([.. ToldFiles()], 10_000);

    private void Fuzz(Seed[] seeds, int usual)
    {
        var run = new FuzzRun(MostAllocated);
        run.ReadAll(seeds, usual, leastRefused: 0.2, (seed, number) =>
        {
            string path = _folder.Put($"{number}.tif", TiffDamage.Of(seed.File, seed.Entries, new Random(number)));
            run.Read($"mutant {number} of {seed.Name}", () =>
            {
                ReadEverything(path);
                return true;
            });
            File.Delete(path);
        });
    }

    [Fact]
    public void The_seeds_themselves_are_read() =>
        Assert.All(Seeds().Concat(UnusualSeeds()).Concat(SeriesFiles()).Concat(ToldFiles()), seed => ReadEverything(_folder.Put("seed.tif", seed.File)));

    /// <summary>Every page, as a whole and a corner of it; a page too large to be read whole may still have a corner.</summary>
    private static void ReadEverything(string path)
    {
        using TiffFile file = TiffFile.Open(path);
        InvalidDataException? refused = null;
        foreach (TiffPage page in file.Pages)
        {
            Try(() => page.ReadColorMap());
            Try(() => ReadAsItIs(page, Corner(page.Shape)));
            Try(() => ReadAsItIs(page, new Region(page.Shape)));
            Try(() =>
            {
                foreach (TiffPage sub in page.SubPages)
                    ReadAsItIs(sub, Corner(sub.Shape));
            });
        }

        Try(() => ReadTexts(file));
        Try(() => ReadSeries(path));
        if (refused is not null)
            throw refused;

        void Try(Action read)
        {
            try
            {
                read();
            }
            catch (InvalidDataException damage)
            {
                refused = damage;
            }
        }
    }

    private static Region Corner(Shape page) => new(new long[page.Rank], Shape.Create([.. page.Select((size, axis) => axis < 2 ? Math.Min(size, 9) : size)]));

    /// <summary>A corner of the first and of the last plane of every level of the first series, and of the stack that the file is.</summary>
    private static void ReadSeries(string path)
    {
        using TiffFile file = TiffFile.Open(path, new TiffReadOptions { AllowIncomplete = true });
        foreach ((int series, TiffSeries one) in file.Series.Take(3).Index())
        {
            for (int level = 0; level < one.Levels.Count; level++)
                ReadFrames(StackOpening.Open(path, [path], one.ElementType, new TiffReadOptions { Series = series, Level = level, AllowIncomplete = true }));
        }

        try
        {
            if (file.Series.Count > 0)
                ReadFrames(StackOpening.Open(path, [path], file.Series[0].ElementType, TiffReadOptions.Default));
        }
        catch (InvalidOperationException other) when (other.Message.Contains("was asked for", StringComparison.Ordinal))
        {
            // The frames are those of all series, and may be of another type than the first.
        }

        static void ReadFrames(TiffStackSource stack)
        {
            Region corner = Corner([.. stack.Shape.Skip(1)]);
            foreach (long frame in new[] { 0, stack.Shape[0] - 1 })
                stack.Read(new Region([frame, 0, 0, .. Enumerable.Repeat(0L, stack.Shape.Rank - 3)], [1, .. corner.Extent]));
        }
    }

    private static void ReadTexts(TiffFile file)
    {
        foreach (TiffPage page in file.Pages)
            _ = (page.Texts.Count, page.Description, page.Resolution);
        _ = (file.ImageJ?.Count, file.OmeXml?.Length);
        foreach (TiffSeries level in file.Series.SelectMany(series => series.Levels))
            Assert.True(level.PixelSize is not { } size || (size.X > 0 && size.Y > 0 && double.IsFinite(size.X + size.Y) && size.Z is null or > 0), $"{level.PixelSize}");
    }

    private static void ReadAsItIs(TiffPage page, Region region)
    {
        _ = page.ElementType switch
        {
            ElementType.Boolean => page.Read<bool>(region).FlattenedLength,
            ElementType.SByte => page.Read<sbyte>(region).FlattenedLength,
            ElementType.Byte => page.Read<byte>(region).FlattenedLength,
            ElementType.Int16 => page.Read<short>(region).FlattenedLength,
            ElementType.UInt16 => page.Read<ushort>(region).FlattenedLength,
            ElementType.Int32 => page.Read<int>(region).FlattenedLength,
            ElementType.UInt32 => page.Read<uint>(region).FlattenedLength,
            ElementType.Int64 => page.Read<long>(region).FlattenedLength,
            ElementType.UInt64 => page.Read<ulong>(region).FlattenedLength,
            ElementType.Single => page.Read<float>(region).FlattenedLength,
            _ => page.Read<double>(region).FlattenedLength,
        };
    }

    private static IEnumerable<Seed> UnusualSeeds() => SampleSeeds.All().Select(one => new Seed(one.Name, one.File, one.Entries));

    private static IEnumerable<Seed> SeriesFiles() => SeriesSeeds.All().Select(one => new Seed(one.Name, one.File, one.Entries));

    /// <summary>Small files as we write them, that tell their axes, the size of a pixel and texts.</summary>
    private static IEnumerable<Seed> ToldFiles()
    {
        var pixel = new TiffPixelSize(0.65, 0.325, 2);
        foreach (TiffOptions options in new TiffOptions[]
        {
            new() { Metadata = TiffMetadata.ImageJ, Axes = "TZCYX", PixelSize = pixel, Description = "A text that ImageJ shows" },
            new() { Metadata = TiffMetadata.Ome, Axes = "CTZYX", PixelSize = pixel, Description = "A text in XML", Compression = TiffCompression.Deflate },
            new() { Metadata = TiffMetadata.Ome, Axes = "ZCYXS", PixelSize = pixel, RowsPerStrip = 3 },
            new() { PixelSize = new(0.65, 0.65), Description = "A text" },
        })
        {
            nint[] shape = options.Axes?.Length == 5 ? [2, 3, 2, 9, 3] : [9, 11];
            byte[] pixels = Smooth(new Random(3), (int)shape.Aggregate((left, right) => left * right));
            var file = new MemoryStream();
            Tiff.Write(file, System.Numerics.Tensors.Tensor.Create(pixels, shape), options);
            yield return new Seed($"{options.Metadata} of {options.Axes}", file.ToArray(), EntriesOf(file.ToArray()));
        }
    }

    /// <summary>Where the entries of a classic file begin, little end first.</summary>
    private static int[] EntriesOf(byte[] file)
    {
        var entries = new List<int>();
        for (int at = BitConverter.ToInt32(file, 4); at != 0;)
        {
            int count = BitConverter.ToUInt16(file, at);
            entries.AddRange(Enumerable.Range(0, count).Select(i => at + 2 + (12 * i)));
            at = BitConverter.ToInt32(file, at + 2 + (12 * count));
        }

        return [.. entries];
    }

    /// <summary>Small files of every codec, byte order and layout.</summary>
    private static IEnumerable<Seed> Seeds()
    {
        var random = new Random(1);
        TiffCompression[] codecs = [TiffCompression.None, TiffCompression.Lzw, TiffCompression.Deflate, TiffCompression.PackBits];
        foreach (TiffCompression codec in codecs)
        {
            foreach ((int bits, bool bigEndian, bool bigTiff, bool tiled, int predictor) in new[]
            {
                (1, false, false, false, 1), (8, true, false, true, 2), (16, false, true, false, 2), (32, true, true, true, 3), (64, false, false, false, 3),
            })
            {
                (int width, int height, int tile) = (37, 20, 16);
                int rowBytes = ((tiled ? tile : width) * bits + 7) / 8, segments = tiled ? 6 : 4, rows = tiled ? tile : 5;
                byte[][] pixels = [.. Enumerable.Range(0, segments).Select(_ => Encoders.Encode(codec, Smooth(random, rowBytes * rows)))];
                var builder = new TiffBuilder(bigEndian, bigTiff);
                for (int page = 0; page < 2; page++)
                {
                    builder.Add(width, height, bits, pixels, codec, tiled ? tile : null,
                        (TiffTag.SampleFormat, TiffBuilder.Short, [predictor == 3 ? 3 : 1]),
                        (TiffTag.Predictor, TiffBuilder.Short, [predictor]));
                }

                yield return new Seed($"{codec} of {bits} bits", builder.Build(), [.. builder.Entries]);
            }
        }

        foreach (int planar in new[] { 1, 2 })
        {
            var builder = new TiffBuilder();
            byte[][] strips = [.. Enumerable.Range(0, planar == 1 ? 2 : 6).Select(_ => Smooth(random, planar == 1 ? 13 * 8 * 3 : 13 * 8))];
            byte[] file = builder.Add(13, 16, 8, strips, TiffCompression.None, null,
                (TiffTag.SamplesPerPixel, TiffBuilder.Short, [3]), (TiffTag.BitsPerSample, TiffBuilder.Short, [8, 8, 8]),
                (TiffTag.RowsPerStrip, TiffBuilder.Short, [8]), (TiffTag.PlanarConfiguration, TiffBuilder.Short, [planar])).Build();
            yield return new Seed($"RGB in arrangement {planar}", file, [.. builder.Entries]);
        }
    }

    private static byte[] Smooth(Random random, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i % 40 < 30 ? i / 9 : random.Next(256)))];
}
