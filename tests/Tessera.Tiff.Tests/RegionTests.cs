using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Tessera.TiffFormat.Tests;

/// <summary>A box that is read is the same box of the whole page, in every layout, from any number of threads.</summary>
public sealed class RegionTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Layouts() => [.. Options.Keys];

    private static readonly Dictionary<string, TiffOptions> Options = new()
    {
        ["one strip"] = new() { RowsPerStrip = 10_000 },
        ["strips"] = new() { RowsPerStrip = 7 },
        ["tiles"] = new() { TileSize = 32 },
        ["deflated strips"] = new() { RowsPerStrip = 7, Compression = TiffCompression.Deflate },
        ["deflated tiles"] = new() { TileSize = 16, Compression = TiffCompression.Deflate, Predictor = TiffPredictor.Horizontal },
        ["RGB strips"] = new() { RowsPerStrip = 7, Photometric = TiffPhotometric.Rgb },
        ["RGB deflated tiles"] = new() { TileSize = 32, Photometric = TiffPhotometric.Rgb, Compression = TiffCompression.Deflate },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Random_boxes_equal_slices_of_the_whole(string layout)
    {
        (IBlockSource source, byte[] whole) = Stack(layout);
        var random = new Random(4);
        for (int i = 0; i < 150; i++)
        {
            Region region = Sources.RandomRegion(random, source.Shape);
            Assert.Equal(Sources.Slice(whole, source.Shape, region, 2), source.Read(region));
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Boxes_read_by_many_threads_at_once_are_equal(string layout)
    {
        (IBlockSource source, byte[] whole) = Stack(layout);
        Parallel.For(0, 300, number =>
        {
            Region region = Sources.RandomRegion(new Random(number), source.Shape);
            Assert.Equal(Sources.Slice(whole, source.Shape, region, 2), source.Read(region));
        });
    }

    [Fact]
    public void Rows_so_long_that_parts_of_them_are_read_one_by_one_are_equal()
    {
        var pixels = new byte[9 * 20_000];
        new Random(1).NextBytes(pixels);
        string path = _folder.PathOf("wide.tif");
        Tiff.Write(path, Tensor.Create(pixels, [9, 20_000]), new TiffOptions { RowsPerStrip = 2 });
        IBlockSource source = Sources.Open(path);

        foreach ((long column, long width) in new[] { (0L, 10L), (19_990, 10), (7_000, 6_000), (1, 19_998) })
        {
            var region = new Region([0, 1, column], [1, 7, width]);
            Assert.Equal(Sources.Slice(pixels, source.Shape, region, 1), source.Read(region));
        }
    }

    [Theory]
    [InlineData(0, 1, 2, 3)]
    [InlineData(3, 2, 1, 0)]
    [InlineData(0, 2, 1, 3)]
    [InlineData(1, 1, 0, 0)]
    public void Strips_are_read_where_they_lie_in_whatever_order(params int[] order)
    {
        byte[][] strips = [.. Enumerable.Range(0, 4).Select(strip => Enumerable.Range(0, 5 * 30).Select(i => (byte)(strip * 50 + i % 47)).ToArray())];
        var builder = new TiffBuilder();
        byte[] file = builder.Add(30, 20, 8, strips).Build();
        int table = BitConverter.ToInt32(file, builder.Entries.Single(at => BitConverter.ToUInt16(file, at) == (ushort)TiffTag.StripOffsets) + 8);
        int[] offsets = [.. order.Select(strip => BitConverter.ToInt32(file, table + 4 * strip))];
        for (int i = 0; i < offsets.Length; i++)
            builder.Overwrite(file, table + 4 * i, 4, offsets[i]);

        IBlockSource source = Sources.Open(_folder.Put("order.tif", file));
        byte[] whole = [.. order.SelectMany(strip => strips[strip])];
        Assert.Equal(whole, source.ReadAll());
        var across = new Region([0, 3, 4], [1, 14, 20]);
        Assert.Equal(Sources.Slice(whole, source.Shape, across, 1), source.Read(across));
    }

    [Fact]
    public void Reading_a_box_allocates_nothing()
    {
        (IBlockSource source, _) = Stack("strips");
        var region = new Region([3, 5, 0], [1, 16, source.Shape[2]]);
        var bytes = new byte[region.Length * 2];
        source.Fill(region, bytes);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            source.Fill(region, bytes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_cancelled_read_ends()
    {
        (IBlockSource source, _) = Stack("deflated strips");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => source.Read(new Region(source.Shape), new byte[source.Shape.Length * 2], cancelled.Token));
    }

    [Theory]
    [InlineData("strips", true, 1, 90)]
    [InlineData("tiles", true, 1, 32)]
    [InlineData("deflated strips", false, 7, 90)]
    [InlineData("deflated tiles", false, 16, 16)]
    public void Storage_chunks_are_rows_where_pixels_lie_bare_and_segments_where_they_are_compressed(string layout, bool cheap, long rows, long columns)
    {
        (IBlockSource source, _) = Stack(layout);

        Assert.Equal([1, rows, columns], source.StorageChunks);
        Assert.Equal(cheap, source.IsCheap);
    }

    [Fact]
    public void A_page_is_read_by_box_too()
    {
        var pixels = new ushort[40 * 50];
        Random.Shared.NextBytes(MemoryMarshal.AsBytes(pixels.AsSpan()));
        Tiff.Write(_folder.PathOf("page.tif"), Tensor.Create(pixels, [40, 50]));
        using TiffFile file = TiffFile.Open(_folder.PathOf("page.tif"));

        Tensor<ushort> box = file.Pages[0].Read<ushort>(new Region([10, 20], [2, 3]));
        Assert.Equal([pixels[520], pixels[521], pixels[522], pixels[570], pixels[571], pixels[572]], box.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Pages[0].Read<ushort>(new Region([39, 20], [2, 3])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tiff.Read<ushort>(_folder.PathOf("page.tif"), page: 1));
    }

    /// <summary>Five frames of 61 by 90 (and 3 samples) 16-bit elements, and what they hold.</summary>
    private (IBlockSource Source, byte[] Whole) Stack(string layout)
    {
        TiffOptions options = Options[layout];
        nint[] shape = options.Photometric == TiffPhotometric.Rgb ? [5, 61, 90, 3] : [5, 61, 90];
        var elements = new ushort[shape.Aggregate((left, right) => left * right)];
        new Random(7).NextBytes(MemoryMarshal.AsBytes(elements.AsSpan()));
        Tiff.Write(_folder.PathOf("stack.tif"), Tensor.Create(elements, shape), options);
        return (ImageStack.Source<ushort>(_folder.PathOf("stack.tif")), MemoryMarshal.AsBytes(elements.AsSpan()).ToArray());
    }
}
