namespace Tessera.Hdf5Format.Tests;

public sealed class ManySavesTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.ForWriting();

    public void Dispose() => _folder.Dispose();

    private string File_ => _folder.PathOf("shared.h5");

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Saves_to_one_file_at_once_are_all_in_it(bool isNew, bool inPlace)
    {
        if (!isNew)
            Arrays.Count<int>([3]).SaveHdf5(File_, "/old", new Hdf5SaveOptions { MaxShape = [null] });
        Task[] saves = [.. Enumerable.Range(0, 12).Select(i => Arrays.Count<int>([100]).SaveHdf5Async(File_, $"/{i}", new Hdf5SaveOptions { InPlace = inPlace }))];
        Task[] appends = isNew ? [] : [.. Enumerable.Range(0, 4).Select(_ => Arrays.Count<int>([3]).AppendHdf5Async(File_, "/old", inPlace: inPlace))];
        await Task.WhenAll([.. saves, .. appends]);
        using Hdf5File file = Hdf5File.Open(File_);
        for (int i = 0; i < saves.Length; i++)
            Assert.Equal(99, file.Array<int>($"/{i}").Max().Compute());
        if (!isNew)
            Assert.Equal([15L], file.Dataset("/old").Shape!.Value);
        Assert.Equal([File_], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sessions_at_once_are_in_the_file_or_say_that_they_are_not(bool isNew)
    {
        for (int turn = 0; turn < 10; turn++)
        {
            File.Delete(File_);
            if (!isNew)
                Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
            using var begin = new Barrier(4);
            bool[] isIn = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(() => Commit(i, begin), TaskCreationOptions.LongRunning)));
            using Hdf5File file = Hdf5File.Open(File_);
            Assert.Contains(true, isIn);
            Assert.Equal(isIn, Enumerable.Range(0, 4).Select(i => file.Contains($"/{i}")));
        }
    }

    private bool Commit(int number, Barrier begin)
    {
        using var session = WriteSession.OpenOrCreate(File_, inPlace: false);
        session.WriteValue($"/{number}", number);
        begin.SignalAndWait();
        try
        {
            session.Commit();
            return true;
        }
        catch (IOException refused)
        {
            Assert.Contains("changed by others", refused.Message);
            return false;
        }
    }

    [Fact]
    public void A_function_that_saves_to_the_file_that_it_is_computed_for_is_refused()
    {
        var options = new ComputeOptions { Scheduler = Schedulers.Serial };
        ChunkedArray<int> array = Failing.After<int>([4], 2, () => Arrays.Count<int>([3]).SaveHdf5(File_, "/inner"));
        Assert.Contains("Save outside of it", Assert.Throws<ComputationException>(() => array.SaveHdf5(File_, "/outer", compute: options)).Message);
        ChunkedArray<int> other = Failing.After<int>([4], 2, () => Arrays.Count<int>([3]).SaveHdf5(_folder.PathOf("other.h5"), "/inner", new Hdf5SaveOptions { Replace = true }));
        other.SaveHdf5(File_, "/outer", compute: options);
        Assert.Equal([_folder.PathOf("other.h5"), File_], Directory.GetFileSystemEntries(_folder.Path).Order());
    }

    [Fact]
    public void A_function_on_a_thread_of_a_scheduler_waits_only_while_others_get_on()
    {
        using (SaveTurn.Take(File_, CancellationToken.None))
        {
            Exception? refusal = null;
            var worker = new Thread(() => refusal = Record.Exception(() => SaveTurn.Take(File_, CancellationToken.None, TimeSpan.FromMilliseconds(20))));
            worker.UnsafeStart();
            worker.Join();
            Assert.Contains("Save outside of it", Assert.IsType<IOException>(refusal).Message);
        }

        SaveTurn.Take(File_, CancellationToken.None).Dispose();
    }

    [Fact]
    public void In_place_one_session_has_the_file_to_itself_and_reads_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no advisory locks there.");
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        using (Hdf5File file = Hdf5File.OpenOrCreate(File_, inPlace: true))
        {
            file.Save("/new", file.Array<int>("/old") + 1);
            Assert.Contains("another program has it open", Assert.Throws<IOException>(() => Hdf5File.OpenOrCreate(File_, inPlace: true)).Message);
            Assert.Contains("close it there first", Assert.Throws<IOException>(() => Arrays.Count<int>([3]).SaveHdf5(File_, "/other", new Hdf5SaveOptions { InPlace = true })).Message);
            Assert.Equal([1, 2, 3], file.Dataset("/new").Read<int>().ToArray());
            file.Commit();
        }

        using (Hdf5File.Open(File_))
            Assert.Throws<IOException>(() => Arrays.Count<int>([3]).SaveHdf5(File_, "/other", new Hdf5SaveOptions { InPlace = true }));
        Arrays.Count<int>([3]).SaveHdf5(File_, "/other", new Hdf5SaveOptions { InPlace = true });
    }

    [Theory]
    [InlineData("r")]
    [InlineData("r+")]
    public void In_place_a_file_that_h5py_has_open_is_left_alone(string mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the system refuses in its own words.");
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        using (System.Diagnostics.Process python = Python.StartAside("writing.py", "hold", File_, mode))
        {
            Assert.Equal("open", python.StandardOutput.ReadLine());
            Assert.Contains("another program has it open", Assert.Throws<IOException>(() => Arrays.Count<int>([3]).SaveHdf5(File_, "/new", new Hdf5SaveOptions { InPlace = true })).Message);
            python.StandardInput.Close();
            python.WaitForExit();
        }

        Assert.Equal("old", Python.Run("writing.py", "names", File_));
        Arrays.Count<int>([3]).SaveHdf5(File_, "/new", new Hdf5SaveOptions { InPlace = true });
    }

    [Fact]
    public void Waiting_for_another_save_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource(20);
        using (SaveTurn.Take(File_, CancellationToken.None))
        {
            Exception? cancelled = null;
            var other = new Thread(() => cancelled = Record.Exception(() => Arrays.Count<int>([3]).SaveHdf5(File_, "/x", compute: new ComputeOptions { Cancellation = cancel.Token })));
            other.UnsafeStart();
            other.Join();
            Assert.IsType<OperationCanceledException>(cancelled);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_save_that_a_function_starts_aside_knows_that_it_may_be_waited_for()
    {
        bool Started()
        {
            bool isWithin = false;
            SaveTurn.Start(() => isWithin = SaveTurn.IsWithinComputation, CancellationToken.None).GetAwaiter().GetResult();
            return isWithin;
        }

        Assert.False(Started());
        var function = Delayed.Function((int _) =>
        {
            Thread.Sleep(5); // so that other threads take a part
            return Started();
        });
        bool[] seen = [.. Delayed.WhenAll(Enumerable.Range(0, 60).Select(i => function(i))).Compute(new ComputeOptions { Scheduler = Schedulers.Threads(3) })];
        Assert.All(seen, Assert.True);
        Assert.False(Started());
    }

    [Fact]
    public void A_file_that_is_changed_in_place_is_not_replaced_by_a_copy_beside()
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        using (Hdf5File file = Hdf5File.OpenOrCreate(File_, inPlace: true))
        {
            Assert.Contains("in place", Assert.Throws<IOException>(() => Arrays.Count<int>([3]).SaveHdf5(File_, "/b")).Message, StringComparison.Ordinal);
            file.Save("/a", Arrays.Count<int>([3]));
            file.Commit();
        }

        Arrays.Count<int>([3]).SaveHdf5(File_, "/b");
        using Hdf5File after = Hdf5File.Open(File_);
        Assert.Equal(["/a", "/b", "/old"], after.Root.Descendants().Select(item => item.Path));
    }

    [Fact]
    public void A_file_that_was_replaced_while_it_was_changed_in_place_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There, a file that is open isn't replaced.");
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        Arrays.Count<int>([5]).SaveHdf5(_folder.PathOf("other.h5"), "/other");
        using Hdf5File file = Hdf5File.OpenOrCreate(File_, inPlace: true);
        file.Save("/a", Arrays.Count<int>([3]));
        File.Move(_folder.PathOf("other.h5"), File_, overwrite: true);
        Assert.Contains("was replaced by another file", Assert.Throws<IOException>(file.Commit).Message, StringComparison.Ordinal);
        Assert.False(file.IsWritable);
        Assert.Equal(["/other"], file.Root.Descendants().Select(item => item.Path));
    }

    [Fact]
    public void After_a_commit_that_was_refused_the_file_is_the_one_that_is_there()
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        using Hdf5File file = Hdf5File.OpenOrCreate(File_);
        file.Save("/a", Arrays.Count<int>([3]));
        Arrays.Count<int>([3]).SaveHdf5(File_, "/others");
        Assert.Contains("changed by others", Assert.Throws<IOException>(file.Commit).Message, StringComparison.Ordinal);
        Assert.False(file.IsWritable);
        Assert.Equal(["/old", "/others"], file.Root.Descendants().Select(item => item.Path));
        Assert.Equal([File_], Directory.GetFileSystemEntries(_folder.Path));
    }
}
