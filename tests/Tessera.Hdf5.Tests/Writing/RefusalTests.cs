namespace Tessera.Hdf5Format.Tests;

public sealed class RefusalTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.ForWriting();
    private readonly ChunkedArray<int> _never = Failing.Never<int>([4, 10]);

    public void Dispose() => _folder.Dispose();

    private string File_ => _folder.PathOf("refused.h5");

    [Fact]
    public void Options_that_do_not_fit_are_refused_before_a_file_is_touched()
    {
        Refuses<ArgumentException>(new Hdf5SaveOptions { Level = 10 }, "Level is 10", "0 to 9");
        Refuses<ArgumentException>(new Hdf5SaveOptions { Compression = (Hdf5Compression)7 }, "Compression is 7", "Gzip");
        Refuses<ArgumentException>(new Hdf5SaveOptions { Contiguous = true, Shuffle = true }, "Contiguous", "leave out");
        Refuses<ArgumentException>(new Hdf5SaveOptions { Contiguous = true, MaxShape = [null, null] }, "Contiguous", "MaxShape");
        Refuses<ArgumentException>(new Hdf5SaveOptions { MaxShape = [null] }, "MaxShape is (null)", "(4, 10)");
        Refuses<ArgumentException>(new Hdf5SaveOptions { MaxShape = [null, 9] }, "MaxShape is (null, 9)", "(4, 10)");
        Refuses<ArgumentException>(new Hdf5SaveOptions { StorageChunks = [4] }, "StorageChunks is (4,)", "(4, 10)");
        Refuses<ArgumentException>(new Hdf5SaveOptions { StorageChunks = [0, 10] }, "StorageChunks is (0, 10)", "1 or more");
        Refuses<NotSupportedException>(new Hdf5SaveOptions { StorageChunks = [1 << 20, 1 << 10], MaxShape = [null, null] }, "4294967296 bytes", "near 1 MB");
        Assert.Contains("32 axes", Assert.Throws<NotSupportedException>(() => ChunkedArray.Zeros<int>([.. Enumerable.Repeat(1L, 33)]).SaveHdf5(File_, "/data")).Message);
    }

    [Fact]
    public void Attributes_that_can_not_be_stored_are_refused_by_name_and_type()
    {
        foreach (object? value in new object?[] { null, DateTime.UnixEpoch, 3m, 'c', new object[] { 1 }, new List<int> { 1 }, DayOfWeek.Friday, new[] { DayOfWeek.Friday }, new int[1][] })
            Refuses<ArgumentException>(new Hdf5SaveOptions { Attributes = new Dictionary<string, object> { ["made"] = value! } }, "'made'", value?.GetType().Name ?? "null", "float, double, string");
        Refuses<ArgumentException>(new Hdf5SaveOptions { Attributes = new Dictionary<string, object> { ["made"] = "a\0b" } }, "'made'", "zero character");
        Refuses<ArgumentException>(new Hdf5SaveOptions { Attributes = new Dictionary<string, object> { ["made"] = new string?[,] { { null } } } }, "'made'", "null");
        Refuses<ArgumentException>(new Hdf5SaveOptions { Attributes = new Dictionary<string, object> { [""] = 3 } }, "name of an attribute");
    }

    [Fact]
    public void Values_that_are_too_large_for_one_call_are_to_be_saved_as_arrays()
    {
        // Never touched, so that the system gives no memory for them.
        using var file = Hdf5File.Create(File_);
        Assert.Contains("Save it as an array", Assert.Throws<ArgumentException>(() => file.WriteValue("/big", GC.AllocateUninitializedArray<float>(1_100_000_000))).Message);
        Assert.Contains("'big'", Assert.Throws<ArgumentException>(() => file.SetAttribute("/", "big", GC.AllocateUninitializedArray<double>((32 << 20) + 1))).Message);
    }

    [Fact]
    public void A_full_disk_is_told_of_the_dataset_and_not_of_the_part()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no device that is always full.");
        using Microsoft.Win32.SafeHandles.SafeFileHandle full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        var piece = new PieceWriter(new NativeSubject("cells.h5", "/raw"), full, 0, [4], 1);
        string message = Assert.Throws<IOException>(() => piece.Write(new Region([0], [4]), new byte[4], TestContext.Current.CancellationToken)).Message;
        Assert.Equal("'cells.h5', '/raw': writing its elements failed: No space left on device", message);
    }

    [Fact]
    public void An_attribute_that_is_too_large_is_told_with_the_reason_of_the_library()
    {
        var options = new Hdf5SaveOptions { Attributes = new Dictionary<string, object> { ["big"] = new byte[100_000] } };
        Refuses<IOException>(options, File_, "'/data'", "writing the attribute 'big'", "100000 bytes", "LatestFormat", "failed in the HDF5 library", "too large");
        Arrays.Count<int>([3]).SaveHdf5(File_, "/data", options with { LatestFormat = true });
        Assert.Equal(0, Tools.Run("h5dump", File_));
    }

    [Fact]
    public void Paths_that_can_not_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _never.SaveHdf5(File_, ""));
        Assert.Throws<ArgumentNullException>(() => _never.SaveHdf5(File_, null!));
        Assert.Throws<ArgumentException>(() => _never.SaveHdf5("", "/data"));
        Assert.Contains("root group", Assert.Throws<ArgumentException>(() => _never.SaveHdf5(File_, "/.//")).Message);
        Assert.Contains("zero character", Assert.Throws<ArgumentException>(() => _never.SaveHdf5(File_, "/a\0")).Message);
        Assert.Contains("it is a folder", Assert.Throws<IOException>(() => _never.SaveHdf5(_folder.Path, "/a")).Message);
        Assert.Contains("make it first", Assert.Throws<DirectoryNotFoundException>(() => _never.SaveHdf5(_folder.PathOf("none/file.h5"), "/a")).Message);
        Assert.Contains("No outputs", Assert.Throws<ArgumentException>(() => Hdf5.Save(File_, [])).Message);
        foreach (string other in new[] { "/a/b", "a//b/", "/a/b/c", "/a" })
            Assert.Contains("at the same time", Assert.Throws<IOException>(() => Hdf5.Save(File_, [Hdf5Output.Of("/a/b", _never), Hdf5Output.Of(other, _never)])).Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void What_is_in_the_way_is_named()
    {
        Python.Run("writing.py", "make", File_, "earliest");
        byte[] before = File.ReadAllBytes(File_);
        Refuses<IOException>("/old/data", new(), "'/old/data'", "a dataset is there", "Replace = true");
        Refuses<IOException>("/old/data", new() { InPlace = true }, "'/old/data'", "a dataset is there", "Replace = true");
        Refuses<IOException>("/old", new() { Replace = true }, "'/old'", "a group is there", "delete it");
        Refuses<IOException>("/plain/below", new(), "'/plain' is a dataset", "another path");
        Refuses<IOException>("/link", new() { Replace = true }, "link that leads nowhere");
        Refuses<IOException>("/type/x", new(), "'/type' is no group");
        using (var session = WriteSession.OpenOrCreate(File_, inPlace: false))
        {
            Assert.Contains("a dataset is there", Assert.Throws<IOException>(() => session.CreateGroup("/plain")).Message);
            Assert.Contains("a dataset is there", Assert.Throws<IOException>(() => session.WriteValue("/plain", 3)).Message);
            Assert.Contains("no such group or dataset", Assert.Throws<IOException>(() => session.SetAttribute("/none", "x", 3)).Message);
            Assert.Contains("the dataset '/value'", Assert.Throws<ArgumentException>(() => session.WriteValue("/value", 3m)).Message);
        }

        Assert.Equal(before, File.ReadAllBytes(File_));
        Assert.Equal([File_], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_is_no_hdf5_or_damaged_is_left_alone(bool inPlace)
    {
        Arrays.Count<int>([100, 10]).SaveHdf5(_folder.PathOf("good.h5"), "/data");
        byte[] good = File.ReadAllBytes(_folder.PathOf("good.h5"));
        byte[] cut = good[..(good.Length / 2)], bare = good[..8];
        foreach ((byte[] bytes, string part) in new[] { ([], "empty"), ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], "a PNG file"), (new byte[5000], "not an HDF5 file"), (cut, "truncated or damaged"), (bare, "ends within its superblock") })
        {
            _folder.Put("refused.h5", bytes);
            string message = Assert.Throws<InvalidDataException>(() => _never.SaveHdf5(File_, "/new", new Hdf5SaveOptions { InPlace = inPlace })).Message;
            Assert.Contains(part, message);
            Assert.Contains("left as it is", message);
            Assert.Equal(bytes, File.ReadAllBytes(File_));
            Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_another_program_has_open_to_write_is_left_alone(bool inPlace)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the system refuses in its own words.");
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        using var open = new FileStream(File_, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Refuses<IOException>("/new", new() { InPlace = inPlace }, "another program has it open", "close it");
    }

    private void Refuses<TException>(Hdf5SaveOptions options, params string[] parts)
        where TException : Exception
    {
        Refuses<TException>("/data", options, parts);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private void Refuses<TException>(string dataset, Hdf5SaveOptions options, params string[] parts)
        where TException : Exception
    {
        string message = Assert.Throws<TException>(() => _never.SaveHdf5(File_, dataset, options)).Message;
        Assert.All(parts, part => Assert.Contains(part, message));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_file_that_another_program_is_writing_is_not_called_damaged(byte flags)
    {
        Arrays.Count<int>([10]).SaveHdf5(File_, "/data", new Hdf5SaveOptions { LatestFormat = true, MaxShape = [null] });
        byte[] bytes = File.ReadAllBytes(File_);
        bytes[11] = flags; // of the superblock: open for writing; 4 more: SWMR
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(44), Lookup3.Hash(bytes.AsSpan(0, 44)));
        File.WriteAllBytes(File_, bytes);

        Assert.Contains("another program is writing it", Assert.Throws<IOException>(() => Arrays.Count<int>([3]).AppendHdf5(File_, "/data")).Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(File_));
    }
}
