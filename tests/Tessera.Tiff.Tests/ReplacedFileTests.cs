using System.Numerics.Tensors;

namespace Tessera.TiffFormat.Tests;

/// <summary>Nobody goes on reading a file in whose place another one was saved, and no file stays open that was to be released.</summary>
public sealed class ReplacedFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Savings() => ["SaveTiff", "Tiff.Write", "SaveAll", "over a link"];

    [Theory]
    [MemberData(nameof(Savings))]
    public void An_array_over_a_file_that_was_saved_over_says_so(string saving)
    {
        string path = _folder.PathOf("a.tif");
        Tiff.Write(path, Filled(0));
        string opened = path;
        if (saving == "over a link")
            File.CreateSymbolicLink(opened = _folder.PathOf("link.tif"), path);

        // So often and so fast that the clock of the file system stands still between some of them.
        for (byte value = 0; value < 60; value++)
        {
            ChunkedArray<byte> before = ImageStack.Open<byte>(opened);
            using TiffFile file = TiffFile.Open(opened);
            Assert.Equal(value, before.Max().Compute());

            ChunkedArray<byte> next = before + ChunkedArray.Full((byte)1, before.Shape);
            if (saving == "Tiff.Write")
                Tiff.Write(path, Filled(value + 1));
            else if (saving == "SaveAll")
                ChunkedArray.SaveAll([TiffOutput.Of(path, next)]);
            else
                next.SaveTiff(path);

            ComputationException refused = Assert.Throws<ComputationException>(() => before.Max().Compute());
            Assert.Contains("was changed or replaced by another file after it was opened; open it anew", refused.ToString(), StringComparison.Ordinal);
            Assert.Contains("open it anew", Assert.Throws<IOException>(() => file.Pages[0].Read<byte>()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Worker_processes_are_told_too()
    {
        string path = _folder.PathOf("a.tif");
        Tiff.Write(path, Filled(1));
        using WorkerPool pool = WorkerPool.Processes(2);
        var options = new ComputeOptions { Scheduler = Schedulers.Processes(pool) };
        ChunkedArray<byte> array = ImageStack.Open<byte>(path);
        Assert.Equal(1, array.Max().Compute(options));
        Assert.Equal(1, array.Max().Compute(options));

        Tiff.Write(path, Filled(2));

        Assert.Contains("open it anew", Assert.ThrowsAny<Exception>(() => array.Max().Compute(options)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Released_files_are_closed_and_opened_again_when_they_are_read()
    {
        for (int i = 0; i < 12; i++)
            Tiff.Write(_folder.PathOf($"{i}.tif"), Filled(i));
        ChunkedArray<byte> stack = ImageStack.Open<byte>(_folder.PathOf("*.tif"));
        Assert.Equal(11, stack.Max().Compute());

        ImageStack.ReleaseFiles();

        if (OperatingSystem.IsLinux())
            Assert.Empty(OpenHere());
        Assert.Equal(11, stack.Max().Compute());
        ImageStack.ReleaseFiles();
        Tiff.Write(_folder.PathOf("5.tif"), Filled(99));
        Assert.Contains("5.tif' was changed", Assert.Throws<ComputationException>(() => stack.Max().Compute()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_released_while_many_threads_read_them_are_read_right()
    {
        for (int i = 0; i < 30; i++)
            Tiff.Write(_folder.PathOf($"{i}.tif"), Filled(i));
        ChunkedArray<byte> stack = ImageStack.Open<byte>(_folder.PathOf("*.tif"));
        bool ends = false;
        var releasing = new Thread(() =>
        {
            while (!Volatile.Read(ref ends))
                ImageStack.ReleaseFiles();
        });
        releasing.Start();
        try
        {
            for (int i = 0; i < 100; i++)
                Assert.Equal(6UL * 435, stack.Sum().Compute());
        }
        finally
        {
            Volatile.Write(ref ends, true);
            releasing.Join();
        }
    }

    private static Tensor<byte> Filled(int value) => Tensor.Create(Enumerable.Repeat((byte)value, 6).ToArray(), [2, 3]);

    private string[] OpenHere() =>
        [.. Directory.GetFiles("/proc/self/fd").Select(one => new FileInfo(one).LinkTarget ?? "").Where(target => target.StartsWith(_folder.Path, StringComparison.Ordinal))];
}
