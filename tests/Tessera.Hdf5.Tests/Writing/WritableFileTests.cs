using System.Runtime.CompilerServices;

namespace Tessera.Hdf5Format.Tests;

public sealed class WritableFileTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.ForWriting();

    public void Dispose() => _folder.Dispose();

    private string File_ => _folder.PathOf("made.h5");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_is_made_at_commit_and_not_before(bool latestFormat)
    {
        using (Hdf5File file = Hdf5File.Create(File_, latestFormat))
        {
            Assert.True(file.IsWritable);
            Assert.Equal("/a/b", file.CreateGroup("/a/b").Path);
            file.Save("/a/x", Arrays.Count<int>([30, 20]));
            file.SetAttribute("/a/x", "unit", "counts");
            file.WriteValue("/names", new[] { "one", "two" });
            Assert.False(File.Exists(File_));

            // What was written is there to be read.
            Assert.Equal(["/a", "/a/b", "/a/x", "/names"], file.Root.Descendants().Select(item => item.Path));
            Assert.Equal(0, (file.Array<int>("/a/x") - Arrays.Count<int>([30, 20])).Abs().Max().Compute());
            Assert.Equal("counts", file["/a/x"].Attributes["unit"].Read<string>());

            file.Commit();
            Assert.False(file.IsWritable);
            Assert.Equal(["one", "two"], file.Dataset("/names").ReadValue<string[]>());
        }

        using Hdf5File again = Hdf5File.Open(File_);
        Assert.Equal([30L, 20], again.Dataset("/a/x").Shape!.Value);
        Assert.Equal([File_], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Changes_that_nobody_committed_are_told_once()
    {
        var said = new List<string>();
        var warning = new UncommittedWarning(said.Add);
        Leave(Change, commit: true);
        Leave(_ => { }, commit: false);
        Leave(file => Assert.Throws<IOException>(() => { Change(file); Change(file); }), commit: false); // who was told of a failure knows
        Assert.Empty(said);

        Leave(Change, commit: false);
        Assert.Contains("made.h5", Assert.Single(said), StringComparison.Ordinal);
        Assert.Contains("without Commit()", said[0], StringComparison.Ordinal);
        Leave(Change, commit: false);
        Assert.Single(said);

        void Leave(Action<Hdf5File> change, bool commit)
        {
            using Hdf5File file = Hdf5File.Create(File_);
            file.Uncommitted = warning;
            change(file);
            if (commit)
                file.Commit();
        }

        static void Change(Hdf5File file) => file.WriteValue("/x", 1);
    }

    [Fact]
    public void A_file_that_is_forgotten_with_its_changes_is_told_of()
    {
        var said = new List<string>();
        Forget(File_, new UncommittedWarning(said.Add));
        for (int tries = 0; tries < 20 && said.Count == 0; tries++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Contains("forgotten without Commit()", Assert.Single(said), StringComparison.Ordinal);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget(string path, UncommittedWarning warning)
        {
            Hdf5File file = Hdf5File.Create(path);
            file.Uncommitted = warning;
            file.WriteValue("/x", 1);
        }
    }

    [Fact]
    public void A_warning_that_cannot_be_written_ends_nothing() =>
        Assert.Null(Record.Exception(() => new UncommittedWarning(_ => throw new IOException("The disk is full.")).Say(File_, "forgotten")));

    [Fact]
    public void Without_commit_nothing_was()
    {
        using (Hdf5File file = Hdf5File.Create(File_))
            file.Save("/x", Arrays.Count<int>([3]));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));

        Arrays.Count<int>([3]).SaveHdf5(File_, "/x");
        byte[] before = File.ReadAllBytes(File_);
        using (Hdf5File file = Hdf5File.OpenOrCreate(File_))
        {
            file.Delete("/x");
            file.Save("/y", Arrays.Count<int>([4]));
            Assert.False(file.Contains("/x"));
            Assert.True(file.Contains("/y"));
        }

        Assert.Equal(before, File.ReadAllBytes(File_));
        Assert.Equal([File_], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void In_place_the_file_itself_changes()
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/x", new Hdf5SaveOptions { MaxShape = [null] });
        using (Hdf5File file = Hdf5File.OpenOrCreate(File_, inPlace: true))
        {
            file.Append("/x", Arrays.Count<int>([4]));
            Assert.Equal([7L], file.Dataset("/x").Shape!.Value);
            file.Commit();
        }

        using Hdf5File again = Hdf5File.Open(File_);
        Assert.Equal([0, 1, 2, 0, 1, 2, 3], again.Dataset("/x").Read<int>().ToArray());
    }

    [Fact]
    public void Arrays_of_which_one_is_refused_leave_the_file_as_usable_as_it_was()
    {
        using Hdf5File file = Hdf5File.Create(File_);
        ChunkedArray<int> array = Arrays.Count<int>([10]);
        file.Save("/b", array);
        Assert.Throws<IOException>(() => file.Save([Hdf5Output.Of("/a", array), Hdf5Output.Of("/b", array)]));
        Assert.Throws<IOException>(() => file.Save([Hdf5Output.Of("/a", array), Hdf5Output.Of("/a/b", array)]));
        Assert.Throws<ComputationException>(() => file.Save([Hdf5Output.Of("/a", array), Hdf5Output.Of("/c", Failing.After<int>([10], 5))]));
        file.Save("/a/b", array);
        file.Save("/c", array);
        file.Commit();
        Assert.Equal(["/a", "/a/b", "/b", "/c"], file.Root.Descendants().Select(item => item.Path));
    }

    [Fact]
    public void A_file_that_is_open_for_reading_says_how_to_change_it()
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/x");
        using Hdf5File file = Hdf5File.Open(File_);
        foreach (Action change in (Action[])[() => file.Delete("/x"), () => file.SetAttribute("/x", "a", 1), () => file.Save("/y", Arrays.Count<int>([3])), () => file.CreateGroup("/g"), file.Commit])
            Assert.Contains("OpenOrCreate", Assert.Throws<InvalidOperationException>(change).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_reads_the_file_while_it_is_saved_is_refused_instead_of_waiting_for_itself()
    {
        using Hdf5File file = Hdf5File.Create(File_);
        file.Save("/x", Arrays.Count<int>([3]));
        var first = Delayed.Function(() => file.Dataset("/x").Read<int>());
        ComputationException refused = Assert.Throws<ComputationException>(() => file.Save("/y", ChunkedArray.FromDelayed(first(), [3])));
        Assert.Contains("is being changed", refused.ToString(), StringComparison.Ordinal);
        Assert.True(file.Contains("/x"));
        Assert.False(file.Contains("/y"));

        // An array over the file doesn't ask for anything: it has all it needs.
        file.Save("/z", file.Array<int>("/x") + 1);
        Assert.Equal([1, 2, 3], file.Dataset("/z").Read<int>().ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_of_either_format_is_opened_to_be_changed(bool latestFormat)
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/x", new Hdf5SaveOptions { LatestFormat = latestFormat });
        foreach (bool inPlace in (bool[])[false, true])
        {
            using Hdf5File file = Hdf5File.OpenOrCreate(File_, inPlace, latestFormat);
            file.Save($"/y{inPlace}", file.Array<int>("/x") + 1);
            Assert.Equal([1, 2, 3], file.Dataset($"/y{inPlace}").Read<int>().ToArray());
            file.Commit();
        }

        using Hdf5File again = Hdf5File.Open(File_);
        Assert.Equal(["/x", "/yFalse", "/yTrue"], again.Root.Descendants().Select(item => item.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_a_change_that_failed_the_file_reads_as_it_was_before_it(bool inPlace)
    {
        Arrays.Count<int>([1000, 10]).SaveHdf5(File_, "/x", new Hdf5SaveOptions { MaxShape = [null, 10], StorageChunks = [100, 10] });
        using Hdf5File file = Hdf5File.OpenOrCreate(File_, inPlace);
        Assert.Throws<ComputationException>(() => file.Append("/x", Failing.After<int>([1000, 10], 500)));
        Assert.Equal([1000L, 10], file.Dataset("/x").Shape!.Value);
        Assert.Equal(0, (file.Array<int>("/x") - Arrays.Count<int>([1000, 10])).Abs().Max().Compute());
        file.Commit();
    }

    [Fact]
    public void Worker_processes_read_what_was_written_before_it_is_committed()
    {
        using WorkerPool pool = WorkerPool.Processes(2);
        using Hdf5File file = Hdf5File.Create(File_);
        file.Save("/x", Arrays.Count<int>([300, 20]));
        ChunkedArray<int> more = file.Array<int>("/x") + 1;
        file.Save("/y", more, compute: new ComputeOptions { Scheduler = Schedulers.Processes(pool) });
        Assert.Equal(0, (file.Array<int>("/y") - 1 - Arrays.Count<int>([300, 20])).Abs().Max().Compute());
        file.Commit();
    }

    [Fact]
    public void Messages_call_a_file_that_is_being_made_by_its_own_name()
    {
        using Hdf5File file = Hdf5File.Create(File_);
        file.Save("/x", Arrays.Count<int>([3]));
        string[] messages =
        [
            Assert.Throws<InvalidOperationException>(() => file.Array<double>("/x")).Message,
            Assert.Throws<KeyNotFoundException>(() => file["/x"].Attributes["unit"]).Message,
            Assert.Throws<KeyNotFoundException>(() => file["/z"]).Message,
        ];
        Assert.All(messages, message => Assert.Contains(File_, message, StringComparison.Ordinal));
        Assert.All(messages, message => Assert.DoesNotContain(".part", message, StringComparison.Ordinal));
    }
}
