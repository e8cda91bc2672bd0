using System.Numerics;

namespace Tessera.Hdf5Format.Tests;

public sealed class SavingTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.ForWriting();
    private readonly Expectations _expected;
    private readonly List<Hdf5Output> _outputs = [];

    public SavingTests() => _expected = new Expectations(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_element_type_is_read_equal_by_h5py()
    {
        AddOfType<sbyte>();
        AddOfType<byte>();
        AddOfType<short>();
        AddOfType<ushort>();
        AddOfType<int>();
        AddOfType<uint>();
        AddOfType<long>();
        AddOfType<ulong>();
        AddOfType<Half>();
        AddOfType<float>();
        AddOfType<double>();
        Add("/bool/chunks", Arrays.Count<int>([7, 13]) < Arrays.Scalar(50), new Hdf5SaveOptions { StorageChunks = [3, 5] });
        Add("/bool/piece", Arrays.Count<int>([7, 13]) < Arrays.Scalar(50), new Hdf5SaveOptions { Contiguous = true });
        Add("/bool/scalar", Arrays.Scalar(true));
        Check();
    }

    [Fact]
    public void Every_choice_of_filters_is_read_equal_by_h5py()
    {
        ChunkedArray<float> array = Arrays.Count<float>([30, 40, 20], [10, 20, 20]);
        foreach (Hdf5Compression compression in Enum.GetValues<Hdf5Compression>())
        {
            foreach (bool shuffle in new[] { false, true })
            {
                foreach (bool sum in new[] { false, true })
                {
                    Add(
                        $"/{compression}/{shuffle}/{sum}", array,
                        new Hdf5SaveOptions { Compression = compression, Shuffle = shuffle, Fletcher32 = sum, StorageChunks = [7, 20, 6] },
                        ("compression", compression == Hdf5Compression.None ? null : compression.ToString().ToLowerInvariant()), ("shuffle", shuffle), ("fletcher32", sum),
                        ("chunks", new[] { 7, 20, 6 }));
                }
            }
        }

        for (int level = 0; level <= 9; level++)
            Add($"/level/{level}", array, new Hdf5SaveOptions { Compression = Hdf5Compression.Gzip, Level = level }, ("level", level));
        Check();
    }

    [Fact]
    public void What_lzf_does_not_shrink_is_stored_as_it_is()
    {
        ChunkedArray<double> noise = new ChunkedRandom(5).Uniform<double>([100, 100]);
        Add("/noise", noise, new Hdf5SaveOptions { Compression = Hdf5Compression.Lzf, Shuffle = true, StorageChunks = [33, 100] }, ("compression", "lzf"));
        Check();
    }

    [Fact]
    public void Lzf_shrinks_what_lies_behind_noise_in_a_shuffled_chunk()
    {
        ChunkedArray<ushort> image = ((new ChunkedRandom(5).Uniform<float>([1024, 1024]) * Arrays.Scalar(300f)) + Arrays.Scalar(1000f)).Cast<ushort>();
        image.SaveHdf5(_folder.PathOf("saved.h5"), "/image", new Hdf5SaveOptions { Compression = Hdf5Compression.Lzf, Shuffle = true, StorageChunks = [512, 1024] });
        Assert.InRange(new FileInfo(_folder.PathOf("saved.h5")).Length, 1, image.Bytes * 3 / 4);
    }

    [Fact]
    public void Every_way_of_cutting_gives_the_same_elements()
    {
        var random = new Random(7);
        for (int i = 0; i < 60; i++)
        {
            Shape shape = [.. Enumerable.Range(0, 1 + (i % 4)).Select(_ => random.NextInt64(1, 24))];
            Chunks chunks = Chunks.Create([.. shape.Select(size => (AxisChunks)random.NextInt64(1, size + 1))]);
            Hdf5SaveOptions options = (i % 3) switch
            {
                0 => new Hdf5SaveOptions { StorageChunks = [.. shape.Select(size => random.NextInt64(1, size + 3))], Compression = Hdf5Compression.Gzip },
                1 => new Hdf5SaveOptions { StorageChunks = [.. shape.Select(size => random.NextInt64(1, size + 3))] },
                _ => new Hdf5SaveOptions { Contiguous = true },
            };
            Add($"/cut/{i}", Arrays.Count<short>(shape, chunks), options);
        }

        Check();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scalars_and_empty_arrays_are_datasets_too(bool latest)
    {
        var options = new Hdf5SaveOptions { LatestFormat = latest };
        Add("/scalar", Arrays.Scalar(3.5), options with { Compression = Hdf5Compression.Gzip }, ("maxshape", Array.Empty<int>()));
        Add("/one", Arrays.Count<int>([1]), options);
        Add("/none", ChunkedArray.Zeros<int>([0]), options);
        Add("/none/of/none".Replace("/none/of", "/of"), ChunkedArray.Zeros<float>([3, 0, 4]), options with { Compression = Hdf5Compression.Lzf });
        Add("/growing", ChunkedArray.Zeros<float>([0, 4]), options with { MaxShape = [null, 4], Shuffle = true }, ("maxshape", new int?[] { null, 4 }));
        Add("/piece", ChunkedArray.Zeros<float>([0, 4]), options with { Contiguous = true }, ("chunks", null));
        Check();
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 3)]
    public void Growing_datasets_and_large_ones_are_read_equal_in_both_formats(bool latest, int superblock)
    {
        var options = new Hdf5SaveOptions { LatestFormat = latest };
        ChunkedArray<ushort> array = Arrays.Count<ushort>([50, 128, 100], [5, 128, 100]);
        Add("/fixed", array, options with { StorageChunks = [5, 64, 64], Compression = Hdf5Compression.Gzip, Level = 1 }, ("maxshape", new[] { 50, 128, 100 }));
        Add("/one", array, options with { MaxShape = [null, 128, 100], StorageChunks = [5, 64, 64] }, ("maxshape", new int?[] { null, 128, 100 }));
        Add("/two", array, options with { MaxShape = [null, null, 200], StorageChunks = [80, 64, 64], Shuffle = true }, ("maxshape", new int?[] { null, null, 200 }), ("chunks", new[] { 80, 64, 64 }));
        Add("/single", array, options with { StorageChunks = [50, 128, 100], Compression = Hdf5Compression.Gzip });
        Add("/usual", array, options);
        Add("/piece", array, options with { Contiguous = true }, ("chunks", null));
        Check();
        Assert.Contains($"\"superblock\": {superblock}", Python.Run("writing.py", "info", _folder.PathOf("saved.h5"), "fixed"));
    }

    [Theory]
    [InlineData("earliest")]
    [InlineData("latest")]
    [InlineData("userblock")]
    public void Datasets_are_added_to_files_of_h5py(string kind)
    {
        string path = _folder.PathOf("saved.h5");
        Python.Run("writing.py", "make", path, kind);
        Hdf5.Save(path, [
            Hdf5Output.Of("/old/new", Arrays.Count<int>([10, 10]), new Hdf5SaveOptions { Compression = Hdf5Compression.Gzip }),
            Hdf5Output.Of("/new/piece", Arrays.Count<int>([10, 10]), new Hdf5SaveOptions { Contiguous = true, LatestFormat = kind == "latest" }),
        ]);
        Arrays.Count<int>([10, 10]).SaveHdf5(path, "/new/third", new Hdf5SaveOptions { InPlace = true, Contiguous = true });

        Python.Run("writing.py", "old", path);
        byte[] wanted = Expectations.BytesOf(Arrays.Count<int>([10, 10]));
        foreach (string name in new[] { "/old/new", "/new/piece", "/new/third" })
        {
            Python.Run("writing.py", "dump", path, name, _folder.PathOf("dump.bin"));
            Assert.Equal(wanted, File.ReadAllBytes(_folder.PathOf("dump.bin")));
        }

        if (kind == "userblock")
            Assert.StartsWith("#!/bin/sh", File.ReadAllText(path));
        Assert.Equal(0, Tools.Run("h5dump", "-H", path));
        Assert.Empty(Directory.GetFiles(_folder.Path, ".*"));
    }

    [Fact]
    public void Many_datasets_go_into_one_file()
    {
        for (int i = 0; i < 200; i++)
            Add($"/group {i % 10}/ünï {i}", Arrays.Count<int>([i + 1]));
        Check();
    }

    [Fact]
    public void A_dataset_is_replaced_where_that_is_asked_for()
    {
        string path = _folder.PathOf("saved.h5");
        Arrays.Count<int>([5, 5]).SaveHdf5(path, "/a/data");
        Arrays.Count<double>([3]).SaveHdf5(path, "/a/data", new Hdf5SaveOptions { Replace = true });
        Arrays.Count<double>([3]).SaveHdf5(path, "/b/c/other", new Hdf5SaveOptions { Replace = true });
        _expected.Add("/a/data", Arrays.Count<double>([3]));
        _expected.Add("/b/c/other", Arrays.Count<double>([3]));
        _expected.Check(path);
    }

    [Fact]
    public void The_same_data_make_the_same_file()
    {
        foreach (string name in new[] { "one.h5", "two.h5" })
            Arrays.Count<int>([5, 5]).SaveHdf5(_folder.PathOf(name), "/a/data", new Hdf5SaveOptions { Attributes = new Dictionary<string, object> { ["x"] = 3 } });
        Assert.Equal(File.ReadAllBytes(_folder.PathOf("one.h5")), File.ReadAllBytes(_folder.PathOf("two.h5")));
    }

    [Fact]
    public async Task Saving_works_on_other_threads_many_files_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Arrays.Count<int>([50, 60], [10, 60]).SaveHdf5Async(
            _folder.PathOf($"{i}.h5"), "/data", new Hdf5SaveOptions { Compression = Hdf5Compression.Gzip, StorageChunks = [10, 10] })));
        foreach (int i in Enumerable.Range(0, 8))
            Assert.Equal(0, Tools.Run("h5diff", _folder.PathOf("0.h5"), _folder.PathOf($"{i}.h5")));
    }

    private void AddOfType<T>()
        where T : unmanaged, INumber<T>
    {
        Add($"/{typeof(T).Name}/chunks", Arrays.Count<T>([7, 13]), new Hdf5SaveOptions { StorageChunks = [3, 5], Shuffle = true, Compression = Hdf5Compression.Gzip });
        Add($"/{typeof(T).Name}/piece", Arrays.Count<T>([7, 13], [2, 5]), new Hdf5SaveOptions { Contiguous = true });
        Add($"/{typeof(T).Name}/scalar", Arrays.Scalar(T.CreateChecked(42)));
    }

    private void Add<T>(string path, ChunkedArray<T> array, Hdf5SaveOptions? options = null, params (string Key, object? Value)[] more)
        where T : unmanaged
    {
        _outputs.Add(Hdf5Output.Of(path, array, options));
        _expected.Add(path, array, more);
    }

    private void Check()
    {
        Hdf5.Save(_folder.PathOf("saved.h5"), _outputs);
        _expected.Check(_folder.PathOf("saved.h5"));
    }
}
