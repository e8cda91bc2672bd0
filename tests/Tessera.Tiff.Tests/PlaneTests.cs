using System.Text;

namespace Tessera.TiffFormat.Tests;

/// <summary>Planes that one directory stands for are frames of a stack if their bytes are there, and refused by name if they aren't.</summary>
public sealed class PlaneTests : IDisposable
{
    private const int Width = 20, Height = 16, PlaneBytes = Width * Height * 2;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ImageJ=1.53t\nimages=6\nslices=6\n")]
    [InlineData("ImageJ=1.53t\nimages=6\nchannels=3\nframes=2\nhyperstack=true\n")]
    [InlineData("ImageJ=1.53t\nimages=6\n")]
    [InlineData("""{"shape": [6, 16, 20]}""")]
    [InlineData("""{"shape": [2, 3, 16, 20], "truncated": true}""")]
    public void A_description_of_planes_that_are_there_makes_frames(string description)
    {
        IBlockSource stack = ImageStack.Source<ushort>(Put("whole.tif", Described(description, planes: 6)));

        Assert.Equal([6, Height, Width], stack.Shape);
        Assert.Equal(Pixels(6), stack.ReadAll());
        Assert.Equal(Pixels(6)[(4 * PlaneBytes)..(5 * PlaneBytes)], stack.Read(new Region([4, 0, 0], [1, Height, Width])));
        Assert.Equal(Pixels(6).AsSpan((3 * PlaneBytes) + (5 * Width * 2) + 14, 4).ToArray(), stack.Read(new Region([3, 5, 7], [1, 1, 2])));
    }

    [Theory]
    [InlineData("ImageJ=1.53t\nimages=9\nslices=9\n", "ImageJ's description")]
    [InlineData("""{"shape": [9, 16, 20]}""", "the description ((9, 16, 20))")]
    [InlineData("ImageJ=1.53t\nimages=2147483647\nframes=2147483647\nslices=2147483647\nchannels=2147483647\n", "ImageJ's description")]
    public void Planes_that_are_not_there_are_refused_by_name(string description, string says)
    {
        string path = Put("short.tif", Described(description, planes: 4));
        string message = Assert.Throws<InvalidDataException>(() => ImageStack.Source<ushort>(path)).Message;

        Assert.StartsWith($"'{path}', byte ", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.Contains("the file ends after 4", message, StringComparison.Ordinal);
        Assert.Contains("AllowIncomplete", message, StringComparison.Ordinal);
        Assert.Equal([4, Height, Width], ImageStack.Source<ushort>(path, new TiffReadOptions { AllowIncomplete = true }).Shape);
        Assert.Equal(Pixels(4), ImageStack.Source<ushort>(path, new TiffReadOptions { AllowIncomplete = true }).ReadAll());
        Assert.Equal(Pixels(1), Bytes(Tiff.Read<ushort>(path).ToArray()));
    }

    [Fact]
    public void Compressed_planes_behind_a_page_are_refused()
    {
        byte[] file = Builder("ImageJ=1.53t\nimages=3\n", TiffCompression.PackBits, Encoders.Encode(TiffCompression.PackBits, Pixels(1))).Build();

        Assert.Contains("don't follow each other", Assert.Throws<InvalidDataException>(() => ImageStack.Source<ushort>(Put("packed.tif", file))).Message, StringComparison.Ordinal);
        Assert.Equal(Pixels(1), ImageStack.Source<ushort>(_folder.PathOf("packed.tif"), new TiffReadOptions { AllowIncomplete = true }).ReadAll());
    }

    [Fact]
    public void Pages_that_are_listed_are_the_frames_whatever_a_description_says()
    {
        TiffBuilder builder = Builder("ImageJ=1.53t\nimages=50\nslices=50\n", TiffCompression.None, Pixels(1));
        for (int i = 1; i < 5; i++)
            builder.Add(Width, Height, 16, [Pixels(1)]);

        Assert.Equal([5, Height, Width], ImageStack.Source<ushort>(Put("split.tif", builder.Build())).Shape);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Bytes_of_a_page_behind_that_is_no_frame_are_no_planes(int subfile)
    {
        byte[] file = Builder("ImageJ=1.53t\nimages=3\nslices=3\n", TiffCompression.None, Pixels(1))
            .Add(Width * 4, Height, 16, [Pixels(4)], tags: (TiffTag.NewSubfileType, TiffBuilder.Long, [subfile])).Build();
        string path = Put("thumbnail.tif", file);

        Assert.Contains("other pages follow after 1", Assert.Throws<InvalidDataException>(() => ImageStack.Source<ushort>(path)).Message, StringComparison.Ordinal);
        Assert.Equal(Pixels(1), ImageStack.Source<ushort>(path, new TiffReadOptions { Pages = ..1 }).ReadAll());
    }

    [Theory]
    [InlineData(TiffCompression.None)]
    [InlineData(TiffCompression.Deflate)]
    public void Strips_of_several_planes_in_one_directory_are_its_planes(TiffCompression codec)
    {
        byte[][] strips = [.. Enumerable.Range(0, 3).Select(plane => Encoders.Encode(codec, Pixels(3)[(plane * PlaneBytes)..((plane + 1) * PlaneBytes)]))];
        byte[] file = Builder("ImageJ=1.38n\nimages=3\nchannels=3\nmode=composite\n", codec, strips).Build();
        IBlockSource stack = ImageStack.Source<ushort>(Put("composite.tif", file));

        Assert.Equal([3, Height, Width], stack.Shape);
        Assert.Equal(Pixels(3), stack.ReadAll());
        Assert.Equal(Pixels(3)[PlaneBytes..(2 * PlaneBytes)], stack.Read(new Region([1, 0, 0], [1, Height, Width])));
    }

    [Fact]
    public void Planes_past_four_gibibytes_are_reached()
    {
        const long Planes = 2200, Side = 1024, Bytes = Side * Side * 2;
        byte[] head = new TiffBuilder(bigEndian: true).Add((int)Side, (int)Side, 16, [[]], tags:
        [
            (TiffTag.ImageDescription, TiffBuilder.Ascii, Text($"ImageJ=1.53t\nimages={Planes}\nframes={Planes}\nhyperstack=true\n")),
            (TiffTag.StripOffsets, TiffBuilder.Long, [4096]), (TiffTag.StripByteCounts, TiffBuilder.Long, [Bytes]),
        ]).Build();
        string path = Put("big.tif", head);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(4096 + (Planes * Bytes)); // a sparse file: a few blocks on the disk
            foreach (long plane in new[] { 0, 1, 1100, Planes - 1 })
            {
                file.Position = 4096 + (plane * Bytes);
                file.Write([(byte)((plane + 1) >> 8), (byte)(plane + 1)]);
            }
        }

        ChunkedArray<ushort> stack = ImageStack.Open<ushort>(path);
        Assert.Equal([Planes, Side, Side], stack.Shape);
        Assert.Equal([1, 2, 1101, 2200], new long[] { 0, 1, 1100, 2199 }.Select(plane => (int)stack[(int)plane, ..1, ..1].Compute().ToArray()[0]));
    }

    [Fact]
    public void Planes_and_series_are_computed_by_any_scheduler_and_any_chunks()
    {
        string path = Put("whole.tif", Described("ImageJ=1.53t\nimages=6\nchannels=3\nframes=2\nhyperstack=true\n", planes: 6));
        using TiffFile file = TiffFile.Open(path);
        using WorkerPool pool = WorkerPool.Processes(2);
        var processes = new ComputeOptions { Scheduler = Schedulers.Processes(pool) };
        byte[] expected = Pixels(6);

        Assert.Equal("TCYX", file.Series[0].Axes);
        Assert.Equal([1, 1, Height, Width], file.Series[0].Array<ushort>().Chunks.LargestChunk);
        foreach (ChunkedArray<ushort> array in new[] { file.Series[0].Array<ushort>(), file.Series[0].Array<ushort>([2, 2, 5, 7]), file.Series[0].Array<ushort>(Chunks.Auto) })
        {
            Assert.Equal(expected, Bytes(array.Compute().ToArray()));
            Assert.Equal(expected, Bytes(array.Compute(processes).ToArray()));
        }

        Assert.Equal(expected, Bytes(ImageStack.Open<ushort>(path).Compute(processes).ToArray()));
        ushort[] part = file.Series[0].Array<ushort>()[1, 1.., 3..5, ^2..].Compute().ToArray();
        Assert.Equal(Enumerable.Range(4, 2).SelectMany(plane => Enumerable.Range(3, 2).SelectMany(row => Enumerable.Range(18, 2).Select(column => (ushort)(((((plane * Height) + row) * Width) + column) * 37)))), part);
    }

    [Fact]
    public void A_million_planes_take_no_memory_until_they_are_read()
    {
        byte[] file = new TiffBuilder().Add(1, 1, 8, [new byte[1_000_000]], tags: (TiffTag.ImageDescription, TiffBuilder.Ascii, Text("ImageJ=1\nimages=1000000\n"))).Build();
        string path = Put("many.tif", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using TiffFile open = TiffFile.Open(path);

        Assert.Equal([1_000_000, 1, 1], open.Series[0].Shape);
        Assert.Equal(1_000_000, open.Series[0].Array<byte>().Shape[0]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    /// <summary>Planes of numbers that differ from plane to plane.</summary>
    private static byte[] Pixels(int planes) => [.. Enumerable.Range(0, planes * Width * Height).SelectMany(i => BitConverter.GetBytes((ushort)(i * 37)))];

    private static byte[] Bytes(ushort[] elements) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(elements.AsSpan()).ToArray();

    private static long[] Text(string text) => [.. Encoding.ASCII.GetBytes(text + "\0").Select(one => (long)one)];

    private static byte[] Described(string description, int planes) => Builder(description, TiffCompression.None, Pixels(planes)).Build();

    private static TiffBuilder Builder(string description, TiffCompression codec, params byte[][] pixels) => new TiffBuilder().Add(
        Width, Height, 16, pixels, codec, null,
        (TiffTag.ImageDescription, TiffBuilder.Ascii, Text(description)), (TiffTag.RowsPerStrip, TiffBuilder.Long, [Height]));

    private string Put(string name, byte[] file) => _folder.Put(name, file);
}
