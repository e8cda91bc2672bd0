using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Tessera.TiffFormat.Tests;

/// <summary>What we write is read equal by tifffile, libtiff and ffmpeg, and libtiff's tiffinfo has nothing to complain of.</summary>
public sealed class OracleWritingTests(OracleFiles oracle)
{
    private readonly List<OracleFiles.Written> _written = [];

    [Fact]
    public void Every_file_we_write_is_read_equal_by_others()
    {
        oracle.RequirePython();
        WriteAll<bool>();
        WriteAll<byte>();
        WriteAll<sbyte>();
        WriteAll<short>();
        WriteAll<ushort>();
        WriteAll<int>();
        WriteAll<uint>();
        WriteAll<long>();
        WriteAll<ulong>();
        WriteAll<Half>();
        WriteAll<float>();
        WriteAll<double>();
        WritePngs();

        Assert.True(_written.Count > 200, $"{_written.Count} files were written.");
        Assert.Equal("", oracle.Check(_written));
    }

    private void WriteAll<T>()
        where T : unmanaged
    {
        ElementType element = ElementTypes.Of<T>();
        TiffPredictor predictor = element.IsFloatingPoint ? TiffPredictor.FloatingPoint : element.IsInteger ? TiffPredictor.Horizontal : TiffPredictor.None;
        foreach (TiffOptions cut in new TiffOptions[] { new() { RowsPerStrip = 9 }, new() { TileSize = 16 }, new() { TileSize = 64, BigTiff = true }, new() { BigTiff = true } })
        {
            foreach (TiffOptions options in new[]
            {
                cut, cut with { Compression = TiffCompression.Deflate }, cut with { Compression = TiffCompression.Deflate, Predictor = predictor },
            })
            {
                Write<T>(options, [37, 53]);
                Write<T>(options, [3, 37, 53]);
                if (element != ElementType.Boolean)
                    Write<T>(options with { Photometric = TiffPhotometric.Rgb }, [37, 53, 3]);
                if (element == ElementType.Byte)
                    Write<T>(options with { Photometric = TiffPhotometric.Rgb }, [2, 37, 53, 4]);
            }
        }
    }

    private void Write<T>(TiffOptions options, nint[] shape)
        where T : unmanaged
    {
        Tensor<T> image = Image<T>(shape);
        string file = $"ours-{_written.Count}.tif";
        Tiff.Write(oracle.PathOf(file), image, options);
        Note(file, image, plain: options.Predictor != TiffPredictor.None || typeof(T) == typeof(bool));
    }

    private void WritePngs()
    {
        foreach (nint[] shape in new nint[][] { [37, 53], [37, 53, 3], [37, 53, 4], [1, 1], [300, 700] })
        {
            Tensor<byte> bytes = Image<byte>(shape);
            Png.Write(oracle.PathOf($"ours-{_written.Count}.png"), bytes);
            Note($"ours-{_written.Count}.png", bytes, plain: false);
            Tensor<ushort> shorts = Image<ushort>(shape);
            Png.Write(oracle.PathOf($"ours-{_written.Count}.png"), shorts);
            Note($"ours-{_written.Count}.png", shorts, plain: false);
        }
    }

    private void Note<T>(string file, Tensor<T> image, bool plain)
        where T : unmanaged
    {
        var elements = new T[image.FlattenedLength];
        image.FlattenTo(elements);
        File.WriteAllBytes(oracle.PathOf(file + ".raw"), MemoryMarshal.AsBytes(elements.AsSpan()));
        _written.Add(new(file, ElementTypes.Of<T>().Name, [.. image.Lengths.ToArray().Select(length => (long)length)], file + ".raw", plain));
    }

    /// <summary>Half smooth, half noise; of bool, 0 and 1.</summary>
    private static Tensor<T> Image<T>(nint[] shape)
        where T : unmanaged
    {
        var elements = new T[shape.Aggregate((left, right) => left * right)];
        Span<byte> bytes = MemoryMarshal.AsBytes(elements.AsSpan());
        new Random(8).NextBytes(bytes);
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = typeof(T) == typeof(bool) ? (byte)(bytes[i] & 1) : i % 200 < 100 ? (byte)(i / 16) : bytes[i];
        return Tensor.Create(elements, shape);
    }
}
