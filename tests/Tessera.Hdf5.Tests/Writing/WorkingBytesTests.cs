namespace Tessera.Hdf5Format.Tests;

/// <summary>What reading and writing say they take, against what they rent; and what they say of costs.</summary>
[Collection(nameof(Alone))] // what is rented is told to listeners, at the cost of all who rent
public sealed class WorkingBytesTests : IDisposable
{
    private const long State = 1200 << 10; // of a codec, which isn't rented

    private static readonly Shape Whole = [60, 200, 150];

    private readonly TestFolder _folder = TestFolder.ForWriting();

    public void Dispose() => _folder.Dispose();

    private static readonly Hdf5SaveOptions[] Options =
    [
        new() { StorageChunks = [7, 100, 60] },
        new() { Contiguous = true },
        new() { StorageChunks = [7, 100, 60], Compression = Hdf5Compression.Gzip },
        new() { StorageChunks = [7, 100, 60], Compression = Hdf5Compression.Gzip, Shuffle = true },
        new() { StorageChunks = [7, 100, 60], Compression = Hdf5Compression.Lzf, Shuffle = true, Fletcher32 = true },
        new() { StorageChunks = [60, 200, 150] },
        new() { StorageChunks = [60, 200, 150], Compression = Hdf5Compression.Lzf },
        new() { StorageChunks = [60, 200, 150], Shuffle = true, Fletcher32 = true },
    ];

    [Fact]
    public void Reads_and_writes_rent_no_more_than_they_say_and_not_much_less()
    {
        RentedPeak.Check();
        var random = new Random(3);
        foreach (Hdf5SaveOptions options in Options)
        {
            string path = _folder.PathOf($"{Guid.NewGuid():N}.h5");
            var outer = new Watching();
            ChunkedArray<double> noise = new ChunkedRandom(seed: 5).Uniform(Whole);
            using (var file = WriteSession.OpenOrCreate(path, inPlace: false))
            {
                Hdf5Output output = Hdf5Output.Of("/x", noise, options);
                outer.Sink = file.Dataset(output.Dataset, output.ElementType, output.Shape, output.Options);
                noise.Save(outer, new ComputeOptions { Scheduler = Schedulers.Serial });
                file.Commit();
            }

            Within(outer.Most, outer.Sink!.WorkingBytes(new Region(Whole)), options);
            using Hdf5File saved = Hdf5File.Open(path);
            IBlockSource source = saved.Dataset("/x").Source();
            long most = 0;
            for (int turn = 0; turn < 60; turn++)
            {
                Region region = Boxes.Random(random, Whole);
                var read = new byte[region.Length * sizeof(double)];
                source.Read(region, read, TestContext.Current.CancellationToken); // the table of chunks is read with the first
                long took = RentedPeak.Of(() => source.Read(region, read, TestContext.Current.CancellationToken));
                Assert.True(took <= source.WorkingBytes(region), $"{took} bytes were rented for {region} of {options}, and {source.WorkingBytes(region)} were said.");
                most = Math.Max(most, took);
            }

            Within(most, source.WorkingBytes(new Region(Whole)), options);
            if (options is { Compression: Hdf5Compression.None, Shuffle: false, Fletcher32: false })
                Assert.True(source.WorkingBytes(new Region(Whole)) <= 1 << 20, $"{options}: no chunk is rented whole.");
            IBlockSource there = source.TravelForm!.Open();
            Assert.Equal((source.Name, source.Shape, source.Cost, source.WorkingBytes(new Region(Whole))), (there.Name, there.Shape, there.Cost, there.WorkingBytes(new Region(Whole))));
            Assert.Equal(source.ReadAll(), there.ReadAll());
            bool isCompressed = options.Compression != Hdf5Compression.None;
            Assert.Equal(isCompressed, source.Cost.NanosecondsPerByte > 2 * 2 * ReadCost.UncompressedFile.NanosecondsPerByte);
            Assert.Equal(source.IsCheap, source.Cost == ReadCost.UncompressedFile);
        }
    }

    /// <summary>A chunk of old and of new elements is put together of both.</summary>
    [Theory, InlineData(Hdf5Compression.None), InlineData(Hdf5Compression.Gzip)]
    public void Appending_rents_no_more_than_it_says(Hdf5Compression compression)
    {
        RentedPeak.Check();
        string path = _folder.PathOf($"{compression}.h5");
        ChunkedArray<double> noise = new ChunkedRandom(seed: 5).Uniform([100, 7, 100]);
        noise.SaveHdf5(path, "/x", new Hdf5SaveOptions { StorageChunks = [50, 8, 50], MaxShape = [100, null, 100], Compression = compression });
        var outer = new Watching();
        using (var file = WriteSession.OpenOrCreate(path, inPlace: true))
        {
            outer.Sink = file.Append("/x", ElementType.Double, [100, 7, 100], axis: 1);
            noise.Save(outer, new ComputeOptions { Scheduler = Schedulers.Serial });
            file.Commit();
        }

        Assert.True(outer.Most > 0);
        Within(outer.Most, outer.Sink.WorkingBytes(new Region([100, 7, 100])), new Hdf5SaveOptions { Compression = compression });
    }

    private static void Within(long took, long said, Hdf5SaveOptions options)
    {
        Assert.True(took <= said, $"{options}: {took} bytes were rented, and {said} were said.");
        Assert.True(said <= (4 * took) + State, $"{options}: {took} bytes were rented, and {said} were said.");
    }

    private sealed class Watching : IBlockSink
    {
        public IBlockSink? Sink { get; set; }

        public long Most { get; private set; }

        public string Name => Sink!.Name;

        public Shape StorageChunks => Sink!.StorageChunks;

        public void Begin(ElementType elementType, Shape shape) => Sink!.Begin(elementType, shape);

        public void Write(Region region, ReadOnlySpan<byte> elements, CancellationToken cancellation)
        {
            byte[] copy = elements.ToArray();
            Most = Math.Max(Most, RentedPeak.Of(() => Sink!.Write(region, copy, cancellation)));
        }

        public void Complete() => Sink!.Complete();

        public void Abandon() => Sink!.Abandon();
    }
}
