namespace Tessera.Hdf5Format.Tests;

public sealed class AllOrNothingTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.ForWriting();

    public void Dispose() => _folder.Dispose();

    private string File_ => _folder.PathOf("whole.h5");

    public static TheoryData<Hdf5SaveOptions> Layouts => [
        new Hdf5SaveOptions { Compression = Hdf5Compression.Gzip, StorageChunks = [2, 5] },
        new Hdf5SaveOptions { StorageChunks = [1, 10] },
        new Hdf5SaveOptions { Contiguous = true },
        new Hdf5SaveOptions { LatestFormat = true, MaxShape = [null, 10] },
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_failure_in_the_middle_leaves_the_old_file_byte_for_byte(Hdf5SaveOptions options)
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        byte[] before = File.ReadAllBytes(File_);
        var error = Assert.Throws<ComputationException>(() => Failing.After<int>([100, 10], 50).SaveHdf5(File_, "/new/data", options));
        Assert.Contains("row 50 is damaged", error.Message);
        Assert.Equal(before, File.ReadAllBytes(File_));
        Assert.Equal([File_], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Cancelled_in_the_middle_no_file_is_made(Hdf5SaveOptions options)
    {
        using var cancel = new CancellationTokenSource();
        ChunkedArray<int> array = Failing.After<int>([1000, 10], 50, cancel.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => array.SaveHdf5(File_, "/new", options, new ComputeOptions { Cancellation = cancel.Token }));
        Assert.ThrowsAny<OperationCanceledException>(() => array.SaveHdf5(File_, "/new", options, new ComputeOptions { Cancellation = cancel.Token }));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void In_place_a_failure_leaves_a_valid_file_without_the_dataset(Hdf5SaveOptions options)
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        Assert.Throws<ComputationException>(() => Failing.After<int>([100, 10], 50).SaveHdf5(File_, "/new/data", options with { InPlace = true }));
        Assert.Throws<ComputationException>(() => Failing.After<int>([100, 10], 50).SaveHdf5(File_, "/old", options with { InPlace = true, Replace = true }));
        Arrays.Count<int>([4, 10]).SaveHdf5(File_, "/other", options with { InPlace = true });
        var expected = new Expectations(_folder);
        expected.Add("/old", Arrays.Count<int>([3]));
        expected.Add("/other", Arrays.Count<int>([4, 10]));
        expected.Check(File_);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void What_is_given_up_in_a_session_is_absent_and_the_rest_is_there(Hdf5SaveOptions options)
    {
        using (var session = WriteSession.Create(File_))
        {
            Assert.Throws<ComputationException>(() => Failing.After<int>([100, 10], 50).Save(session.Dataset("/a/bad", ElementType.Int32, [100, 10], options)));
            Arrays.Count<int>([4, 10]).Save(session.Dataset("/good", ElementType.Int32, [4, 10], options));
            Arrays.Count<int>([4, 10]).Save(session.Dataset("/a/bad", ElementType.Int32, [4, 10], options));
            Assert.Throws<ComputationException>(() => Failing.After<int>([100, 10], 50).Save(session.Dataset("/a/bad", ElementType.Int32, [100, 10], options with { Replace = true })));
            session.Commit();
        }

        var expected = new Expectations(_folder);
        expected.Add("/a/bad", Arrays.Count<int>([4, 10]));
        expected.Add("/good", Arrays.Count<int>([4, 10]));
        expected.Check(File_);
    }

    [Fact]
    public void One_of_several_that_fails_takes_the_others_with_it()
    {
        Arrays.Count<int>([3]).SaveHdf5(File_, "/old");
        byte[] before = File.ReadAllBytes(File_);
        Assert.Throws<ComputationException>(() => Hdf5.Save(File_, [
            Hdf5Output.Of("/good", Arrays.Count<int>([4, 10])),
            Hdf5Output.Of("/bad", Failing.After<int>([100, 10], 50)),
        ]));
        Assert.Equal(before, File.ReadAllBytes(File_));
        Assert.Equal([File_], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_session_is_not_finished_while_a_dataset_is_being_written()
    {
        using var session = WriteSession.Create(File_);
        IBlockSink sink = session.Dataset("/data", ElementType.Int32, [4], new Hdf5SaveOptions { StorageChunks = [2] });
        sink.Begin(ElementType.Int32, [4]);
        Assert.Contains("/data", Assert.Throws<InvalidOperationException>(session.Commit).Message);
        sink.Write(new Region([0], [2]), new byte[8], TestContext.Current.CancellationToken);
        Assert.Contains("2 chunks and 1 were written", Assert.Throws<InvalidOperationException>(sink.Complete).Message);
        sink.Abandon();
        sink.Abandon();
    }
}
