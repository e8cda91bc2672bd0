using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Tessera.TiffFormat.Tests;

/// <summary>However many files there are, only so many are open, and reading them never shows it.</summary>
public sealed class OpenFilesTests : IDisposable
{
    private const int Limit = 8;

    private readonly TestFolder _folder = new();
    private readonly OpenFiles _open = new(Limit);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void More_files_than_the_limit_are_read_and_no_more_stay_open()
    {
        ReadOnlyFile[] files = Files(50);
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            int number = random.Next(files.Length);
            Assert.Equal(number, ReadNumber(files[number]));
            Assert.InRange(_open.Count, 1, Limit);
        }

        GC.KeepAlive(files);
    }

    [Fact]
    public void Many_threads_read_more_files_than_the_limit()
    {
        ReadOnlyFile[] files = Files(40);
        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            for (int i = 0; i < 2000; i++)
            {
                int number = random.Next(files.Length);
                Assert.Equal(number, ReadNumber(files[number]));
            }
        });

        Assert.InRange(_open.Count, 1, Limit);
        GC.KeepAlive(files);
    }

    [Fact]
    public void Many_threads_open_more_files_than_the_limit()
    {
        string[] paths = [.. Files(30).Select(file => file.Path)];
        Parallel.For(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, number =>
            Assert.Equal(number % paths.Length, ReadNumber(new ReadOnlyFile(paths[number % paths.Length], _open))));

        Assert.InRange(_open.Count, 1, Limit);
    }

    [Fact]
    public void Files_that_nobody_has_any_more_count_until_they_are_closed()
    {
        if (!OperatingSystem.IsLinux())
            return; // how many are really open is told there alone

        string[] paths = [.. Files(1).Select(file => file.Path)];
        using var finalizing = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        Drop(() => new Blocker(finalizing, release));
        GC.Collect();
        finalizing.Wait(TestContext.Current.CancellationToken);
        try
        {
            for (int round = 0; round < 10; round++)
            {
                for (int i = 0; i < Limit; i++)
                    Drop(() => new ReadOnlyFile(paths[0], _open));
                GC.Collect(); // and nothing is finalized
                Assert.InRange(ReallyOpen(paths[0]), 1, Limit);
            }
        }
        finally
        {
            release.Set();
            GC.WaitForPendingFinalizers();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Drop(Func<object> make) => make();

        static int ReallyOpen(string path) => new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Count(descriptor => descriptor.LinkTarget == path);
    }

    /// <summary>Holds up the thread that finalizes.</summary>
    private sealed class Blocker(ManualResetEventSlim reached, ManualResetEventSlim release)
    {
        ~Blocker()
        {
            reached.Set();
            release.Wait(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public void The_file_that_was_read_last_stays_open()
    {
        ReadOnlyFile[] files = Files(Limit + 5);
        foreach (ReadOnlyFile file in files)
        {
            ReadNumber(files[0]);
            ReadNumber(file);
        }

        Assert.True(files[0].IsOpen && files[^1].IsOpen);
        Assert.False(files[1].IsOpen);
    }

    /// <summary>Between the opening of a file and the look at what is open, another thread may close that very file.</summary>
    [Fact]
    public async Task A_file_that_is_closed_while_it_is_opened_disturbs_nobody()
    {
        var one = new OpenFiles(limit: 1);
        var file = new ReadOnlyFile(Files(1)[0].Path, one);
        using var stop = new CancellationTokenSource();
        var closing = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                    file.Close();
            },
            TestContext.Current.CancellationToken);
        try
        {
            for (int i = 0; i < 10_000; i++)
                one.Open(file);
        }
        finally
        {
            stop.Cancel();
            await closing;
        }

        Assert.Equal(0, ReadNumber(file));
        Assert.InRange(one.Count, 1, 1);
    }

    [Fact]
    public void A_file_that_was_disposed_of_cannot_be_read()
    {
        ReadOnlyFile file = Files(1)[0];
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => ReadNumber(file));
        Assert.Equal(0, _open.Count);
    }

    [Theory]
    [InlineData(1L << 40, 512)]
    [InlineData(1024L, 512)]
    [InlineData(1023L, 511)]
    [InlineData(200L, 100)]
    [InlineData(3L, 8)]
    [InlineData(null, 512)]
    public void Half_of_what_the_process_may_hold_is_taken_and_never_much(long? limit, int taken) => Assert.Equal(taken, OpenFileLimit.ShareOf(limit));

    [Fact]
    public void The_limit_of_the_process_is_the_one_that_the_shell_reports()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Null(OpenFileLimit.OfProcess());
            return;
        }

        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "ulimit -n"]) { RedirectStandardOutput = true })!;
        string reported = shell.StandardOutput.ReadToEnd().Trim();
        Assert.Equal(reported == "unlimited" ? long.MaxValue : long.Parse(reported, CultureInfo.InvariantCulture), OpenFileLimit.OfProcess());
    }

    private ReadOnlyFile[] Files(int count) =>
        [.. Enumerable.Range(0, count).Select(number => new ReadOnlyFile(_folder.Put($"{number}.bin", BitConverter.GetBytes(number)), _open))];

    private static int ReadNumber(ReadOnlyFile file)
    {
        Span<byte> bytes = stackalloc byte[4];
        file.Read(bytes, 0);
        return BitConverter.ToInt32(bytes);
    }
}
