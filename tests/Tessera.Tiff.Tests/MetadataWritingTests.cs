using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tessera.TiffFormat.Tests;

/// <summary>Axes, sizes of pixels and texts are read as they were written, by tifffile and by us; what a format has no word for is refused by name.</summary>
public sealed class MetadataWritingTests(OracleFiles oracle) : IDisposable
{
    private static readonly TiffPixelSize Pixel = new(0.65, 1.0 / 3, 2.5);

    private readonly TestFolder _folder = new();
    private readonly List<Case> _written = [];

    private sealed record Case(
        string File, string Format, string Axes, string Type, long[] Shape, string Raw, bool Coded, bool Big, double?[]? PixelSize, double[]? Resolution, string? Description);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_that_was_said_is_told_by_tifffile()
    {
        var imageJ = new TiffOptions { Metadata = TiffMetadata.ImageJ };
        foreach (string axes in new[] { "YX", "TYX", "ZYX", "CYX", "TZYX", "TCYX", "ZCYX", "TZCYX" })
        {
            WriteAll(imageJ with { Axes = axes, RowsPerStrip = 4 });
            WriteAll(imageJ with { Axes = axes, PixelSize = Pixel, Description = "Embryo 7, wild type: 20 °C" });
            Write<byte>(imageJ with { Axes = axes + "S", PixelSize = Pixel });
        }

        Write<ushort>(imageJ with { PixelSize = new(0.1, 0.1) }, [2, 1, 3, 6, 7]);
        Write<ushort>(imageJ with { Compression = TiffCompression.Deflate, Predictor = TiffPredictor.Horizontal }, [2, 3, 1, 6, 7]);

        var ome = new TiffOptions { Metadata = TiffMetadata.Ome };
        foreach (string axes in new[] { "YX", "TYX", "ZYX", "CYX", "ZTYX", "CTYX", "CZYX", "TZCYX", "TCZYX", "ZTCYX", "ZCTYX", "CTZYX", "CZTYX" })
        {
            WriteAll(ome with { Axes = axes });
            WriteAll(ome with { Axes = axes, PixelSize = Pixel, Description = "<\"Embryo\" & 7>\r\nµ\n", TileSize = 16, BigTiff = true });
            Write<byte>(ome with { Axes = axes + "S", PixelSize = new(0.65, 0.65) });
            Write<ushort>(ome with { Axes = axes + "S" });
        }

        Write<sbyte>(ome);
        Write<short>(ome);
        Write<int>(ome);
        Write<uint>(ome);
        Write<double>(ome with { Resolution = new(300, 200) });
        Write<ushort>(ome, [5, 1, 3, 6, 7]);

        var plain = new TiffOptions { Photometric = TiffPhotometric.MinIsBlack };
        Write<ushort>(plain with { PixelSize = new(0.65, 1.3), Description = "Embryo 7: µm" }, [6, 7]);
        Write<float>(plain with { Resolution = new(72.5, 1e-3, TiffResolutionUnit.Centimeter), Compression = TiffCompression.Deflate }, [6, 7]);
        Write<byte>(plain with { Resolution = new(Math.PI, 4e9, TiffResolutionUnit.None), Description = "" }, [6, 7]);

        Assert.InRange(_written.Count, 100, int.MaxValue);
        File.WriteAllText(oracle.PathOf("metadata.json"), JsonSerializer.Serialize(_written));
        Assert.Equal("", oracle.RunScript("metadata.py"));
    }

    [Fact]
    public void An_array_is_saved_as_a_tensor_is_written()
    {
        ushort[] elements = [.. Enumerable.Range(0, 2 * 3 * 4 * 20 * 30).Select(i => (ushort)i)];
        Tensor<ushort> image = Tensor.Create(elements, [2, 3, 4, 20, 30]);
        foreach (TiffMetadata metadata in new[] { TiffMetadata.ImageJ, TiffMetadata.Ome })
        {
            var options = new TiffOptions { Metadata = metadata, PixelSize = Pixel, RowsPerStrip = 8 };
            Tiff.Write(_folder.PathOf("tensor.tif"), image, options);
            foreach (Chunks chunks in new Chunks[] { [1, 1, 1, 8, 30], [2, 2, 3, 5, 7], [2, 3, 4, 20, 30] })
            {
                ChunkedArray.From(image, chunks).SaveTiff(_folder.PathOf("array.tif"), options);
                Assert.Equal(File.ReadAllBytes(_folder.PathOf("tensor.tif")), File.ReadAllBytes(_folder.PathOf("array.tif")));
            }
        }
    }

    [Fact]
    public void What_ImageJ_cannot_open_is_refused_by_name()
    {
        var imageJ = new TiffOptions { Metadata = TiffMetadata.ImageJ };
        Refused<NotSupportedException>("transpose the array to \"TZCYX\"", [2, 3, 4, 6, 7], imageJ with { Axes = "TCZYX" });
        Refused<NotSupportedException>("is double, and ImageJ has byte, ushort and float", [6, 7], imageJ, ElementType.Double);
        Refused<NotSupportedException>("is bool, and ImageJ has", [6, 7], imageJ, ElementType.Boolean);
        Refused<NotSupportedException>("ushort with 3 samples a pixel", [6, 7, 3], imageJ with { Axes = "YXS" }, ElementType.UInt16);
        Refused<NotSupportedException>("byte with 4 samples a pixel", [6, 7, 4], imageJ with { Axes = "YXS" });
        Refused<NotSupportedException>("no BigTIFF", [6, 7], imageJ with { BigTiff = true });
        Refused<NotSupportedException>("no tiles", [6, 7], imageJ with { TileSize = 16 });
        Refused<NotSupportedException>("would pass 4 GB", [10, 30_000, 20_000], imageJ with { Axes = "TYX" });
        Refused<NotSupportedException>("Predictor = FloatingPoint", [6, 7], imageJ with { Compression = TiffCompression.Deflate, Predictor = TiffPredictor.FloatingPoint }, ElementType.Single);
        Refused<ArgumentException>("give PixelSize", [6, 7], imageJ with { Resolution = new(1, 1) });
    }

    [Fact]
    public void What_cannot_be_told_is_refused_by_name()
    {
        var ome = new TiffOptions { Metadata = TiffMetadata.Ome };
        Refused<NotSupportedException>("is long, and OME has", [6, 7], ome, ElementType.Int64);
        Refused<ArgumentException>("say it with Axes, \"TYX\" for instance", [5, 6, 7], ome);
        Refused<ArgumentException>("say it with Axes, \"TZYX\" for instance", [4, 5, 6, 7], ome);
        Refused<ArgumentException>("names 3 axes, and the array has 2", [6, 7], ome with { Axes = "TYX" });
        foreach (string wrong in new[] { "XY", "TTYX", "YXT", "QYX", "", "TXY", "SYX", "tyx" })
            Refused<ArgumentException>($"Axes is \"{wrong}\"", [5, 6, 7], ome with { Axes = wrong });
        Refused<NotSupportedException>("3 or 4 samples", [5, 6, 7], ome with { Axes = "YXS" });
        Refused<NotSupportedException>("one bit a pixel", [6, 7, 3], ome with { Axes = "YXS" }, ElementType.Boolean);
        Refused<ArgumentException>("contradict each other", [6, 7, 3], ome with { Axes = "YXS", Photometric = TiffPhotometric.MinIsBlack });
        Refused<ArgumentException>("contradict each other", [6, 7, 3], ome with { Axes = "TYX", Photometric = TiffPhotometric.Rgb });
        Refused<ArgumentException>("U+0001", [6, 7], ome with { Description = "a\u0001" });
        Refused<ArgumentException>("zero character", [6, 7], new TiffOptions { Description = "a\0b" });
        Refused<ArgumentException>("set Metadata", [5, 6, 7], new TiffOptions { Axes = "TYX" });
        Refused<NotSupportedException>("Set Metadata = ImageJ or Ome for up to five axes", [4, 5, 6, 7], new TiffOptions());
        Refused<NotSupportedException>("PixelSize has a Z", [6, 7], new TiffOptions { PixelSize = Pixel });
        Refused<ArgumentException>("Both PixelSize and Resolution", [6, 7], new TiffOptions { PixelSize = new(1, 1), Resolution = new(1, 1) });
        Refused<ArgumentException>("more than 0", [6, 7], new TiffOptions { PixelSize = new(1, 0) });
        Refused<ArgumentException>("more than 0", [6, 7], ome with { PixelSize = new(1, 1, double.NaN) });
        Refused<ArgumentException>("fractions", [6, 7], new TiffOptions { Resolution = new(1, 1e10) });
        Refused<ArgumentException>("fractions", [6, 7], new TiffOptions { Resolution = new(1, double.NaN) });
        Refused<ArgumentException>("unit of Resolution", [6, 7], new TiffOptions { Resolution = new(1, 1, (TiffResolutionUnit)7) });
    }

    private void Refused<TException>(string says, Shape shape, TiffOptions options, ElementType element = ElementType.Byte)
        where TException : Exception
    {
        Exception refused = Assert.ThrowsAny<TException>(() => new TiffSink(_folder.PathOf("refused.tif"), element, shape, options));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private void WriteAll(TiffOptions options)
    {
        Write<byte>(options);
        Write<ushort>(options);
        Write<float>(options);
    }

    private void Write<T>(TiffOptions options, nint[]? shape = null)
        where T : unmanaged
    {
        shape ??= [.. (options.Axes ?? "TZCYX").Select(axis => axis switch { 'T' => 2, 'Z' => 3, 'C' => 4, 'Y' => 6, 'X' => 7, _ => (nint)3 })];
        var elements = new T[shape.Aggregate((left, right) => left * right)];
        Span<byte> bytes = MemoryMarshal.AsBytes(elements.AsSpan());
        new Random(8).NextBytes(bytes);
        string file = $"told-{_written.Count}.tif", axes = options.Axes ?? (shape.Length == 2 ? "YX" : "TZCYX");
        Tiff.Write(oracle.PathOf(file), Tensor.Create(elements, shape), options);
        File.WriteAllBytes(oracle.PathOf(file + ".raw"), bytes);
        _written.Add(new Case(
            file, options.Metadata.ToString(), axes, ElementTypes.Of<T>().Name, [.. shape.Select(size => (long)size)], file + ".raw",
            options.Predictor != TiffPredictor.None, options.BigTiff == true,
            options.PixelSize is { } pixel ? [pixel.X, pixel.Y, pixel.Z] : null,
            options.Resolution is { } resolution ? [resolution.X, resolution.Y, (double)resolution.Unit] : null, options.Description));
    }
}
