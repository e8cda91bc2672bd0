using System.Numerics.Tensors;

namespace Tessera.TiffFormat.Tests;

/// <summary>A stream holds what the file would hold, wherever it stands and whether it can seek or not.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<bool, bool, int> Ways()
    {
        var ways = new TheoryData<bool, bool, int>();
        foreach (bool deflate in new[] { false, true })
        {
            ways.Add(deflate, true, 0);
            ways.Add(deflate, true, 13);
            ways.Add(deflate, false, 0);
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_tensor_written_into_a_stream_is_the_file(bool deflate, bool seeks, int before)
    {
        Tensor<ushort> image = Image(3, 40, 30);
        TiffOptions options = Options(deflate);
        string path = _folder.PathOf("a.tif");
        Tiff.Write(path, image, options);

        var memory = new MemoryStream();
        memory.Write(new byte[before]);
        Tiff.Write(seeks ? memory : new OneWayStream(memory), image, options);

        Assert.Equal(File.ReadAllBytes(path), memory.ToArray()[before..]);
        Assert.Equal(memory.Length, memory.Position);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_page_is_read_from_where_the_stream_stands(bool deflate, bool seeks, int before)
    {
        Tensor<ushort> image = Image(3, 40, 30);
        var memory = new MemoryStream();
        memory.Write(new byte[before]);
        Tiff.Write(memory, image, Options(deflate));
        memory.Position = before;
        Stream stream = seeks ? memory : new OneWayStream(memory);

        Tensor<ushort> second = Tiff.Read<ushort>(stream, page: 1);

        Assert.Equal(Pixels(image)[1200..2400], Pixels(second));
        Assert.True(memory.CanRead, "The stream was closed.");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_array_saved_into_a_stream_is_read_back_equal(bool deflate, bool seeks, int before)
    {
        Tensor<ushort> image = Image(7, 64, 48);
        var memory = new MemoryStream();
        memory.Write(new byte[before]);
        ChunkedArray.From(image, [2, 16, 48]).SaveTiff(seeks ? memory : new OneWayStream(memory), Options(deflate));

        memory.Position = before;
        using TiffFile file = TiffFile.Open(memory);
        Assert.Equal(Pixels(image), file.Pages.SelectMany(page => Pixels(page.Read<ushort>())));
    }

    [Fact]
    public void Many_threads_read_pages_of_one_stream()
    {
        Tensor<ushort> image = Image(20, 40, 30);
        var memory = new MemoryStream();
        Tiff.Write(memory, image);
        memory.Position = 0;
        ushort[] pixels = Pixels(image);
        using TiffFile file = TiffFile.Open(memory);
        Parallel.For(0, 2000, i =>
        {
            int page = i * 7 % 20;
            Assert.Equal(pixels[(page * 1200)..((page + 1) * 1200)], Pixels(file.Pages[page].Read<ushort>()));
        });
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_stream_is_closed_with_its_file_unless_it_is_to_stay_open(bool seeks, bool leaveOpen)
    {
        var memory = new MemoryStream();
        Tiff.Write(memory, Image(1, 5, 5));
        memory.Position = 0;
        var oneWay = new OneWayStream(memory);
        TiffFile file = TiffFile.Open(seeks ? memory : oneWay, leaveOpen);
        TiffPage page = file.Pages[0];
        file.Dispose();

        Assert.Equal(leaveOpen, seeks ? memory.CanRead : !oneWay.IsClosed);
        Assert.Contains("disposed of before", Assert.Throws<ObjectDisposedException>(() => page.Read<ushort>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_is_of_no_use_is_refused_by_name()
    {
        var memory = new MemoryStream();
        Tiff.Write(memory, Image(1, 5, 5));
        Assert.Contains("stands at its end", Assert.Throws<ArgumentException>("stream", () => Tiff.Read<ushort>(memory)).Message, StringComparison.Ordinal);
        Assert.Contains("begins with a header of 8 bytes", Assert.Throws<InvalidDataException>(() => Tiff.Read<ushort>(new MemoryStream())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("stream", () => Tiff.Write(new MemoryStream(new byte[9], writable: false), Image(1, 5, 5)));
        Assert.Throws<ArgumentException>("stream", () => Png.Write(new MemoryStream(new byte[9], writable: false), Tensor.Create(new byte[25], [5, 5])));
        Assert.Throws<ArgumentNullException>("stream", () => Tiff.Write((Stream)null!, Image(1, 5, 5)));
        Assert.Throws<ArgumentNullException>("stream", () => TiffFile.Open((Stream)null!));
        memory.Dispose();
        Assert.Throws<ArgumentException>("stream", () => TiffFile.Open(memory));
        using var writing = new FileStream(_folder.PathOf("w.tif"), FileMode.Create, FileAccess.Write);
        Assert.Contains("w.tif", Assert.Throws<ArgumentException>("stream", () => TiffFile.Open(writing)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_leaves_a_stream_as_long_as_it_was()
    {
        ChunkedArray<byte> array = ChunkedArray.Concatenate([
            ChunkedArray.Zeros<byte>([20, 50]), ChunkedArray.FromDelayed(Delayed.Function((int n) => n > 0 ? throw new InvalidOperationException("No frame.") : new byte[50], "failing")(1), [1, 50])]);
        var memory = new MemoryStream();
        memory.Write([1, 2, 3]);
        Assert.Throws<ComputationException>(() => array.SaveTiff(memory, new TiffOptions { RowsPerStrip = 1 }));
        Assert.Equal([1, 2, 3], memory.ToArray());
        Assert.Equal(3, memory.Position);

        var oneWay = new MemoryStream();
        Assert.Throws<ComputationException>(() => array.SaveTiff(new OneWayStream(oneWay), new TiffOptions { RowsPerStrip = 1 }));
        Assert.Empty(oneWay.ToArray());
        Assert.Equal("The line is cut.", Assert.Throws<IOException>(() => Tiff.Write(new OneWayStream(oneWay, failsAfter: 100), Image(9, 100, 100))).Message);
    }

    [Fact]
    public void A_png_in_a_stream_is_the_file()
    {
        Tensor<byte> bytes = Tensor.Create(Enumerable.Range(0, 30 * 20 * 3).Select(i => (byte)(i * 7)).ToArray(), [30, 20, 3]);
        Tensor<ushort> shorts = Tensor.Create(Pixels(Image(1, 30, 20)), [30, 20]);
        Png.Write(_folder.PathOf("8.png"), bytes);
        Png.Write(_folder.PathOf("16.png"), shorts);
        Png.WriteScaled(_folder.PathOf("s.png"), shorts, (5, 500), bits: 16);

        Assert.Equal(File.ReadAllBytes(_folder.PathOf("8.png")), Written(stream => Png.Write(stream, bytes)));
        Assert.Equal(File.ReadAllBytes(_folder.PathOf("16.png")), Written(stream => Png.Write(stream, shorts)));
        Assert.Equal(File.ReadAllBytes(_folder.PathOf("s.png")), Written(stream => Png.WriteScaled(stream, shorts, (5, 500), bits: 16)));
    }

    private static byte[] Written(Action<Stream> write)
    {
        var memory = new MemoryStream();
        write(new OneWayStream(memory));
        return memory.ToArray();
    }

    private static TiffOptions Options(bool deflate) =>
        new() { Compression = deflate ? TiffCompression.Deflate : TiffCompression.None, RowsPerStrip = 16, Photometric = TiffPhotometric.MinIsBlack };

    private static Tensor<ushort> Image(int pages, int height, int width) =>
        Tensor.Create(Enumerable.Range(0, pages * height * width).Select(i => (ushort)(i * 31 % 1009)).ToArray(), [pages, height, width]);

    private static ushort[] Pixels(Tensor<ushort> image)
    {
        var pixels = new ushort[image.FlattenedLength];
        image.FlattenTo(pixels);
        return pixels;
    }
}
