using System.IO.Compression;

namespace Tessera.TiffFormat.Tests;

/// <summary>Blocks in any order, from many threads, make a whole file; anything less leaves nothing.</summary>
public sealed class TiffSinkTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<ElementType, bool, bool, bool, bool?> Cases()
    {
        var cases = new TheoryData<ElementType, bool, bool, bool, bool?>();
        foreach (ElementType element in Enum.GetValues<ElementType>())
        {
            foreach ((bool deflate, bool tiled, bool rgb, bool? big) in new (bool, bool, bool, bool?)[]
            {
                (false, false, false, null), (true, false, false, true), (false, true, false, true), (true, true, false, null),
                (false, false, true, null), (true, true, true, false),
            })
            {
                if (element != ElementType.Boolean || !rgb)
                    cases.Add(element, deflate, tiled, rgb, big);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Blocks_written_in_any_order_by_many_threads_read_back_equal(ElementType element, bool deflate, bool tiled, bool rgb, bool? big)
    {
        Shape shape = rgb ? [3, 50, 70, 4] : [3, 50, 70];
        TiffPredictor predictor = !deflate || element == ElementType.Boolean ? TiffPredictor.None
            : element.IsFloatingPoint ? TiffPredictor.FloatingPoint : TiffPredictor.Horizontal;
        var options = new TiffOptions
        {
            Compression = deflate ? TiffCompression.Deflate : TiffCompression.None,
            Predictor = predictor,
            TileSize = tiled ? 16 : null,
            RowsPerStrip = tiled ? null : 8,
            Photometric = rgb ? TiffPhotometric.Rgb : TiffPhotometric.MinIsBlack,
            BigTiff = big,
        };
        byte[] elements = Elements(element, shape);
        string path = _folder.PathOf("out.tif");
        var sink = new TiffSink(path, element, shape, options);
        sink.Begin(element, shape);
        Region[] blocks = Blocks(shape, sink.StorageChunks, tiled ? [2, 32, 16, 4] : [2, 24, 70, 4]);
        new Random(1).Shuffle(blocks);
        Parallel.ForEach(blocks, block => sink.Put(block, Sources.Slice(elements, shape, block, element.Size)));
        sink.Complete();

        IBlockSource back = Sources.Open(path);
        Assert.Equal(element, back.ElementType);
        Assert.Equal(shape, back.Shape);
        Assert.Equal(elements, back.ReadAll());
        Assert.Equal(big == true ? 43 : 42, File.ReadAllBytes(path)[2]);
        Assert.Equal(["out.tif"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Compressed_segments_written_at_once_by_many_threads_lie_side_by_side()
    {
        const int Rows = 5000, Threads = 8;
        string path = _folder.PathOf("out.tif");
        var sink = new TiffSink(path, ElementType.Byte, [Rows, 4], new TiffOptions { Compression = TiffCompression.Deflate, Level = CompressionLevel.NoCompression, RowsPerStrip = 1 });
        sink.Begin(ElementType.Byte, [Rows, 4]);
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            for (int row = thread; row < Rows; row += Threads)
                sink.Put(new Region([row, 0], [1, 4]), BitConverter.GetBytes(row));
        });
        sink.Complete();

        using TiffFile file = TiffFile.Open(path);
        SegmentTable table = file.Pages[0].Layout.Table;
        long end = 16;
        foreach (int strip in Enumerable.Range(0, Rows).OrderBy(strip => table.OffsetOf(strip)))
        {
            Assert.Equal(end, table.OffsetOf(strip));
            end += table.CountOf(strip);
        }

        Assert.Equal(Enumerable.Range(0, Rows).SelectMany(BitConverter.GetBytes), file.Pages[0].Read<byte>().ToArray());
    }

    [Fact]
    public void Room_that_many_threads_take_at_once_is_taken_once()
    {
        // Two threads that were given the same room would leave the end nearer than all that was taken; so often, that it can't be missed.
        const int Times = 10_000_000, Threads = 4;
        var end = new FileEnd(16);
        using var start = new Barrier(Threads);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (int i = 0; i < Times; i++)
                end.Take(3);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(16 + 3L * Times * Threads, end.Offset);
    }

    [Fact]
    public void An_abandoned_sink_leaves_nothing_and_the_old_file_as_it_was()
    {
        string path = _folder.Put("out.tif", [1, 2, 3]);
        var sink = new TiffSink(path, ElementType.Byte, [20, 20], new TiffOptions());
        sink.Begin(ElementType.Byte, [20, 20]);
        sink.Put(new Region([20, 20]), new byte[400]);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        sink.Abandon();

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void An_existing_file_is_replaced_when_the_new_one_is_whole()
    {
        string path = _folder.Put("out.tif", [1, 2, 3]);
        var sink = new TiffSink(path, ElementType.Byte, [2, 2], new TiffOptions());
        sink.Begin(ElementType.Byte, [2, 2]);
        sink.Put(new Region([2, 2]), [5, 6, 7, 8]);
        sink.Complete();
        sink.Abandon(); // after completion there is nothing to abandon

        Assert.Equal([5, 6, 7, 8], Sources.Open(path).ReadAll());
    }

    [Fact]
    public void A_file_with_a_block_missing_is_not_completed()
    {
        var sink = new TiffSink(_folder.PathOf("out.tif"), ElementType.Byte, [2, 20, 20], new TiffOptions { RowsPerStrip = 10 });
        sink.Begin(ElementType.Byte, [2, 20, 20]);
        sink.Put(new Region([0, 0, 0], [1, 20, 20]), new byte[400]);

        Assert.Contains("4 strips or tiles and 2 were written", Assert.Throws<InvalidOperationException>(sink.Complete).Message, StringComparison.Ordinal);
        sink.Abandon();
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_a_tiff_cannot_hold_is_refused_before_anything_is_written()
    {
        var rgb = new TiffOptions { Photometric = TiffPhotometric.Rgb };
        Refused("(height, width)", [5]);
        Refused("(height, width)", [2, 2, 2, 2]);
        Refused("3 or 4 samples", [4, 4, 2], rgb);
        Refused("at least one pixel", [4, 0]);
        Refused("one bit a pixel", [4, 4, 3], rgb, ElementType.Boolean);
        Refused("Compression = Lzw", [4, 4], new TiffOptions { Compression = TiffCompression.Lzw });
        Refused("Predictor = Horizontal", [4, 4], new TiffOptions { Predictor = TiffPredictor.Horizontal });
        Refused("Predictor = FloatingPoint", [4, 4], new TiffOptions { Predictor = TiffPredictor.FloatingPoint, Compression = TiffCompression.Deflate });
        Refused("would pass 4 GB", [3, 50_000, 50_000], new TiffOptions { BigTiff = false });
        Assert.Throws<ArgumentException>(() => new TiffSink("x.tif", ElementType.Byte, [4, 4], new TiffOptions { TileSize = 20 }));
        Assert.Throws<ArgumentException>(() => new TiffSink("x.tif", ElementType.Byte, [4, 4], new TiffOptions { TileSize = 16, RowsPerStrip = 4 }));
        Assert.Throws<ArgumentException>(() => new TiffSink("x.tif", ElementType.Byte, [4, 4], new TiffOptions { RowsPerStrip = 0 }));
    }

    [Fact]
    public void A_file_over_four_gigabytes_is_a_BigTIFF_whose_last_rows_are_found()
    {
        // Only the last strip and the directories are written: the file system keeps no more than that of the six gigabytes.
        Shape shape = [3, 40_000, 50_000];
        string path = _folder.PathOf("large.tif");
        var layout = new SinkLayout(ElementType.Byte, shape, new TiffOptions { RowsPerStrip = 100 });
        byte[] last = [.. Enumerable.Range(0, 100 * 50_000).Select(i => (byte)(i % 251))];
        long end = 16 + shape.Length;
        using (var file = new PathTarget(path))
        {
            file.Begin();
            file.Write(last, end - last.Length);
            DirectoryWriter.Write(file, layout, end, (page, strip) => 16 + page * layout.PageBytes + layout.PlaceInPage(strip), (_, _) => last.Length);
            file.Complete();
        }

        IBlockSource back = Sources.Open(path);
        Assert.Equal(43, ReadStart(path)[2]);
        Assert.Equal(last, back.Read(new Region([2, 39_900, 0], [1, 100, 50_000])));
        Assert.Equal(last[^10..], back.Read(new Region([2, 39_999, 49_990], [1, 1, 10])));
    }

    private static byte[] ReadStart(string path)
    {
        using FileStream file = File.OpenRead(path);
        var start = new byte[8];
        file.ReadExactly(start);
        return start;
    }

    private void Refused(string says, Shape shape, TiffOptions? options = null, ElementType element = ElementType.Byte)
    {
        string path = _folder.PathOf("refused.tif");
        Assert.Contains(says, Assert.Throws<NotSupportedException>(() => new TiffSink(path, element, shape, options ?? new TiffOptions())).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static byte[] Elements(ElementType element, Shape shape)
    {
        var bytes = new byte[shape.Length * element.Size];
        new Random(3).NextBytes(bytes);
        if (element == ElementType.Boolean)
            bytes.AsSpan().Replace((byte)0, (byte)1);
        return element == ElementType.Boolean ? [.. bytes.Select(value => (byte)(value & 1))] : bytes;
    }

    /// <summary>The array in blocks of about these sizes, each of whole storage chunks.</summary>
    private static Region[] Blocks(Shape shape, Shape storage, Shape about)
    {
        List<long[]> starts = [[]];
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            Assert.Equal(0, about[axis] % storage[axis]);
            starts = [.. starts.SelectMany(start => Enumerable.Range(0, (int)((shape[axis] + about[axis] - 1) / about[axis])).Select(i => start.Append(i * about[axis]).ToArray()))];
        }

        return [.. starts.Select(start => new Region(start, [.. start.Select((first, axis) => Math.Min(about[axis], shape[axis] - first))]))];
    }
}
