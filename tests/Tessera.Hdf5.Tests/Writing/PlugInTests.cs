namespace Tessera.Hdf5Format.Tests;

/// <summary>What is written with LZF, which the library decodes only by a plug-in that h5py brings, and which many machines lack.</summary>
public sealed class PlugInTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.ForWriting();

    public void Dispose() => _folder.Dispose();

    private string File_ => _folder.PathOf("runs.h5");

    [Theory]
    [InlineData(1500)]
    [InlineData(2000)]
    public void Chunks_that_only_a_plug_in_of_the_library_could_read_are_read_without_it(int there)
    {
        // Runs of equal numbers, which LZF makes smaller: what doesn't become smaller is stored as it is, and needs no plug-in.
        ChunkedArray<int> Runs(int count) => ChunkedArray.FromArray<int>(Enumerable.Range(0, count).Select(i => i / 100).ToArray());
        var options = new Hdf5SaveOptions { Compression = Hdf5Compression.Lzf, Shuffle = true, StorageChunks = [1000], MaxShape = [null] };
        Runs(there).SaveHdf5(File_, "/runs", options);
        byte[] before = File.ReadAllBytes(File_);
        Assert.Throws<ComputationException>(() => Failing.After<int>([2500], 1200).AppendHdf5(File_, "/runs"));
        if (there % 1000 != 0 && !LibraryHasLzf())
            Assert.Contains("Append without InPlace", Assert.Throws<NotSupportedException>(() => Failing.Never<int>([2500]).AppendHdf5(File_, "/runs", inPlace: true)).Message);
        Assert.Equal(before, File.ReadAllBytes(File_));
        if (there % 1000 == 0)
            Assert.Throws<ComputationException>(() => Failing.After<int>([2500], 1200).AppendHdf5(File_, "/runs", inPlace: true));
        Runs(2500).AppendHdf5(File_, "/runs");
        Python.Run("writing.py", "dump", File_, "runs", _folder.PathOf("dump.bin"));
        Assert.Equal(Expectations.BytesOf(ChunkedArray.Concatenate([Runs(there), Runs(2500)])), File.ReadAllBytes(_folder.PathOf("dump.bin")));
    }

    [Fact]
    public void A_session_in_which_an_append_fails_ends_with_the_old_elements_or_not_at_all()
    {
        ChunkedArray.Zeros<int>([1500]).SaveHdf5(File_, "/a", new Hdf5SaveOptions { Compression = Hdf5Compression.Lzf, StorageChunks = [1000], MaxShape = [null] });
        byte[] before = File.ReadAllBytes(File_);
        using (var session = WriteSession.OpenOrCreate(File_, inPlace: false))
        {
            Assert.Throws<ComputationException>(() => Failing.After<int>([2500], 1200).Save(session.Append("/a", ElementType.Int32, [2500], 0)));
            if (LibraryHasLzf()) // which shortening the dataset again takes
                session.Commit();
            else
                Assert.Contains("begin again", Assert.Throws<IOException>(session.Commit).Message);
        }

        if (!LibraryHasLzf())
            Assert.Equal(before, File.ReadAllBytes(File_));
        using Hdf5File file = Hdf5File.Open(File_);
        Assert.Equal(new int[1500], file.Dataset("/a").Read<int>().ToArray());
    }

    [Fact]
    public void All_of_this_holds_where_the_library_has_no_plug_ins()
    {
        const string Hidden = "HDF5_PLUGIN_PATH";
        if (Environment.GetEnvironmentVariable(Hidden) == "none")
        {
            Assert.False(LibraryHasLzf()); // this is the process in which it is to hold
            return;
        }

        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [typeof(PlugInTests).Assembly.Location, "-noLogo", "-noColor", "-class", typeof(PlugInTests).FullName!]) { RedirectStandardOutput = true };
        start.Environment[Hidden] = "none";
        using System.Diagnostics.Process child = System.Diagnostics.Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, output);
    }

    private static bool LibraryHasLzf()
    {
        using NativeHdf5.Scope native = NativeHdf5.Enter();
        return Hdf5Calls.H5Zfilter_avail(KnownFilters.Lzf) > 0;
    }
}
