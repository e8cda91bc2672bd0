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

    [Fact]
    public void A_file_that_was_disposed_of_cannot_be_read()
    {
        ReadOnlyFile file = Files(1)[0];
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => ReadNumber(file));
        Assert.Equal(0, _open.Count);
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
