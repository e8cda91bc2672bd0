using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Tessera.Hdf5Format.Tests;

/// <summary>What detectors at light sources write: an Eiger master file, a NeXus file with virtual datasets, frames in a raw file.</summary>
[Collection(nameof(Alone))] // a test that saves over a file closes all files
public sealed class DetectorFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public DetectorFileTests() => Python.Run("others.py", "master", _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("run.nxs", "/entry/data/data", 7370880)]
    [InlineData("run.nxs", "/entry/data/interleaved", 3275520)]
    [InlineData("run.nxs", "/entry/data/half", 84703360)]
    [InlineData("external.h5", "/frames", 7370880)]
    public void Sums_are_those_of_the_reference_library(string name, string path, long sum)
    {
        using Hdf5File file = Open(name);
        Assert.Equal(sum, file.Array<ushort>(path).Cast<long>().Sum().Compute());
    }

    [Fact]
    public void External_links_lead_to_the_datasets_of_the_data_files()
    {
        using Hdf5File master = Open("run_master.h5");
        ChunkedArray<ushort>[] parts = [.. Enumerable.Range(1, 3).Select(i => master.Array<ushort>($"/entry/data/data_{i:000000}"))];
        Assert.Equal(7370880, parts.Sum(part => part.Cast<long>().Sum().Compute()));

        Hdf5Dataset second = master.Dataset("/entry/data/data_000002");
        Assert.Equal("/entry/data/data_000002", second.Path);
        Assert.Same(master, second.File);
        Assert.Equal(5, second.Attributes["image_nr_low"].Read<int>());
        Assert.Equal(second.Read<ushort>().ToArray(), master.Array<ushort>("soft").Compute().ToArray());
        Assert.Equal(3, master.Group("/entry/data").Datasets.Count());
        Assert.Equal("/first/data/data", master.Group("first")["data/data"].Path);
        Assert.Equal("/soft", master.Group("/first/data")["/soft"].Path); // from the root of the file that was opened
    }

    [Fact]
    public void Descendants_of_other_files_come_once_each()
    {
        using Hdf5File master = Open("run_master.h5");
        string[] paths = [.. master.Root.Descendants().Select(item => item.Path)];
        Assert.Equal(["/entry", "/entry/data", "/entry/data/data_000001", "/entry/data/data_000002", "/entry/data/data_000003", "/first", "/first/data"], paths);
    }

    [Fact]
    public void A_link_to_nothing_names_the_file_that_is_missing()
    {
        using Hdf5File master = Open("run_master.h5");
        string says = Assert.Throws<KeyNotFoundException>(() => master["/entry/data/gone"]).Message;
        Assert.Contains("'run_data_000099.h5'", says, StringComparison.Ordinal);
        Assert.Contains($"'{_folder.PathOf("run_data_000099.h5")}'", says, StringComparison.Ordinal);
        says = Assert.Throws<KeyNotFoundException>(() => master["/entry/data/lost"]).Message;
        Assert.Contains("'run_data_000001.h5', and there the group '/entry' has no 'nothing' but 'data'", says, StringComparison.Ordinal);
        Assert.False(master.Contains("/entry/data/gone"));
        Assert.Equal(5, master.Group("/entry/data").Links.Count);
    }

    [Theory]
    [InlineData("frames")]
    [InlineData("offset")]
    [InlineData("several")]
    [InlineData("short")]
    public void Raw_frames_are_read_as_the_reference_library_reads_them(string path)
    {
        using Hdf5File file = Open("external.h5");
        Hdf5Dataset dataset = file.Dataset(path);
        Assert.Equal(Hdf5Layout.External, dataset.Layout);
        byte[] expected = File.ReadAllBytes(_folder.PathOf($"{path}.expected"));
        IBlockSource source = dataset.Source();
        Assert.Equal(expected, source.ReadAll());
        var random = new Random(5);
        for (int i = 0; i < 50; i++)
        {
            Region region = Boxes.Random(random, source.Shape);
            Assert.Equal(Boxes.Slice(expected, source.Shape, region, 2), source.Read(region));
        }
    }

    [Theory]
    [InlineData("large.h5", false)]
    [InlineData("large-big.h5", true)]
    public void Raw_frames_may_be_larger_than_the_file_that_leads_to_them(string name, bool isBigEndian)
    {
        byte[] expected = File.ReadAllBytes(_folder.PathOf("large.raw"));
        Span<ushort> numbers = MemoryMarshal.Cast<byte, ushort>(expected.AsSpan());
        if (isBigEndian)
            BinaryPrimitives.ReverseEndianness(numbers, numbers);
        using Hdf5File file = Open(name);
        Assert.True(new FileInfo(file.Path).Length < expected.Length / 10);
        IBlockSource source = file.Dataset("x").Source();
        Assert.Equal(expected, source.ReadAll());
        foreach (Region region in new[] { new Region([30, 10, 5], Shape.Create([10, 20, 7])), new Region([39, 0, 60], Shape.Create([1, 64, 4])) })
            Assert.Equal(Boxes.Slice(expected, source.Shape, region, 2), source.Read(region));
    }

    [Fact]
    public void Raw_frames_that_are_missing_or_not_allowed_are_refused_by_name()
    {
        using Hdf5File file = Open("external.h5");
        Assert.Contains($"'{_folder.PathOf("gone.raw")}'", Assert.Throws<FileNotFoundException>(() => file.Dataset("gone").Source().ReadAll()).Message, StringComparison.Ordinal);
        Assert.Contains("'/etc/hostname'", Assert.Throws<UnauthorizedAccessException>(() => file.Dataset("outside").Source().ReadAll()).Message, StringComparison.Ordinal);
        Assert.Equal((ushort)1, file.Dataset("records").ReadValue<ushort[]>("a")[0]);
    }

    [Fact]
    public void Disposing_closes_the_files_to_which_a_file_leads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which files are really open is told on Linux only.");
        foreach ((string name, string path, string other) in new[] { ("external.h5", "/frames", "frames.raw"), ("run.nxs", "/entry/data/data", "run_data_000001.h5") })
        {
            ChunkedArray<ushort> array;
            using (Hdf5File file = Open(name))
            {
                array = file.Array<ushort>(path);
                array.Sum().Compute(new ComputeOptions { Scheduler = Schedulers.Serial });
                Assert.True(IsOpen(other), other);
            }

            Assert.False(IsOpen(other), other);
            Assert.Contains("was disposed of before", Assert.ThrowsAny<Exception>(() => array.Sum().Compute()).ToString(), StringComparison.Ordinal);
            Assert.False(IsOpen(other), other);
        }

        bool IsOpen(string name) => new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Any(descriptor => descriptor.LinkTarget == _folder.PathOf(name));
    }

    [Fact]
    public void A_virtual_dataset_over_raw_frames_is_read_on_threads_and_in_processes()
    {
        using WorkerPool pool = WorkerPool.Processes(2);
        var processes = new ComputeOptions { Scheduler = Schedulers.Processes(pool) };
        using Hdf5File file = Open("over-external.h5"), external = Open("external.h5"), master = Open("run_master.h5");
        ushort[] expected = MemoryMarshal.Cast<byte, ushort>(File.ReadAllBytes(_folder.PathOf("several.expected")))[320..(7 * 320)].ToArray();
        foreach (ComputeOptions options in new[] { new ComputeOptions(), processes })
        {
            Assert.Equal(expected, file.Array<ushort>("part").Compute(options).ToArray());
            Assert.Equal(expected, external.Array<ushort>("several")[1..7].Compute(options).ToArray());
            Assert.Equal(master.Array<ushort>("soft").Max().Compute(), master.Array<ushort>("/entry/data/data_000002").Max().Compute(options));
        }
    }

    [Fact]
    public void No_source_is_opened_before_its_elements_are_needed()
    {
        foreach (string source in Directory.GetFiles(_folder.Path, "run_data_*.h5"))
            File.WriteAllText(source, "nothing of HDF5");
        File.Delete(_folder.PathOf("frames.raw"));
        using Hdf5File file = Open("run.nxs"), external = Open("external.h5");
        Assert.Equal("/entry/data/data (12, 16, 20) of uint16, virtual", file.Dataset("/entry/data/data").ToString());
        Assert.Equal(Hdf5Layout.Virtual, file.Root.Descendants().OfType<Hdf5Dataset>().First().Layout);
        Assert.Equal("/frames (12, 16, 20) of uint16, external", external.Dataset("frames").ToString());

        ChunkedArray<ushort> array = file.Array<ushort>("/entry/data/data");
        string says = Assert.ThrowsAny<Exception>(() => array.Compute()).ToString();
        Assert.Contains(_folder.PathOf("run_data_000001.h5"), says, StringComparison.Ordinal);
        Assert.Contains("not an HDF5 file", says, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_forbids_all_other_files()
    {
        var forbidden = new Hdf5OpenOptions { AllowOtherFiles = false };
        using Hdf5File file = Hdf5File.Open(_folder.PathOf("run.nxs"), forbidden), master = Hdf5File.Open(_folder.PathOf("run_master.h5"), forbidden);
        using Hdf5File external = Hdf5File.Open(_folder.PathOf("external.h5"), forbidden);
        Assert.Contains("AllowOtherFiles = false", Assert.Throws<UnauthorizedAccessException>(() => file.Dataset("/entry/data/data").Source().ReadAll()).Message, StringComparison.Ordinal);
        Assert.Contains("AllowOtherFiles = false", Assert.Throws<UnauthorizedAccessException>(() => external.Dataset("frames").Source().ReadAll()).Message, StringComparison.Ordinal);
        Assert.Contains("AllowOtherFiles = false", Assert.Throws<KeyNotFoundException>(() => master["/entry/data/data_000001"]).Message, StringComparison.Ordinal);
        Assert.Empty(master.Group("/entry/data"));
    }

    [Fact]
    public void A_source_that_another_program_is_writing_is_not_taken_for_a_missing_one()
    {
        byte[] bytes = File.ReadAllBytes(_folder.PathOf("run.nxs"));
        bytes[11] |= 5; // open for writing, SWMR
        Structures.Seal(bytes, [(0, 44)]);
        _folder.Put("run_data_000099.h5", bytes);
        using Hdf5File file = Open("run.nxs");
        Assert.Contains("is being written", Assert.Throws<IOException>(() => file.Dataset("/entry/data/half").Source().ReadAll()).Message, StringComparison.Ordinal);
    }

    private Hdf5File Open(string name) => Hdf5File.Open(_folder.PathOf(name));
}
