using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format.Tests;

/// <summary>Virtual datasets that the reference library wrote are read equal, whatever their selections, and what can't be read says why.</summary>
public sealed class VirtualReadingTests(ReferenceOthers reference)
{
    // Of a source that is itself virtual and has grown, the library takes the length that was written down.
    private static readonly string[] Otherwise = ["growing nested"];

    [Theory]
    [InlineData("old")]
    [InlineData("new")]
    public void Every_virtual_dataset_of_the_reference_library_reads_back_equal(string sources)
    {
        ReferenceArrays.Case[] cases = [.. reference.Cases.Where(one => one.File.StartsWith(sources, StringComparison.Ordinal) && !Otherwise.Contains(one.Path))];
        Assert.True(cases.Length >= 49, $"{cases.Length} datasets were made.");
        var differing = new List<string>();
        var random = new Random(3);
        using Hdf5File file = Hdf5File.Open(reference.PathOf($"{sources}-virtual.h5"));
        foreach (ReferenceArrays.Case one in cases)
        {
            try
            {
                if (one.Difference(file.Dataset(one.Path), bytes => reference.Expected(one, bytes), random) is { } difference)
                    differing.Add($"{one}: {difference}");
            }
            catch (Exception refused) when (refused is InvalidDataException or NotSupportedException or UnauthorizedAccessException)
            {
                differing.Add($"{one}: {refused.Message}");
            }
        }

        Assert.Empty(differing);
    }

    [Fact]
    public void A_source_that_is_virtual_and_grows_is_as_long_as_it_is()
    {
        Assert.NotEmpty(reference.Cases);
        using Hdf5File file = Hdf5File.Open(reference.PathOf("new-virtual.h5"));
        Assert.Equal(file.Array<int>("growing").Compute().ToArray(), file.Array<int>("growing nested").Compute().ToArray());
    }

    [Fact]
    public void Every_virtual_dataset_is_the_same_in_worker_processes()
    {
        Assert.NotEmpty(reference.Cases);
        using WorkerPool pool = WorkerPool.Processes(2);
        var processes = new ComputeOptions { Scheduler = Schedulers.Processes(pool) };
        using Hdf5File file = Hdf5File.Open(reference.PathOf("old-virtual.h5"));
        foreach (string path in new[] { "in turn", "by an external link", "nested twice", "an L", "half missing", "growing in turn", "numbered", "of the same file", "below" })
        {
            ChunkedArray<int> array = file.Array<int>(path);
            Assert.Equal(array.Compute().ToArray(), array.Compute(processes).ToArray());
            Assert.Equal(array.Cast<long>().Sum().Compute(), array.Cast<long>().Sum().Compute(processes));
        }
    }

    [Fact]
    public void Many_threads_read_virtual_datasets_that_nobody_has_opened()
    {
        ReferenceArrays.Case[] cases = [.. reference.Cases.Where(one => !Otherwise.Contains(one.Path))];
        for (int round = 0; round < 4; round++)
        {
            using Hdf5File first = Hdf5File.Open(reference.PathOf("old-virtual.h5")), second = Hdf5File.Open(reference.PathOf("new-virtual.h5"));
            Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
            {
                var random = new Random(number);
                ReferenceArrays.Case one = cases[random.Next(cases.Length)];
                IBlockSource source = (one.File.StartsWith("old", StringComparison.Ordinal) ? first : second).Dataset(one.Path).Source();
                Region region = Boxes.Random(random, source.Shape);
                Assert.Equal(Boxes.Slice(reference.Expected(one, source.ElementType.Size), source.Shape, region, source.ElementType.Size), source.Read(region));
            });
        }
    }

    [Theory]
    [InlineData("records")]
    [InlineData("texts")]
    public void Elements_that_are_no_numbers_are_those_of_the_source(string path)
    {
        Assert.NotEmpty(reference.Cases);
        using Hdf5File file = Hdf5File.Open(reference.PathOf("new-values.h5")), source = Hdf5File.Open(reference.PathOf("new-a.h5"));
        Assert.Equal(source.Dataset(path).ReadValue(), file.Dataset(path).ReadValue());
    }

    [Theory]
    [InlineData("too large", typeof(InvalidDataException), "of its elements are to become", "'x' in 'new-a.h5'")]
    [InlineData("truth of numbers", typeof(NotSupportedException), "aren't converted", "new-a.h5'")]
    [InlineData("itself", typeof(InvalidDataException), "has itself among its sources", "new-values.h5'")]
    [InlineData("each", typeof(InvalidDataException), "has itself among its sources", "new-values.h5'")]
    [InlineData("outside", typeof(UnauthorizedAccessException), "outside.h5'", "OtherFolders")]
    [InlineData("above", typeof(UnauthorizedAccessException), "'../outside.h5'", "OtherFolders")]
    [InlineData("moved", typeof(int[]), "", "")]
    public void What_cannot_be_read_says_why(string path, Type expected, string says, string andSays)
    {
        Assert.NotEmpty(reference.Cases);
        using Hdf5File file = Hdf5File.Open(reference.PathOf("new-values.h5"));
        IBlockSource source = file.Dataset(path).Source();
        if (expected == typeof(int[]))
        {
            Assert.Equal(reference.Expected("whole", 4), source.ReadAll()); // its absolute path isn't there any more, and the file is beside
            return;
        }

        Exception refused = Assert.ThrowsAny<Exception>(() => source.ReadAll());
        Assert.IsType(expected, refused);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains(andSays, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_as_long_as_itself_is_refused()
    {
        Assert.NotEmpty(reference.Cases);
        using Hdf5File file = Hdf5File.Open(reference.PathOf("new-values.h5"));
        Assert.Contains("has itself among its sources", Assert.Throws<InvalidDataException>(() => file.Dataset("grows/itself").Shape).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whole chunked", 2, 3, 4)] // chunks of (2, 3, 4)
    [InlineData("one after the other", 2, 3, 4)]
    [InlineData("in turn", 4, 3, 4)] // two frames of a source are four here
    [InlineData("columns in turn", 2, 3, 8)]
    [InlineData("frames", 1, 1, 4)]
    [InlineData("every other", 1, 1, 2)]
    [InlineData("an L", 1, 1, 1)]
    [InlineData("nested", 4, 3, 2)]
    [InlineData("missing file", 1, 1, 1)]
    public void Runs_are_cut_where_the_sources_have_their_chunks(string path, long frames, long rows, long columns)
    {
        Assert.NotEmpty(reference.Cases);
        using Hdf5File file = Hdf5File.Open(reference.PathOf("new-virtual.h5"));
        Assert.Equal([frames, rows, columns], file.Dataset(path).Source().StorageChunks);
    }

    [Fact]
    public void Files_without_a_version_of_the_pattern_are_not_looked_for()
    {
        Assert.True(SourceName.IsPattern("f%b.h5"));
        Assert.False(SourceName.IsPattern("f%%b.h5"));
        Assert.Equal("f%12x12", SourceName.With("f%%%bx%b", 12));
        Assert.Equal("f%b%", SourceName.With("f%%b%", 3));
    }

    [Fact]
    public void A_file_that_was_disposed_of_reads_no_others()
    {
        Assert.NotEmpty(reference.Cases);
        Hdf5File file = Hdf5File.Open(reference.PathOf("new-virtual.h5"));
        IBlockSource opened = file.Dataset("whole").Source(), other = file.Dataset("one after the other").Source();
        _ = MemoryMarshal.Cast<byte, int>(opened.ReadAll());
        file.Dispose();
        foreach (IBlockSource source in new[] { opened, other })
            Assert.Contains("was disposed of before", Assert.Throws<ObjectDisposedException>(() => source.ReadAll()).Message, StringComparison.Ordinal);
    }
}
