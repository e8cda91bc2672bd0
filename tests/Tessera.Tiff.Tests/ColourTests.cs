using System.Numerics.Tensors;

namespace Tessera.TiffFormat.Tests;

/// <summary>Which arrays are written as colours, and which as pages of grey.</summary>
public sealed class ColourTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(64, 80, 3)]
    [InlineData(64, 80, 4)]
    [InlineData(5, 16, 20, 3)]
    [InlineData(5, 16, 20, 4)]
    [InlineData(1, 1, 3)]
    public void Bytes_and_ushorts_with_a_last_axis_of_three_or_four_are_colours(params int[] shape)
    {
        RoundTrip<byte>(shape, TiffPhotometric.Rgb);
        RoundTrip<ushort>(shape, TiffPhotometric.Rgb);
    }

    [Theory]
    [InlineData(64, 80)]
    [InlineData(64, 3)]
    [InlineData(7, 64, 2)]
    [InlineData(7, 64, 5)]
    public void Other_shapes_are_grey(params int[] shape) => RoundTrip<byte>(shape, TiffPhotometric.MinIsBlack);

    [Fact]
    public void Other_types_are_grey()
    {
        RoundTrip<float>([7, 64, 3], TiffPhotometric.MinIsBlack);
        RoundTrip<short>([7, 64, 3], TiffPhotometric.MinIsBlack);
        RoundTrip<bool>([7, 64, 3], TiffPhotometric.MinIsBlack);
    }

    [Fact]
    public void What_is_said_goes_before_what_is_guessed()
    {
        RoundTrip<byte>([7, 64, 3], TiffPhotometric.MinIsBlack, new TiffOptions { Photometric = TiffPhotometric.MinIsBlack });
        RoundTrip<float>([7, 64, 3], TiffPhotometric.Rgb, new TiffOptions { Photometric = TiffPhotometric.Rgb });
        Assert.Contains("MinIsBlack", Assert.Throws<NotSupportedException>(() => RoundTrip<byte>([2, 7, 64, 3], default, new TiffOptions { Photometric = TiffPhotometric.MinIsBlack })).Message, StringComparison.Ordinal);
    }

    private void RoundTrip<T>(int[] shape, TiffPhotometric expected, TiffOptions? options = null)
        where T : unmanaged
    {
        var elements = new T[shape.Aggregate((left, right) => left * right)];
        new Random(2).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(elements.AsSpan()));
        if (elements is bool[] bits)
            Array.Fill(bits, true);
        bool colour = expected == TiffPhotometric.Rgb;
        int[] page = shape.Length == (colour ? 4 : 3) ? shape[1..] : shape;
        ChunkedArray<T> array = ChunkedArray.From(Tensor.Create(elements, [.. shape.Select(size => (nint)size)]));

        Tiff.Write(_folder.PathOf("a.tif"), array.Compute(), options);
        array.SaveTiff(_folder.PathOf("b.tif"), options);
        foreach (string path in new[] { _folder.PathOf("a.tif"), _folder.PathOf("b.tif") })
        {
            using TiffFile file = TiffFile.Open(path);
            Assert.Equal(expected, file.Pages[0].Photometric);
            Assert.Equal(page.Select(size => (long)size), file.Pages[0].Shape);
            Assert.Equal(page == shape ? 1 : shape[0], file.Pages.Count);
            Assert.Equal(elements, ImageStack.Open<T>(path).Compute().ToArray());
        }
    }
}
