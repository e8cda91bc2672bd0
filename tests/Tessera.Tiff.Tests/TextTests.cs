using System.Text.Json;

namespace Tessera.TiffFormat.Tests;

/// <summary>Texts, resolutions, ImageJ's keys, OME-XML and sizes of pixels are what tifffile reads, and what we wrote.</summary>
public sealed class TextTests(OracleFiles oracle) : IDisposable
{
    private readonly TestFolder _folder = new();

    private sealed record Case(
        string File, Dictionary<string, string> Texts, double[]? Resolution, Dictionary<string, string>? ImageJ, string? Ome, Series[] Series);

    private sealed record Series(string Axes, double?[]?[] PixelSizes);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_that_tifffile_tells_is_told()
    {
        oracle.RunScript("texts.py");
        Case[] cases = JsonSerializer.Deserialize<Case[]>(File.ReadAllText(oracle.PathOf("texts.json")))!;
        Assert.InRange(cases.Length, 30, int.MaxValue);
        var differing = new List<string>();
        foreach (Case one in cases)
        {
            try
            {
                Compare(one);
            }
            catch (Exception other) when (other is InvalidDataException or Xunit.Sdk.XunitException)
            {
                differing.Add($"{one.File}: {other.Message}");
            }
        }

        Assert.Empty(differing);
    }

    private void Compare(Case one)
    {
        using TiffFile file = TiffFile.Open(oracle.PathOf(one.File));
        TiffPage page = file.Pages[0];
        Assert.Equal(one.Texts.OrderBy(text => text.Key, StringComparer.Ordinal), page.Texts.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => KeyValuePair.Create(text.Key, text.Value.Trim())));
        Assert.Equal(one.Resolution, page.Resolution is { } resolution ? [resolution.X, resolution.Y, (double)resolution.Unit] : null);
        Assert.Equal(one.Ome, file.OmeXml);
        Assert.Equal(one.ImageJ is null, file.ImageJ is null);
        foreach ((string key, string value) in one.ImageJ ?? [])
            Assert.Equal(value, file.ImageJ![key]);
        if (file.ImageJ is not null)
            Assert.Equal("2", file.ImageJ["frames"]);

        Assert.Equal(one.Series.Select(series => series.Axes), file.Series.Select(series => series.Axes));
        foreach ((Series told, TiffSeries series) in one.Series.Zip(file.Series))
        {
            Assert.Equal(told.PixelSizes.Length, series.Levels.Count);
            foreach ((double?[]? size, TiffSeries level) in told.PixelSizes.Zip(series.Levels))
                AssertNear(size, level.PixelSize, one.File);
        }
    }

    public static TheoryData<TiffMetadata, string> Written() => new()
    {
        { TiffMetadata.ImageJ, "YX" }, { TiffMetadata.ImageJ, "ZYX" }, { TiffMetadata.ImageJ, "TCYX" }, { TiffMetadata.ImageJ, "TZCYX" }, { TiffMetadata.ImageJ, "TZYXS" },
        { TiffMetadata.Ome, "YX" }, { TiffMetadata.Ome, "CYX" }, { TiffMetadata.Ome, "ZTYX" }, { TiffMetadata.Ome, "CZTYX" }, { TiffMetadata.Ome, "TCZYXS" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void What_we_wrote_is_read_back(TiffMetadata metadata, string axes)
    {
        nint[] shape = [.. axes.Select(axis => axis switch { 'T' => 2, 'Z' => 3, 'C' => 4, 'Y' => 6, 'X' => 7, _ => (nint)3 })];
        byte[] elements = [.. Enumerable.Range(0, (int)shape.Aggregate((left, right) => left * right)).Select(i => (byte)i)];
        var options = new TiffOptions { Metadata = metadata, Axes = axes, PixelSize = new(0.65, 0.325, 2.5), Description = "Embryo 7: 20 °C" };
        Tiff.Write(_folder.PathOf("a.tif"), System.Numerics.Tensors.Tensor.Create(elements, shape), options);

        using TiffFile file = TiffFile.Open(_folder.PathOf("a.tif"));
        TiffSeries series = Assert.Single(file.Series);
        Assert.Equal(axes, series.Axes);
        Assert.Equal(shape.Select(size => (long)size), series.Shape);
        AssertNear([0.65, 0.325, 2.5], series.PixelSize, axes);
        Assert.Equal(metadata == TiffMetadata.Ome, file.OmeXml?.Contains("Embryo 7: 20 &#xB0;C", StringComparison.Ordinal) == true);
        Assert.Equal(metadata == TiffMetadata.ImageJ ? "Embryo 7: 20 °C" : null, file.ImageJ?["Info"]);
        var read = new byte[elements.Length];
        series.Array<byte>().Compute().FlattenTo(read);
        Assert.Equal(elements, read);
    }

    [Theory]
    [InlineData(0.65)]
    [InlineData(0.325)]
    [InlineData(0.1)]
    [InlineData(1.0 / 3)]
    [InlineData(0.1625)]
    [InlineData(6.5)]
    public void A_size_of_a_pixel_comes_back_as_it_was_written(double size)
    {
        foreach (TiffMetadata metadata in new[] { TiffMetadata.ImageJ, TiffMetadata.Ome, TiffMetadata.None })
        {
            var memory = new MemoryStream();
            Tiff.Write(memory, System.Numerics.Tensors.Tensor.Create(new byte[42], [6, 7]), new TiffOptions { Metadata = metadata, PixelSize = new(size, 2 * size) });
            memory.Position = 0;
            using TiffFile file = TiffFile.Open(memory);
            Assert.Equal(new TiffPixelSize(size, 2 * size), file.Series[0].PixelSize);
        }
    }

    [Fact]
    public void A_plain_file_tells_its_description_and_resolution()
    {
        var memory = new MemoryStream();
        Tiff.Write(memory, System.Numerics.Tensors.Tensor.Create(new float[42], [6, 7]), new TiffOptions { Resolution = new(300, 200), Description = "Zürich, 5 µm" });
        memory.Position = 0;
        using TiffFile file = TiffFile.Open(memory);

        Assert.Equal("Zürich, 5 µm", file.Pages[0].Description);
        Assert.Equal(new TiffResolution(300, 200, TiffResolutionUnit.Inch), file.Pages[0].Resolution);
        AssertNear([25400.0 / 300, 127, null], file.Series[0].PixelSize, "plain");
        Assert.Null(file.ImageJ);
        Assert.Null(file.OmeXml);
    }

    [Fact]
    public void Texts_that_are_not_there_are_left_out()
    {
        byte[] file = new TiffBuilder().Add(4, 4, 8, [new byte[16]], tags:
        [
            (TiffTag.Artist, TiffBuilder.Ascii, [.. "Ada\0"u8.ToArray().Select(letter => (long)letter)]),
            (TiffTag.Software, TiffBuilder.Ascii, [.. "a longer one\0"u8.ToArray().Select(letter => (long)letter)]),
            (TiffTag.XResolution, TiffBuilder.Long, [5]),
        ]).Build();
        int software = file.AsSpan().IndexOf("1\u0001\u0002\0"u8);
        BitConverter.TryWriteBytes(file.AsSpan(software + 8), 0x7FFF_0000);
        using TiffFile open = TiffFile.Open(new MemoryStream(file));

        Assert.Equal([KeyValuePair.Create("Artist", "Ada")], open.Pages[0].Texts);
        Assert.Null(open.Pages[0].Description);
        Assert.Null(open.Pages[0].Resolution);
        Assert.Null(open.Series[0].PixelSize);
    }

    private static void AssertNear(double?[]? expected, TiffPixelSize? actual, string file)
    {
        Assert.True(expected is null == actual is null, $"{file}: {actual}");
        if (actual is not { } size)
            return;
        foreach ((double? told, double? read) in expected!.Zip([size.X, size.Y, size.Z]))
            Assert.True(told is null == read is null && (told is null || Math.Abs(read!.Value / told.Value - 1) < 1e-6), $"{file}: {size}");
    }
}
