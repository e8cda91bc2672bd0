using System.Text.Json;

namespace Tessera.Hdf5Format.Tests;

public sealed class SessionTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.ForWriting();

    public void Dispose() => _folder.Dispose();

    private string File_ => _folder.PathOf("session.h5");

    [Fact]
    public void Attributes_of_every_kind_are_read_equal_by_h5py()
    {
        var attributes = new Dictionary<string, object>
        {
            ["bool"] = true,
            ["sbyte"] = (sbyte)-3,
            ["byte"] = (byte)200,
            ["short"] = (short)-300,
            ["ushort"] = (ushort)60000,
            ["int"] = -70000,
            ["uint"] = 4000000000u,
            ["long"] = long.MinValue,
            ["ulong"] = ulong.MaxValue,
            ["float"] = 1.5f,
            ["double"] = -2.25,
            ["text"] = "µm ✓ 字",
            ["empty text"] = "",
            ["bools"] = new[] { true, false },
            ["ints"] = new[] { 1, 2, 3 },
            ["doubles"] = new[,] { { 1.5, 2 }, { 3, 4 } },
            ["cube"] = new byte[2, 1, 3],
            ["texts"] = new[] { "a", "", "üö" },
            ["text table"] = new[,] { { "a", "b" } },
            ["no ints"] = Array.Empty<int>(),
            ["no texts"] = Array.Empty<string>(),
            ["ünï"] = 1,
        };
        Dictionary<string, object> told = attributes.ToDictionary(pair => pair.Key, pair => Told(pair.Value));
        var expected = new Expectations(_folder);
        expected.Add("/data", Arrays.Count<int>([3]), ("attributes", told));
        expected.Groups["/"] = told;
        expected.Groups["/a/group"] = told;
        Arrays.Count<int>([3]).SaveHdf5(File_, "/data", new Hdf5SaveOptions { Attributes = attributes });
        using (var session = WriteSession.OpenOrCreate(File_, inPlace: false))
        {
            session.CreateGroup("a/group/");
            session.CreateGroup("/a");
            foreach ((string name, object value) in attributes)
            {
                session.SetAttribute("/", name, 17);
                session.SetAttribute("/", name, value);
                session.SetAttribute("/a/group", name, value);
            }

            session.Commit();
        }

        expected.Check(File_);
    }

    [Fact]
    public void Values_are_datasets_that_h5py_reads_equal()
    {
        var values = new Dictionary<string, object> { ["number"] = 3.5, ["flag"] = false, ["text"] = "hello µ", ["texts"] = new[] { "x", "yy" }, ["table"] = new short[,] { { 1, 2 }, { 3, 4 } } };
        using (var session = WriteSession.Create(File_))
        {
            foreach ((string name, object value) in values)
                session.WriteValue(name, value);
            session.Commit();
        }

        string wanted = JsonSerializer.Serialize(values.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => Told(pair.Value)));
        Assert.Equal(Normal(wanted), Normal(Python.Run("writing.py", "values", File_)));
        Assert.Equal(0, Tools.Run("h5dump", File_));
    }

    [Fact]
    public void Groups_and_datasets_are_deleted_with_all_that_is_in_them()
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/a/b/c");
        Arrays.Count<int>([3]).SaveHdf5(File_, "/a/d");
        using (var session = WriteSession.OpenOrCreate(File_, inPlace: false))
        {
            session.Delete("/a/b");
            Assert.Contains("'/a/x' was to be deleted, and there is nothing of that name", Assert.Throws<IOException>(() => session.Delete("/a/x")).Message);
            Assert.Throws<ArgumentException>(() => session.Delete("/"));
            session.Commit();
        }

        Assert.Equal("a/ a/d", Python.Run("writing.py", "names", File_));
    }

    [Fact]
    public void What_is_flushed_is_read_while_the_session_goes_on()
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        using var session = WriteSession.OpenOrCreate(File_, inPlace: false);
        Arrays.Count<int>([30, 40]).Save(session.Dataset("/new", ElementType.Int32, [30, 40], new Hdf5SaveOptions { Compression = Hdf5Compression.Gzip }));
        Arrays.Count<int>([30, 40]).Save(session.Dataset("/piece", ElementType.Int32, [30, 40], new Hdf5SaveOptions { Contiguous = true }));
        session.Flush();
        using (File.OpenHandle(session.ReadingPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            File.Copy(session.ReadingPath, _folder.PathOf("flushed.h5"));
        Assert.Equal("new old piece", Python.Run("writing.py", "names", _folder.PathOf("flushed.h5")));
        Python.Run("writing.py", "dump", _folder.PathOf("flushed.h5"), "piece", _folder.PathOf("dump.bin"));
        Assert.Equal(Expectations.BytesOf(Arrays.Count<int>([30, 40])), File.ReadAllBytes(_folder.PathOf("dump.bin")));
        session.Commit();
        Assert.Equal("new old piece", Python.Run("writing.py", "names", File_));
        Assert.Throws<ObjectDisposedException>(session.Commit);
    }

    [Fact]
    public void A_session_that_is_not_committed_changes_nothing()
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        byte[] before = File.ReadAllBytes(File_);
        using (var session = WriteSession.OpenOrCreate(File_, inPlace: false))
        {
            session.WriteValue("/new", 3);
            session.Delete("/old");
            session.Flush();
        }

        using (var session = WriteSession.Create(File_))
            session.WriteValue("/new", 3);
        Assert.Equal(before, File.ReadAllBytes(File_));
        Assert.Equal([File_], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_new_file_takes_the_place_of_any()
    {
        _folder.Put("session.h5", [1, 2, 3]);
        using (var session = WriteSession.Create(File_))
        {
            session.WriteValue("/new", 3);
            session.Commit();
        }

        Assert.Equal("new", Python.Run("writing.py", "names", File_));
    }

    [Fact]
    public void Changes_of_others_meanwhile_are_not_thrown_away()
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        using var session = WriteSession.OpenOrCreate(File_, inPlace: false);
        session.WriteValue("/new", 3);
        Arrays.Count<int>([3]).SaveHdf5(File_, "/other");
        Assert.Contains("changed by others", Assert.Throws<IOException>(session.Commit).Message);
        Assert.Equal("old other", Python.Run("writing.py", "names", File_));
    }

    [Fact]
    public void A_link_to_a_file_stays_a_link_and_permissions_stay()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links need rights there.");
            return;
        }

        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(File_, Mode);
        File.CreateSymbolicLink(_folder.PathOf("link.h5"), File_);
        Arrays.Count<int>([3]).SaveHdf5(_folder.PathOf("link.h5"), "/new");
        Assert.NotNull(new FileInfo(_folder.PathOf("link.h5")).LinkTarget);
        Assert.Equal("new old", Python.Run("writing.py", "names", File_));
        Assert.Equal(Mode, File.GetUnixFileMode(File_));
    }

    private static object Told(object value)
    {
        Type type = value is Array array ? array.GetType().GetElementType()! : value.GetType();
        string dtype = type == typeof(string) ? value is Array ? "object" : "str" : type == typeof(bool) ? "bool"
            : type.Name.ToLowerInvariant() switch { "single" => "float32", "double" => "float64", "sbyte" => "int8", "byte" => "uint8", var name => name };
        int[] shape = value is Array sizes ? [.. Enumerable.Range(0, sizes.Rank).Select(sizes.GetLength)] : [];
        object[] values = value is Array elements ? [.. elements.Cast<object>()] : [value];
        return new { dtype, shape, values };
    }

    private static string Normal(string json) => JsonSerializer.Serialize(JsonSerializer.Deserialize<SortedDictionary<string, JsonElement>>(json));
}
