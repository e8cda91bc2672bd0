using System.Numerics.Tensors;

namespace Tessera.TiffFormat.Tests;

/// <summary>Samples that no type has just as many bits for are read as the smallest type that has room, in every layout.</summary>
public sealed class PackedSampleTests : IDisposable
{
    private const int Width = 23, Height = 19;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int, bool> Sizes()
    {
        var data = new TheoryData<int, bool>();
        foreach (int bits in Enumerable.Range(1, 32))
        {
            data.Add(bits, false);
            if (bits > 1)
                data.Add(bits, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Integers_of_any_number_of_bits_are_read_as_they_are(int bits, bool signed)
    {
        var random = new Random(bits);
        foreach (bool bigEndian in new[] { false, true })
        {
            foreach ((int samples, bool planar) in new[] { (1, false), (3, false), (3, true) })
            {
                foreach (TiffCompression codec in new[] { TiffCompression.None, TiffCompression.Lzw, TiffCompression.Deflate, TiffCompression.PackBits })
                {
                    long[] values = Values(random, samples, bits, signed);
                    byte[] file = Build(values, samples, planar, bits, signed ? 2 : 1, codec, bigEndian, tile: random.Next(2) == 0 ? 16 : null);
                    Check(file, Packing.Elements(values, SizeOf(bits)), ElementOf(bits, signed), samples, bits, random);
                }
            }
        }
    }

    [Theory]
    [InlineData(2, 223)]
    [InlineData(4, 1123)]
    [InlineData(10, 73507)]
    [InlineData(12, 253731)]
    [InlineData(14, 413475)]
    public void Sizes_that_cameras_write_have_these_sums(int bits, long sum)
    {
        long[] values = [.. Enumerable.Range(0, 150).Select(i => i * 37L % (1 << bits))];
        string path = _folder.Put("camera.tif", new TiffBuilder().Add(15, 10, bits, [Packing.Pack(values, 15, bits)]).Build());

        Assert.Equal(sum, bits > 8
            ? ImageStack.Open<ushort>(path).Cast<long>().Sum().Compute()
            : ImageStack.Open<byte>(path).Cast<long>().Sum().Compute());
    }

    [Fact]
    public void Bits_the_other_way_round_in_each_byte_are_turned_first()
    {
        long[] values = Values(new Random(1), 1, 12, signed: false);
        byte[] packed = Packing.Mirror(Packing.Pack(values, Width, 12));
        byte[] file = new TiffBuilder().Add(Width, Height, 12, [packed], tags: (TiffTag.FillOrder, TiffBuilder.Short, [2])).Build();

        Check(file, Packing.Elements(values, 2), ElementType.UInt16, 1, 12, new Random(2));
    }

    [Theory]
    [InlineData(12, 1, 2, "predictor 2 on samples of 12 bits")]
    [InlineData(24, 1, 2, "predictor 2 on samples of 24 bits")]
    [InlineData(1, 1, 2, "predictor 2 on samples of 1 bits")]
    [InlineData(12, 1, 3, "predictor 3 on samples of 12 bits")]
    [InlineData(33, 1, 1, "of 33 bits in sample format 1")]
    [InlineData(128, 1, 1, "of 128 bits in sample format 1")]
    [InlineData(1, 2, 1, "of 1 bits in sample format 2")]
    [InlineData(8, 3, 1, "of 8 bits in sample format 3")]
    [InlineData(32, 5, 1, "of 32 bits in sample format 5")]
    [InlineData(64, 6, 1, "of 64 bits in sample format 6")]
    public void What_is_not_read_is_refused_by_name(int bits, int format, int predictor, string says)
    {
        byte[] strip = Encoders.Deflate(new byte[Height * Width * 16]);
        byte[] file = new TiffBuilder().Add(Width, Height, bits, [strip], TiffCompression.Deflate, null,
            (TiffTag.SampleFormat, TiffBuilder.Short, [format]), (TiffTag.Predictor, TiffBuilder.Short, [predictor])).Build();

        Assert.Contains(says, Assert.Throws<InvalidDataException>(() => Tiff.Read<byte>(_folder.Put("refused.tif", file))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_halves_are_read_as_halves_and_as_floats()
    {
        Half[] halves = [.. Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];
        float[] expected = [.. halves.Select(half => (float)half)];
        foreach ((TiffCompression codec, int predictor, bool bigEndian) in new[]
        {
            (TiffCompression.None, 1, false), (TiffCompression.None, 1, true), (TiffCompression.Lzw, 2, true), (TiffCompression.Deflate, 3, false), (TiffCompression.Deflate, 3, true),
        })
        {
            byte[] rows = [.. halves.SelectMany(BitConverter.GetBytes)];
            if (predictor == 2)
                HorizontalPredictor.Apply(rows, 512, 1, 2);
            else if (predictor == 3)
                FloatingPointPredictor.Apply(rows, 512, 1, 2);
            if (bigEndian && predictor != 3)
                ByteOrder.Swap(rows, 2);
            byte[] file = new TiffBuilder(bigEndian).Add(256, 256, 16, [Encoders.Encode(codec, rows)], codec, null,
                (TiffTag.SampleFormat, TiffBuilder.Short, [3]), (TiffTag.Predictor, TiffBuilder.Short, [predictor])).Build();

            string path = _folder.Put("half.tif", file);
            Assert.Equal(halves, Tiff.Read<Half>(path).ToArray());
            Assert.Equal(halves, ImageStack.Open<Half>(path).Compute().ToArray());
            foreach (Tensor<float> read in new[] { Tiff.Read<float>(path), ImageStack.Open<float>(path).Compute() })
                Assert.Equal(expected.Select(Bits), read.ToArray().Select(Bits));
        }
    }

    private static int Bits(float value) => float.IsNaN(value) ? -1 : BitConverter.SingleToInt32Bits(value); // NaNs may become quiet

    [Theory]
    [InlineData(0x000000, 0)]
    [InlineData(0x800000, -0.0)]
    [InlineData(0x3F0000, 1)]
    [InlineData(0xC00000, -2)]
    [InlineData(0x3E8000, 0.75)]
    [InlineData(0x7EFFFF, 1.8446603336221197E+19)]
    [InlineData(0x010000, 2.168404344971009E-19)]
    [InlineData(0x000001, 3.308722450212111E-24)]
    [InlineData(0x80FFFF, -2.1683712577465069E-19)]
    [InlineData(0x7F0000, double.PositiveInfinity)]
    [InlineData(0xFF0000, double.NegativeInfinity)]
    [InlineData(0x7F8000, double.NaN)]
    public void Floating_point_of_24_bits_has_these_values(int bits, double expected)
    {
        byte[] little = [(byte)bits, (byte)(bits >> 8), (byte)(bits >> 16)];
        foreach (bool bigEndian in new[] { false, true })
        {
            byte[] row = [.. bigEndian ? little.Reverse() : little];
            byte[] file = new TiffBuilder(bigEndian).Add(2, 1, 24, [[.. row, .. row]], tags: (TiffTag.SampleFormat, TiffBuilder.Short, [3])).Build();
            Assert.Equal([(float)expected, (float)expected], Tiff.Read<float>(_folder.Put("float24.tif", file)).ToArray());
        }
    }

    [Fact]
    public void Reading_packed_samples_allocates_nothing()
    {
        long[] values = Values(new Random(3), 3, 12, signed: false);
        IBlockSource source = Sources.Open(_folder.Put("quiet.tif", Build(values, 3, false, 12, 1, TiffCompression.None, false, null)));
        var region = new Region([0, 2, 3, 1], [1, 9, 11, 2]);
        var bytes = new byte[region.Length * 2];
        source.Fill(region, bytes);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            source.Fill(region, bytes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Check(byte[] file, byte[] expected, ElementType element, int samples, int bits, Random random)
    {
        string path = _folder.Put("packed.tif", file);
        TiffStackSource source = Sources.Open(path);
        Assert.Equal(element, source.ElementType);
        Assert.Equal(samples == 1 ? [1, Height, Width] : [1, Height, Width, samples], source.Shape);
        Assert.Equal(expected, source.ReadAll());
        for (int i = 0; i < 6; i++)
        {
            Region region = Sources.RandomRegion(random, source.Shape);
            Assert.Equal(Sources.Slice(expected, source.Shape, region, element.Size), source.Read(region));
        }

        using TiffFile open = TiffFile.Open(path);
        Assert.Equal(bits, open.Pages[0].BitsPerSample);
    }

    private static byte[] Build(long[] values, int samples, bool planar, int bits, int format, TiffCompression codec, bool bigEndian, int? tile)
    {
        int planes = planar ? samples : 1, inPixel = planar ? 1 : samples, rows = tile ?? 7, columns = tile ?? Width;
        var segments = new List<byte[]>();
        for (int plane = 0; plane < planes; plane++)
        {
            for (int row = 0; row < Height; row += rows)
            {
                for (int column = 0; column < Width; column += columns)
                    segments.Add(Encoders.Encode(codec, Segment(plane, row, column)));
            }
        }

        return new TiffBuilder(bigEndian).Add(Width, Height, bits, [.. segments], codec, tile,
            (TiffTag.SamplesPerPixel, TiffBuilder.Short, [samples]), (TiffTag.BitsPerSample, TiffBuilder.Short, [.. Enumerable.Repeat((long)bits, samples)]),
            (TiffTag.SampleFormat, TiffBuilder.Short, [format]), (TiffTag.PlanarConfiguration, TiffBuilder.Short, [planar ? 2 : 1]),
            tile is null ? (TiffTag.RowsPerStrip, TiffBuilder.Short, [rows]) : (TiffTag.TileLength, TiffBuilder.Short, [rows])).Build();

        byte[] Segment(int plane, int row, int column)
        {
            int stored = tile ?? Math.Min(rows, Height - row);
            var part = new long[stored * columns * inPixel];
            for (int i = 0; i < part.Length; i++)
            {
                (int y, int x, int sample) = (row + i / inPixel / columns, column + i / inPixel % columns, plane + i % inPixel);
                part[i] = y < Height && x < Width ? values[(y * Width + x) * samples + sample] : i;
            }

            byte[] packed = Packing.Pack(part, columns * inPixel, bits);
            if (!bigEndian && bits is 16 or 24 or 32) // whole bytes have the order of the file
                ByteOrder.Swap(packed, bits / 8);
            return packed;
        }
    }

    private static long[] Values(Random random, int samples, int bits, bool signed)
    {
        long least = signed ? -1L << (bits - 1) : 0, most = signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
        return [.. Enumerable.Range(0, Width * Height * samples).Select(i => i % 5 == 0 ? (i % 2 == 0 ? least : most) : random.NextInt64(least, most + 1))];
    }

    private static int SizeOf(int bits) => bits <= 8 ? 1 : bits <= 16 ? 2 : 4;

    private static ElementType ElementOf(int bits, bool signed) => (bits, SizeOf(bits), signed) switch
    {
        (1, _, _) => ElementType.Boolean,
        (_, 1, false) => ElementType.Byte,
        (_, 1, true) => ElementType.SByte,
        (_, 2, false) => ElementType.UInt16,
        (_, 2, true) => ElementType.Int16,
        (_, _, false) => ElementType.UInt32,
        _ => ElementType.Int32,
    };
}
