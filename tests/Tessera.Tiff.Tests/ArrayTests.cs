namespace Tessera.TiffFormat.Tests;

/// <summary>Arrays out to files and back, through the engine.</summary>
public sealed class ArrayTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Ways() => [.. Options.Keys];

    private static readonly Dictionary<string, TiffOptions> Options = new()
    {
        ["strips"] = new() { RowsPerStrip = 11 },
        ["tiles"] = new() { TileSize = 32 },
        ["deflated strips"] = new() { Compression = TiffCompression.Deflate, Predictor = TiffPredictor.Horizontal },
        ["deflated tiles in a BigTIFF"] = new() { Compression = TiffCompression.Deflate, TileSize = 16, BigTiff = true },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_is_saved_is_what_is_opened_whatever_the_chunks(string way)
    {
        ChunkedArray<int> array = new ChunkedRandom(seed: 3).Integers(-1000, 1000, shape: [7, 60, 90], chunks: [3, 25, 40]);
        array.SaveTiff(_folder.PathOf("a.tif"), Options[way]);

        int[] expected = array.Compute().ToArray();
        Assert.Equal(expected, ImageStack.Open<int>(_folder.PathOf("a.tif")).Compute().ToArray());
        Assert.Equal(expected, ImageStack.Open<int>(_folder.PathOf("a.tif"), chunks: [2, 17, 90]).Compute().ToArray());
        Assert.Equal(expected, ImageStack.Open<int>(_folder.PathOf("a.tif")).Rechunk([7, 16, 16]).Compute().ToArray());
    }

    [Fact]
    public void A_stack_has_one_frame_a_chunk_and_is_reduced_like_any_array()
    {
        ChunkedArray<byte> array = new ChunkedRandom(seed: 5).Integers(0, 200, shape: [6, 40, 50]).Cast<byte>();
        for (int frame = 0; frame < 6; frame++)
            array[frame].SaveTiff(_folder.PathOf($"image{frame * 5}.tif"));
        ChunkedArray<byte> movie = ImageStack.Open<byte>(_folder.PathOf("image*.tif"));

        Assert.Equal([1, 40, 50], movie.Chunks.LargestChunk);
        Assert.Equal(array.Max(axis: 0).Compute().ToArray(), movie.Max(axis: 0).Compute().ToArray());
        Assert.Equal(array[.., 3..9, ^20..].Compute().ToArray(), movie[.., 3..9, ^20..].Compute().ToArray());
        Assert.Equal(array.Mean().Compute(), movie.Mean().Compute());
        Assert.Equal(array[2].Compute().ToArray(), Tiff.Read<byte>(_folder.PathOf("image10.tif")).ToArray());
    }

    [Fact]
    public void Worker_processes_read_a_stack_and_what_they_make_is_saved()
    {
        ChunkedArray<byte> array = new ChunkedRandom(seed: 6).Integers(0, 200, shape: [6, 40, 50]).Cast<byte>();
        for (int frame = 0; frame < 6; frame++)
            array[frame].SaveTiff(_folder.PathOf($"image{frame}.tif"), Options["deflated strips"]);
        ChunkedArray<byte> movie = ImageStack.Open<byte>(_folder.PathOf("image*.tif"));
        movie.Max().Compute(); // its files are open here
        using WorkerPool pool = WorkerPool.Processes(2);
        var processes = new ComputeOptions { Scheduler = Schedulers.Processes(pool) };

        Assert.Equal(array.Max(axis: 0).Compute().ToArray(), movie.Max(axis: 0).Compute(processes).ToArray());
        Assert.Equal(movie.Std().Compute(), movie.Std().Compute(processes));
        (movie + (byte)1).SaveTiff(_folder.PathOf("saved.tif"), new TiffOptions { RowsPerStrip = 8 }, processes);
        Assert.Equal((array + (byte)1).Compute().ToArray(), ImageStack.Open<byte>(_folder.PathOf("saved.tif")).Compute().ToArray());
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_nothing_else()
    {
        string path = _folder.Put("a.tif", [1, 2, 3]);
        ChunkedArray<byte> failing = ChunkedArray.FromFunction<byte>(index => index[0] < 50 ? (byte)1 : throw new InvalidOperationException("row 50"), [64, 64], chunks: [8, 64]);

        Assert.Throws<ComputationException>(() => failing.SaveTiff(path, new TiffOptions { RowsPerStrip = 8 }));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public async Task Saving_can_be_awaited()
    {
        ChunkedArray<bool> array = new ChunkedRandom(seed: 1).Integers(0, 2, shape: [33, 45]).Cast<bool>();
        await array.SaveTiffAsync(_folder.PathOf("bits.tif"));

        Assert.Equal(array.Compute().ToArray(), Tiff.Read<bool>(_folder.PathOf("bits.tif")).ToArray());
    }
}
