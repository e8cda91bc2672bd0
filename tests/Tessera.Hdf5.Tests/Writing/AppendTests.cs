namespace Tessera.Hdf5Format.Tests;

public sealed class AppendTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.ForWriting();

    public void Dispose() => _folder.Dispose();

    private string File_ => _folder.PathOf("growing.h5");

    [Fact]
    public void What_is_appended_lies_behind_what_was_there()
    {
        var random = new Random(3);
        var expected = new Expectations(_folder);
        var outputs = new List<Hdf5Output>();
        var appends = new List<(string Path, int Axis, Shape Added)>();
        for (int i = 0; i < 24; i++)
        {
            int rank = 1 + (i % 3), axis = random.Next(rank);
            Shape shape = [.. Enumerable.Range(0, rank).Select(_ => random.NextInt64(1, 14))];
            var options = new Hdf5SaveOptions
            {
                MaxShape = [.. Enumerable.Repeat<long?>(null, rank)],
                StorageChunks = [.. Enumerable.Range(0, rank).Select(_ => random.NextInt64(1, 7))],
                Compression = (Hdf5Compression)(i % 3),
                Shuffle = i % 2 == 0,
                Fletcher32 = i % 4 < 2,
                LatestFormat = i >= 12,
            };
            outputs.Add(Hdf5Output.Of($"/{i}", Arrays.Count<int>(shape), options));
            var parts = new List<ChunkedArray<int>> { Arrays.Count<int>(shape) };
            for (int part = 0; part < 3; part++)
            {
                Shape added = [.. shape.Select((size, other) => other == axis ? random.NextInt64(part == 1 ? 0 : 1, 15) : size)];
                appends.Add(($"/{i}", axis, added));
                parts.Add(Arrays.Count<int>(added) * 7);
            }

            expected.Add($"/{i}", ChunkedArray.Concatenate(parts, axis), ("maxshape", options.MaxShape), ("chunks", options.StorageChunks.Value.ToArray()));
        }

        Hdf5.Save(File_, outputs);
        foreach ((string path, int axis, Shape added) in appends)
            (Arrays.Count<int>(added, [.. added.Select(size => (AxisChunks)Math.Max(1, size / 2))]) * 7).AppendHdf5(File_, path, axis, inPlace: axis == 0 && int.Parse(path[1..]) % 3 != (int)Hdf5Compression.Lzf);
        expected.Check(File_);
    }

    [Theory]
    [InlineData("earliest")]
    [InlineData("latest")]
    [InlineData("userblock")]
    public async Task Datasets_of_h5py_are_appended_to(string kind)
    {
        Python.Run("writing.py", "make", File_, kind);
        await Arrays.Count<int>([7, 10]).AppendHdf5Async(File_, "/old/data");
        Arrays.Count<short>([3, 3]).AppendHdf5(File_, "/old/filled", axis: 1);
        Python.Run("writing.py", "old", File_);
        Python.Run("writing.py", "dump", File_, "old/data", _folder.PathOf("dump.bin"));
        Assert.Equal(Expectations.BytesOf(ChunkedArray.Concatenate([Arrays.Count<int>([6, 10]), Arrays.Count<int>([7, 10])])), File.ReadAllBytes(_folder.PathOf("dump.bin")));
        Python.Run("writing.py", "dump", File_, "old/filled", _folder.PathOf("dump.bin"));
        short[] wanted = [7, 7, 7, 7, 0, 1, 2, 7, 7, 7, 7, 3, 4, 5, 7, 7, 7, 7, 6, 7, 8];
        Assert.Equal(wanted, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(_folder.PathOf("dump.bin"))).ToArray());
    }

    [Fact]
    public void A_session_appends_again_and_again_also_to_what_it_made()
    {
        using (var session = WriteSession.Create(File_))
        {
            var options = new Hdf5SaveOptions { MaxShape = [null], StorageChunks = [4], Compression = Hdf5Compression.Lzf };
            ChunkedArray<bool> array = Arrays.Count<int>([10]) > Arrays.Scalar(4);
            array.Save(session.Dataset("/flags", ElementType.Boolean, [10], options));
            IBlockSink first = session.Append("/flags", ElementType.Boolean, [10], 0);
            Assert.Contains("at the same time", Assert.Throws<IOException>(() => session.Append("/flags", ElementType.Boolean, [10], 0)).Message);
            array.Save(first);
            array.Save(session.Append("/flags", ElementType.Boolean, [10], 0));
            session.Commit();
        }

        var expected = new Expectations(_folder);
        expected.Add("/flags", ChunkedArray.Concatenate(Enumerable.Repeat(Arrays.Count<int>([10]) > Arrays.Scalar(4), 3)));
        expected.Check(File_);
    }

    [Fact]
    public void What_lies_behind_the_end_is_the_fill_value_of_the_dataset()
    {
        Python.Run("writing.py", "make", File_, "earliest");
        Arrays.Count<short>([3, 3]).AppendHdf5(File_, "/old/filled", axis: 1); // chunks of (2, 3): the last ones stick out
        using (var session = WriteSession.OpenOrCreate(File_, inPlace: false))
        {
            using (var dataset = NativeDataset.Open(session.File, session.SubjectOf("/old/filled"), "/old/filled"))
                dataset.Resize([4, 9]);
            session.Commit();
        }

        Python.Run("writing.py", "dump", File_, "old/filled", _folder.PathOf("dump.bin"));
        short[] elements = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(_folder.PathOf("dump.bin"))).ToArray();
        Assert.Equal([7, 7, 7, 7, 0, 1, 2, 9, 9], elements[..9]);
        Assert.All(elements[27..], element => Assert.Equal(9, element));
    }

    [Fact]
    public void An_append_that_fails_leaves_the_dataset_with_its_old_sizes()
    {
        Python.Run("writing.py", "make", File_, "earliest");
        byte[] before = File.ReadAllBytes(File_);
        ChunkedArray<int> failing = Failing.After<int>([100, 10], 5);
        Assert.Throws<ComputationException>(() => failing.AppendHdf5(File_, "/old/data"));
        Assert.Equal(before, File.ReadAllBytes(File_));
        Assert.Throws<ComputationException>(() => failing.AppendHdf5(File_, "/old/data", inPlace: true));
        Python.Run("writing.py", "old", File_);
        Assert.Contains("[6, 10]", Python.Run("writing.py", "dump", File_, "old/data", _folder.PathOf("dump.bin")));
        Assert.Equal(0, Tools.Run("h5dump", "-d", "/old/data", File_));
        Assert.Equal([_folder.PathOf("dump.bin"), File_], Directory.GetFileSystemEntries(_folder.Path).Order());
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_computed()
    {
        Python.Run("writing.py", "make", File_, "earliest");
        byte[] before = File.ReadAllBytes(File_);
        ChunkedArray<int> never = Failing.Never<int>([2, 10]);
        Refuses<ArgumentException>(() => never.Cast<float>().AppendHdf5(File_, "/old/data"), "holds integers of 4 bytes", "float", "Cast");
        Refuses<ArgumentException>(() => never.AppendHdf5(File_, "/old/data", axis: 2), "(6, 10)", "axis 2");
        Refuses<ArgumentException>(() => never.AppendHdf5(File_, "/old/data", axis: 1), "(6, 10)", "(2, 10)", "axis 1");
        Refuses<ArgumentException>(() => Failing.Never<int>([2, 9]).AppendHdf5(File_, "/old/data"), "(6, 10)", "(2, 9)");
        Refuses<IOException>(() => Failing.Never<int>([6, 1]).AppendHdf5(File_, "/old/data", axis: 1), "may have 10", "MaxShape");
        Refuses<IOException>(() => Failing.Never<double>([2]).AppendHdf5(File_, "/plain"), "may have 5", "MaxShape");
        Refuses<IOException>(() => Failing.Never<double>([0]).AppendHdf5(File_, "/plain"), "isn't stored in chunks", "MaxShape");
        Refuses<IOException>(() => never.AppendHdf5(File_, "/none"), "nothing of that name", "MaxShape");
        Refuses<IOException>(() => never.AppendHdf5(File_, "/old"), "no dataset");
        Refuses<ArgumentException>(() => Failing.Never<short>([2]).AppendHdf5(File_, "/big"), "integers of 2 bytes", "byte order");
        Refuses<NotSupportedException>(() => Failing.Never<int>([2]).AppendHdf5(File_, "/scaled"), "(6)", "only read");
        Refuses<FileNotFoundException>(() => never.AppendHdf5(_folder.PathOf("none.h5"), "/old/data"), "none.h5", "SaveHdf5");
        Refuses<NotSupportedException>(() => Failing.Never<int>([200_000_000, 10]).AppendHdf5(File_, "/old/data"), "its first 2 along the axis");
        Assert.Equal(before, File.ReadAllBytes(File_));
        Assert.Equal([File_], Directory.GetFileSystemEntries(_folder.Path));
    }

    private static void Refuses<TException>(Action action, params string[] parts)
        where TException : Exception
    {
        string message = Assert.Throws<TException>(action).Message;
        Assert.All(parts, part => Assert.Contains(part, message));
    }
}
