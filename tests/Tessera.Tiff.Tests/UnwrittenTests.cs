namespace Tessera.TiffFormat.Tests;

/// <summary>Strips and tiles that were never written (offset 0, no bytes) are 0, or GDAL's no-data value.</summary>
public sealed class UnwrittenTests : IDisposable
{
    private const int Width = 40, Height = 32, Cut = 16;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<TiffCompression, bool, int> Layouts()
    {
        var data = new TheoryData<TiffCompression, bool, int>();
        foreach (TiffCompression codec in new[] { TiffCompression.None, TiffCompression.Lzw, TiffCompression.Deflate, TiffCompression.PackBits })
        {
            foreach (bool tiled in new[] { false, true })
            {
                for (int arrangement = 0; arrangement < 3; arrangement++)
                    data.Add(codec, tiled, arrangement);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Holes_are_filled_and_what_was_written_is_read(TiffCompression codec, bool tiled, int arrangement)
    {
        (int samples, bool planar) = arrangement switch { 0 => (1, false), 1 => (3, false), _ => (3, true) };
        var random = new Random(arrangement);
        foreach ((string? noData, byte fill) in new[] { (null, (byte)0), ("7", (byte)7), ("300", (byte)255), ("-9999", (byte)0), ("2.5", (byte)3), ("nan", (byte)0) })
        {
            (byte[] file, byte[] expected) = Build(codec, tiled, samples, planar, noData, fill);
            TiffStackSource source = Sources.Open(_folder.Put("holes.tif", file));

            Assert.Equal(expected, source.ReadAll());
            for (int i = 0; i < 20; i++)
            {
                Region region = Sources.RandomRegion(random, source.Shape);
                Assert.Equal(Sources.Slice(expected, source.Shape, region, 1), source.Read(region));
            }
        }
    }

    [Theory]
    [InlineData("-9999", ElementType.Single, -9999.0)]
    [InlineData("-3.4028234663852886e+38", ElementType.Single, float.MinValue)]
    [InlineData("nan", ElementType.Single, double.NaN)]
    [InlineData("-nan", ElementType.Double, double.NaN)]
    [InlineData("-1.#IND", ElementType.Double, double.NaN)]
    [InlineData("-inf", ElementType.Double, double.NegativeInfinity)]
    [InlineData("1,5", ElementType.Double, 1.5)]
    [InlineData(" 1e3 ", ElementType.Double, 1000.0)]
    [InlineData("none", ElementType.Double, 0.0)]
    [InlineData("", ElementType.Double, 0.0)]
    [InlineData("18446744073709551615", ElementType.UInt64, 18446744073709551615.0)]
    [InlineData("-9223372036854775808", ElementType.Int64, -9223372036854775808.0)]
    [InlineData("-1e30", ElementType.Int16, -32768.0)]
    [InlineData("255", ElementType.SByte, 127.0)]
    [InlineData("1", ElementType.Boolean, 1.0)]
    [InlineData("-65504", ElementType.Half, -65504.0)]
    [InlineData("nan", ElementType.Half, double.NaN)]
    [InlineData("-2147483648", ElementType.Int32, -2147483648.0)]
    [InlineData("4294967296", ElementType.UInt32, 4294967295.0)]
    [InlineData("65535\0junk", ElementType.UInt16, 65535.0)]
    public void No_data_values_become_elements(string text, object type, double expected)
    {
        var element = (ElementType)type;
        ulong bits = NoData.Parse(text, element);
        double value = element switch
        {
            ElementType.Half => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
            ElementType.Single => BitConverter.UInt32BitsToSingle((uint)bits),
            ElementType.Double => BitConverter.UInt64BitsToDouble(bits),
            ElementType.SByte => (sbyte)bits,
            ElementType.Int16 => (short)bits,
            ElementType.Int32 => (int)bits,
            ElementType.Int64 => (long)bits,
            _ => bits,
        };

        Assert.Equal(expected, value);
    }

    [Fact]
    public void A_page_of_which_nothing_was_written_takes_no_file_to_match()
    {
        byte[] file = new TiffBuilder().Add(4000, 4000, 16, [[]], tags: Text("12")).Build();
        Assert.All(Tiff.Read<ushort>(_folder.Put("sparse.tif", file)).ToArray().Chunk(1 << 20), part => Assert.Equal(-1, part.AsSpan().IndexOfAnyExcept((ushort)12)));
    }

    [Fact]
    public void A_page_of_holes_that_is_very_large_is_read_in_boxes()
    {
        byte[] file = new TiffBuilder().Add(1 << 20, 1 << 20, 32, [[], [], [], []], TiffCompression.Deflate).Build();
        string path = _folder.Put("vast.tif", file);
        using TiffFile open = TiffFile.Open(path);

        Assert.Contains("ImageStack.Open", Assert.Throws<InvalidDataException>(open.Pages[0].Read<uint>).Message, StringComparison.Ordinal);
        Assert.Equal(new uint[6], open.Pages[0].Read<uint>(new Region([999_999, 77], [2, 3])).ToArray());
        Assert.Equal(0u, ImageStack.Open<uint>(path)[0, 5..10, 1000..2000].Max().Compute());
    }

    [Theory]
    [InlineData(TiffCompression.None)]
    [InlineData(TiffCompression.Deflate)]
    public void Bytes_that_are_said_to_lie_where_the_header_is_are_refused(TiffCompression codec)
    {
        byte[] strip = Encoders.Encode(codec, new byte[8]);
        byte[] file = new TiffBuilder().Add(4, 4, 8, [strip, []], codec, null, (TiffTag.StripByteCounts, TiffBuilder.Long, [strip.Length, 8])).Build();
        using TiffFile open = TiffFile.Open(_folder.Put("lost.tif", file));

        Assert.Equal(new byte[8], open.Pages[0].Read<byte>(new Region([0, 0], [2, 4])).ToArray());
        Assert.Contains("8 bytes here, where the file's header lies", Assert.Throws<InvalidDataException>(open.Pages[0].Read<byte>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_byte_counts_offset_0_is_a_hole()
    {
        byte[] strip = [1, 2, 3, 4, 5, 6, 7, 8];
        byte[] file = new TiffBuilder().Add(4, 4, 8, [[], strip], tags: (TiffTag.StripByteCounts, TiffBuilder.Long, [])).Build();

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, .. strip], Tiff.Read<byte>(_folder.Put("uncounted.tif", file)).ToArray());
    }

    [Fact]
    public void Packed_samples_have_holes_too()
    {
        byte[] written = Packing.Pack([1, 2, 3, 4, 5, 6], 3, 12);
        byte[] file = new TiffBuilder().Add(3, 4, 12, [written, []], tags: Text("4095")).Build();

        Assert.Equal<ushort>([1, 2, 3, 4, 5, 6, 4095, 4095, 4095, 4095, 4095, 4095], Tiff.Read<ushort>(_folder.Put("packed.tif", file)).ToArray());
    }

    private static (TiffTag Tag, int Type, long[] Values) Text(string text) =>
        (TiffTag.GdalNoData, TiffBuilder.Ascii, [.. text.Select(character => (long)character), 0]);

    /// <summary>A page of which every third segment was never written, and what it holds.</summary>
    private static (byte[] File, byte[] Expected) Build(TiffCompression codec, bool tiled, int samples, bool planar, string? noData, byte fill)
    {
        var expected = new byte[Height * Width * samples];
        int planes = planar ? samples : 1, inPixel = planar ? 1 : samples, columns = tiled ? Cut : Width, rows = tiled ? Cut : 5, number = 0;
        var segments = new List<byte[]>();
        for (int plane = 0; plane < planes; plane++)
        {
            for (int row = 0; row < Height; row += rows)
            {
                for (int column = 0; column < Width; column += columns)
                {
                    bool hole = number++ % 3 == 1;
                    var segment = new byte[(tiled ? rows : Math.Min(rows, Height - row)) * columns * inPixel];
                    for (int i = 0; i < segment.Length; i++)
                    {
                        segment[i] = (byte)(i * 31 + number);
                        (int y, int x) = (row + i / inPixel / columns, column + i / inPixel % columns);
                        if (y < Height && x < Width)
                            expected[(y * Width + x) * samples + plane + i % inPixel] = hole ? fill : segment[i];
                    }

                    segments.Add(hole ? [] : Encoders.Encode(codec, segment));
                }
            }
        }

        byte[] file = new TiffBuilder().Add(Width, Height, 8, [.. segments], codec, tiled ? Cut : null,
            (TiffTag.SamplesPerPixel, TiffBuilder.Short, [samples]), (TiffTag.PlanarConfiguration, TiffBuilder.Short, [planar ? 2 : 1]),
            tiled ? (TiffTag.TileLength, TiffBuilder.Short, [rows]) : (TiffTag.RowsPerStrip, TiffBuilder.Short, [rows]),
            noData is null ? (TiffTag.GdalNoData, TiffBuilder.Ascii, []) : Text(noData)).Build();
        return (file, expected);
    }
}
