using System.Collections.Concurrent;

namespace Tessera.Hdf5Format.Tests;

/// <summary>What is read, how often, and by how many at once.</summary>
public sealed class SharedReadingTests(ReferenceArrays reference) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/shuffle-gzip/i8")]
    [InlineData("/fletcher32/i8")]
    [InlineData("/gzip1/f8")]
    public void Chunks_that_are_not_wanted_are_not_read(string path)
    {
        byte[] bytes = File.ReadAllBytes(reference.Cases.Count > 0 ? reference.PathOf("filters-new.h5") : "");
        using (Hdf5File sound = Hdf5File.Open(reference.PathOf("filters-new.h5")))
        {
            foreach ((_, ChunkEntry entry) in Entries(sound, path).Where(entry => entry.Key is not 3)) // all but rows 8 to 15, columns 16 to 29
                bytes.AsSpan((int)entry.Address, (int)entry.Bytes).Fill(0xEE);
        }

        using Hdf5File file = Hdf5File.Open(_folder.Put("damaged.h5", bytes));
        using Hdf5File whole = Hdf5File.Open(reference.PathOf("filters-new.h5"));
        IBlockSource source = file.Dataset(path).Source();
        Region wanted = new([9, 17], [7, 13]);
        Assert.Equal(whole.Dataset(path).Source().Read(wanted), source.Read(wanted));
        Assert.Contains("the chunk (1, 0) is damaged", Assert.Throws<InvalidDataException>(() => source.Read(new Region([9, 15], [7, 13]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(30, 7)]
    [InlineData(5, 30)]
    public void Each_chunk_is_decoded_once_in_a_run_however_the_array_is_cut(long rows, long columns)
    {
        Assert.NotEmpty(reference.Cases);
        using Hdf5File file = Hdf5File.Open(reference.PathOf("filters-new.h5"));
        var counting = new CountingSource(file.Dataset("/shuffle-gzip/i8").Source());
        ChunkedArray<long> array = ChunkedArray.FromSource<long>(counting, [rows, columns]);

        Assert.Equal(file.Array<long>("/shuffle-gzip/i8").Sum().Compute(), array.Sum().Compute());
        Assert.Equal(8, counting.Chunks.Count);
        Assert.All(counting.Chunks, chunk => Assert.Equal(1, chunk.Value));
    }

    [Fact]
    public void Many_threads_read_many_files_at_once()
    {
        ReferenceArrays.Case[] cases = [.. reference.Cases.Where((_, i) => i % 4 == 0)];
        Hdf5File[] files = [.. cases.Select(one => one.File).Distinct().Select(name => Hdf5File.Open(reference.PathOf(name)))];
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            var random = new Random(number);
            ReferenceArrays.Case one = cases[random.Next(cases.Length)];
            IBlockSource source = files.First(file => file.Path == reference.PathOf(one.File)).Dataset(one.Path).Source();
            Region region = Boxes.Random(random, source.Shape);
            Assert.Equal(Boxes.Slice(reference.Expected(one, source.ElementType.Size), source.Shape, region, source.ElementType.Size), source.Read(region));
        });
        foreach (Hdf5File file in files)
            file.Dispose();
    }

    [Fact]
    public void One_source_is_read_by_many_threads()
    {
        ReferenceArrays.Case one = reference.Cases.Single(one => one is { File: "fills-new.h5", Path: "/rows" });
        using Hdf5File file = Hdf5File.Open(reference.PathOf(one.File)), again = Hdf5File.Open(reference.PathOf(one.File));
        IBlockSource[] sources = [file.Dataset(one.Path).Source(), again.Dataset(one.Path).Source()];
        byte[] expected = reference.Expected(one, 2);
        Parallel.For(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            Region region = Boxes.Random(new Random(number), sources[0].Shape);
            Assert.Equal(Boxes.Slice(expected, sources[0].Shape, region, 2), sources[number % 2].Read(region));
        });
    }

    [Fact]
    public void Worker_processes_read_what_is_open_here()
    {
        Assert.NotEmpty(reference.Cases);
        using WorkerPool pool = WorkerPool.Processes(2);
        var processes = new ComputeOptions { Scheduler = Schedulers.Processes(pool) };
        using Hdf5File file = Hdf5File.Open(reference.PathOf("types-new.h5"));
        foreach (string path in new[] { "/contiguous/i2be", "/compact/i2be", "/chunked/i2be", "/deflated/i2be" })
        {
            ChunkedArray<short> array = file.Array<short>(path, [3, 2]);
            short[] here = array.Compute().ToArray(); // the file and the table of chunks are open here
            Assert.Equal(here, array.Compute(processes).ToArray());
            Assert.Equal(array.Max().Compute(), array.Max().Compute(processes));
        }
    }

    [Fact]
    public void An_array_of_a_file_that_was_disposed_of_says_so()
    {
        Assert.NotEmpty(reference.Cases);
        Hdf5File file = Hdf5File.Open(reference.PathOf("types-new.h5"));
        ChunkedArray<int> array = file.Array<int>("/deflated/i4");
        Hdf5Group group = file.Root;
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => file.Root);
        Assert.Throws<ObjectDisposedException>(() => group["contiguous/i4"]);
        Exception refused = Assert.ThrowsAny<Exception>(() => array.Compute());
        ObjectDisposedException disposed = refused as ObjectDisposedException ?? Assert.IsType<ObjectDisposedException>(refused.InnerException);
        Assert.Contains($"'{reference.PathOf("types-new.h5")}' was to be read, and was disposed of before", disposed.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<KeyValuePair<long, ChunkEntry>> Entries(Hdf5File file, string path)
    {
        Hdf5Dataset dataset = file.Dataset(path);
        DatasetHeader header = DatasetHeader.Read(dataset.Structure, dataset.Header);
        return ChunkIndex.Read(dataset.Structure.Bytes, (ChunkedLayout)header.Layout, dataset.Shape!.Value, true, CancellationToken.None).Entries;
    }

    /// <summary>Counts how often each storage chunk is touched.</summary>
    private sealed class CountingSource(IBlockSource source) : IBlockSource
    {
        public ConcurrentDictionary<(long Row, long Column), int> Chunks { get; } = new();

        public string Name => source.Name;

        public ElementType ElementType => source.ElementType;

        public Shape Shape => source.Shape;

        public Shape StorageChunks => source.StorageChunks;

        public bool IsCheap => source.IsCheap;

        public void Read(Region region, Span<byte> destination, CancellationToken cancellation)
        {
            for (long row = region.Start[0] / StorageChunks[0]; row * StorageChunks[0] < region.End(0); row++)
            {
                for (long column = region.Start[1] / StorageChunks[1]; column * StorageChunks[1] < region.End(1); column++)
                    Chunks.AddOrUpdate((row, column), 1, (_, count) => count + 1);
            }

            source.Read(region, destination, cancellation);
        }
    }
}
