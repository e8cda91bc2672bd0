using System.Numerics.Tensors;

namespace Tessera.TiffFormat.Tests;

/// <summary>What samples mean when they are shown never keeps them from being read as they are stored.</summary>
public sealed class PhotometricTests : IDisposable
{
    private const int Short = TiffBuilder.Short;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 1, TiffPhotometric.MinIsWhite)]
    [InlineData(1, 1, TiffPhotometric.MinIsBlack)]
    [InlineData(2, 3, TiffPhotometric.Rgb)]
    [InlineData(3, 1, TiffPhotometric.Palette)]
    [InlineData(4, 1, TiffPhotometric.TransparencyMask)]
    [InlineData(5, 4, TiffPhotometric.Separated)]
    [InlineData(8, 3, TiffPhotometric.CieLab)]
    [InlineData(9, 3, TiffPhotometric.IccLab)]
    [InlineData(10, 3, TiffPhotometric.ItuLab)]
    [InlineData(32803, 1, TiffPhotometric.ColorFilterArray)]
    [InlineData(32844, 1, TiffPhotometric.LogL)]
    [InlineData(32845, 3, TiffPhotometric.LogLuv)]
    [InlineData(34892, 3, TiffPhotometric.LinearRaw)]
    [InlineData(12345, 1, TiffPhotometric.Other)]
    [InlineData(65535, 2, TiffPhotometric.Other)]
    public void Samples_of_every_meaning_are_read_as_they_are_stored(int number, int samples, TiffPhotometric meaning)
    {
        byte[] pixels = [.. Enumerable.Range(0, 20 * samples).Select(i => (byte)(i * 7))];
        string path = Put(pixels, samples, (TiffTag.Photometric, Short, [number]));
        using TiffFile file = TiffFile.Open(path);

        Assert.Equal(meaning, file.Pages[0].Photometric);
        Assert.Equal(pixels, file.Pages[0].Read<byte>().ToArray());
        Assert.Null(file.Pages[0].ReadColorMap());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void YCbCr_is_read_where_every_pixel_has_its_colour(bool told)
    {
        byte[] pixels = [.. Enumerable.Range(0, 60).Select(i => (byte)i)];
        string full = Put(pixels, 3, (TiffTag.Photometric, Short, [6]), (TiffTag.YCbCrSubSampling, Short, [1, 1]));
        Assert.Equal(pixels, Tiff.Read<byte>(full).ToArray());

        // Left out, the tag stands for two by two.
        string half = Put(pixels, 3, (TiffTag.Photometric, Short, [6]), (TiffTag.YCbCrSubSampling, Short, told ? [2, 1] : []));
        Assert.Contains(told ? "one for 2 by 1 pixels" : "one for 2 by 2 pixels", Assert.Throws<InvalidDataException>(() => Tiff.Read<byte>(half)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void A_palette_is_told_beside_the_indices(int bits)
    {
        int colours = 1 << bits;
        long[] map = [.. Enumerable.Range(0, 3 * colours).Select(i => i * 13L % 65536)], indices = [.. Enumerable.Range(0, 20).Select(i => (long)(i % colours))];
        foreach (bool bigEndian in new[] { false, true })
        {
            byte[] packed = Packing.Pack(indices, 5, bits);
            if (!bigEndian && bits == 16)
                ByteOrder.Swap(packed, 2);
            byte[] file = new TiffBuilder(bigEndian).Add(5, 4, bits, [packed], tags: [(TiffTag.Photometric, Short, [3]), (TiffTag.ColorMap, Short, map)]).Build();
            using TiffFile open = TiffFile.Open(_folder.Put("palette.tif", file));
            TiffPage page = open.Pages[0];

            Tensor<ushort>? read = page.ReadColorMap();
            Assert.NotNull(read);
            Assert.Equal([3, colours], read.Lengths.ToArray());
            Assert.Equal(map.Select(value => (ushort)value), read.ToArray());
            byte[] elements = Packing.Elements(indices, page.ElementType.Size);
            Assert.Equal(elements, Sources.Open(_folder.PathOf("palette.tif")).ReadAll());
        }
    }

    [Theory]
    [InlineData(Short, 4, "has 4 values")]
    [InlineData(TiffBuilder.Rational, 3, "of type 5")]
    public void A_palette_that_makes_no_sense_is_refused_and_the_indices_are_read(int type, int count, string says)
    {
        string path = Put(new byte[20], 1, (TiffTag.Photometric, Short, [3]), (TiffTag.ColorMap, type, new long[count]));
        using TiffFile file = TiffFile.Open(path);

        Assert.Contains(says, Assert.Throws<InvalidDataException>(file.Pages[0].ReadColorMap).Message, StringComparison.Ordinal);
        Assert.Equal(new byte[20], file.Pages[0].Read<byte>().ToArray());
    }

    /// <summary>As microscopes and ImageJ write single channels: the table only says how intensities look.</summary>
    [Fact]
    public void Intensities_with_a_table_are_a_stack_of_intensities()
    {
        byte[] pixels = [.. Enumerable.Range(0, 4 * 20 * 30).Select(i => (byte)(i * 7))];
        var builder = new TiffBuilder(bigEndian: true);
        foreach (byte[] frame in pixels.Chunk(600))
            builder.Add(30, 20, 8, [frame], tags: [(TiffTag.Photometric, Short, [3]), (TiffTag.ColorMap, Short, [.. Enumerable.Range(0, 768).Select(i => i / 256 == 1 ? i % 256 * 257L : 0)])]);

        Assert.Equal(304944, ImageStack.Open<byte>(_folder.Put("green.tif", builder.Build())).Cast<long>().Sum().Compute());
    }

    private string Put(byte[] pixels, int samples, params (TiffTag Tag, int Type, long[] Values)[] tags) =>
        _folder.Put("meaning.tif", new TiffBuilder().Add(5, 4, 8, [pixels], tags: [(TiffTag.SamplesPerPixel, Short, [samples]), .. tags]).Build());
}
