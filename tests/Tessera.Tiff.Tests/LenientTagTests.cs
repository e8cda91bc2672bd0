using System.Runtime.InteropServices;

namespace Tessera.TiffFormat.Tests;

/// <summary>Tags as careless writers leave them, where other readers agree on what they mean.</summary>
public sealed class LenientTagTests : IDisposable
{
    private const int Width = 50, Height = 64;
    private const int Short = TiffBuilder.Short, Long = TiffBuilder.Long;

    private static readonly ushort[] Pixels = [.. Enumerable.Range(0, Width * Height).Select(i => (ushort)(i / 20 * 257))];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<TiffCompression, int, string> Counts()
    {
        var data = new TheoryData<TiffCompression, int, string>();
        foreach (TiffCompression codec in new[] { TiffCompression.None, TiffCompression.Deflate, TiffCompression.Lzw, TiffCompression.PackBits })
        {
            foreach (int strips in new[] { 1, 4 })
            {
                foreach (string kind in new[] { "missing", "zero", "last too large", "far too large", "uncompressed sizes", "one listed" })
                    data.Add(codec, strips, kind);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Byte_counts_that_are_missing_or_0_or_too_large_are_found_from_the_offsets(TiffCompression codec, int strips, string kind)
    {
        byte[][] coded = Strips(codec, strips);
        long[] right = [.. coded.Select(one => (long)one.Length)];
        long[] counts = kind switch
        {
            "missing" => [],
            "zero" => new long[strips],
            "last too large" => [.. right[..^1], right[^1] + 100_000],
            "far too large" => [.. right.Select(_ => (long)uint.MaxValue)],
            "one listed" => right[..1],
            _ => [.. right.Select(_ => (long)Width * Height * 2 / strips)],
        };
        Check(new TiffBuilder().Add(Width, Height, 16, coded, codec, null, (TiffTag.StripByteCounts, Long, counts)).Build());
    }

    [Fact]
    public void Raw_strips_need_no_counts_at_all() =>
        Check(new TiffBuilder().Add(Width, Height, 16, Strips(TiffCompression.None, 4), tags: (TiffTag.StripByteCounts, Long, [1, 1, 1, 1])).Build());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_last_directory_may_lack_the_offset_of_a_next_one(bool bigTiff)
    {
        byte[] file = new TiffBuilder(bigTiff: bigTiff).Add(Width, Height, 16, Strips(TiffCompression.None, 4)).Build();
        Check(file[..^(bigTiff ? 8 : 4)]);
        Check(file[..^2]);
    }

    [Theory]
    [InlineData(TiffCompression.None)]
    [InlineData(TiffCompression.Deflate)]
    public void Tiles_without_counts_are_read(TiffCompression codec)
    {
        byte[][] tiles = [.. Enumerable.Range(0, 4).Select(tile => Encoders.Encode(codec, [.. Enumerable.Repeat((byte)(tile + 1), 256)]))];
        byte[] file = new TiffBuilder().Add(32, 32, 8, tiles, codec, 16, (TiffTag.TileByteCounts, Long, [])).Build();

        byte[] read = [.. Tiff.Read<byte>(_folder.Put("tiles.tif", file)).ToArray()];
        Assert.Equal(Enumerable.Range(0, 1024).Select(i => (byte)(1 + i / 32 / 16 * 2 + i % 32 / 16)), read);
    }

    [Fact]
    public void A_strip_that_was_cut_off_is_refused_whatever_its_count_says()
    {
        byte[] strip = Strips(TiffCompression.Deflate, 1)[0];
        var builder = new TiffBuilder();
        byte[] file = builder.Add(Width, Height, 16, [strip], TiffCompression.Deflate).Build();
        builder.Overwrite(file, builder.Entries.Single(at => BitConverter.ToUInt16(file, at) == (ushort)TiffTag.StripOffsets) + 8, 4, file.Length);
        byte[] cut = [.. file, .. strip[..(strip.Length / 2)]];

        string says = Assert.Throws<InvalidDataException>(() => Tiff.Read<ushort>(_folder.Put("cut.tif", cut))).Message;
        Assert.Contains("may be truncated", says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TiffBuilder.SByte)]
    [InlineData(TiffBuilder.SShort)]
    [InlineData(TiffBuilder.SLong)]
    [InlineData(TiffBuilder.SLong8)]
    public void Numbers_of_signed_types_are_numbers(int type)
    {
        byte[][] strips = Strips(TiffCompression.Deflate, 1);
        Check(new TiffBuilder(bigTiff: type == TiffBuilder.SLong8).Add(Width, Height, 16, strips, TiffCompression.Deflate, null,
            (TiffTag.ImageWidth, type, [Width]), (TiffTag.ImageLength, type, [Height]), (TiffTag.BitsPerSample, type, [16]),
            (TiffTag.RowsPerStrip, type, [type == TiffBuilder.SLong8 ? Height : -1]), (TiffTag.SamplesPerPixel, type, [1]), (TiffTag.StripOffsets, type, [0]),
            (TiffTag.StripByteCounts, type == TiffBuilder.SByte ? Long : type, [strips[0].Length])).Build());
    }

    [Theory]
    [InlineData(TiffTag.RowsPerStrip, 0)]
    [InlineData(TiffTag.PlanarConfiguration, 0)]
    [InlineData(TiffTag.FillOrder, 0)]
    [InlineData(TiffTag.FillOrder, 3)]
    [InlineData(TiffTag.SamplesPerPixel, 0)]
    [InlineData(TiffTag.Predictor, 0)]
    public void A_0_stands_for_what_is_usual(object tag, long value)
    {
        foreach (TiffCompression codec in new[] { TiffCompression.None, TiffCompression.Deflate })
            Check(new TiffBuilder().Add(Width, Height, 16, Strips(codec, 1), codec, null, ((TiffTag)tag, Short, [value])).Build());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(40)]
    public void One_strip_is_the_page_whatever_its_rows_are_said_to_be(int rows)
    {
        foreach (TiffCompression codec in new[] { TiffCompression.None, TiffCompression.Deflate, TiffCompression.Lzw })
        {
            Check(new TiffBuilder().Add(Width, Height, 16, Strips(codec, 1), codec, null, (TiffTag.RowsPerStrip, Short, [rows])).Build());
            Check(new TiffBuilder().Add(Width, Height, 16, Strips(codec, 1), codec, null, (TiffTag.RowsPerStrip, Short, [rows]), (TiffTag.StripByteCounts, Long, [])).Build());
        }
    }

    [Fact]
    public void One_strip_for_each_plane_is_the_plane()
    {
        byte[][] planes = [[.. Enumerable.Repeat((byte)1, 20)], [.. Enumerable.Repeat((byte)2, 20)], [.. Enumerable.Repeat((byte)3, 20)]];
        byte[] file = new TiffBuilder().Add(4, 5, 8, planes, tags:
            [(TiffTag.SamplesPerPixel, Short, [3]), (TiffTag.PlanarConfiguration, Short, [2]), (TiffTag.RowsPerStrip, Short, [2])]).Build();

        Assert.Equal(Enumerable.Range(0, 60).Select(i => (byte)(i % 3 + 1)), Tiff.Read<byte>(_folder.Put("planes.tif", file)).ToArray());
    }

    [Fact]
    public void One_strip_that_has_only_the_bytes_of_its_rows_is_not_the_page()
    {
        byte[] file = new TiffBuilder().Add(4, 8, 8, [new byte[8]], tags: (TiffTag.RowsPerStrip, Short, [2])).Build();

        Assert.Contains("has 4 strips or tiles", Assert.Throws<InvalidDataException>(() => Tiff.Read<byte>(_folder.Put("short.tif", file))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65_536)]
    [InlineData(70_000)]
    public void Heights_above_65535_that_do_not_fit_into_RowsPerStrip_are_read(int height)
    {
        byte[] pixels = [.. Enumerable.Range(0, height).Select(row => (byte)(row / 300))];
        byte[] file = new TiffBuilder(bigEndian: true).Add(1, height, 8, [pixels], tags: (TiffTag.RowsPerStrip, Short, [height & 0xFFFF])).Build();

        Assert.True(Tiff.Read<byte>(_folder.Put("high.tif", file)).ToArray().AsSpan().SequenceEqual(pixels));
    }

    [Fact]
    public void Colours_without_a_number_of_samples_have_three()
    {
        byte[] pixels = [.. Enumerable.Range(0, 60).Select(i => (byte)i)];
        byte[] file = new TiffBuilder().Add(4, 5, 8, [pixels], tags: [(TiffTag.SamplesPerPixel, Short, []), (TiffTag.Photometric, Short, [2])]).Build();

        Assert.Equal(pixels, Tiff.Read<byte>(_folder.Put("rgb.tif", file)).ToArray());
    }

    private static byte[][] Strips(TiffCompression codec, int strips)
    {
        byte[] pixels = MemoryMarshal.AsBytes(Pixels.AsSpan()).ToArray();
        return [.. pixels.Chunk(pixels.Length / strips).Select(strip => Encoders.Encode(codec, strip))];
    }

    private void Check(byte[] file) => Assert.Equal(Pixels, Tiff.Read<ushort>(_folder.Put("lenient.tif", file)).ToArray());
}
