namespace Tessera.Tests.Pools;

/// <summary>Quick batches are sent to a process before the ones before them are answered.</summary>
public class SendingAheadTests
{
    private static readonly MapOptions OneByOne = new() { ChunkSize = 1 };

    /// <summary>A question or an answer that doesn't fit into the socket waits for the other side to read, and that may be waiting itself.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(100)]
    public void Large_inputs_and_results_after_quick_small_ones_do_not_make_both_sides_wait(int? chunkSize)
    {
        using WorkerPool pool = WorkerPool.Processes(2);
        var options = new MapOptions { ChunkSize = chunkSize };
        int[] sizes = [.. Enumerable.Range(0, 600).Select(i => i % 200 < 150 ? i % 7 : i % 2 == 0 ? 20_000 : 400_000)];
        byte[][] back = pool.Map((byte[] bytes) => bytes, sizes.Select(size => new byte[size]), options);
        Assert.Equal(sizes, back.Select(bytes => bytes.Length));
        byte[][] made = pool.Map((int size) => new byte[size], sizes, options);
        Assert.Equal(sizes, made.Select(bytes => bytes.Length));
    }

    [Fact]
    public void What_was_sent_ahead_to_a_process_that_dies_is_done_by_another_without_blame()
    {
        using WorkerPool pool = WorkerPool.Processes(1);
        string marker = Path.GetTempFileName();
        File.Delete(marker);
        int[] results = pool.Map(
            (int n) =>
            {
                if (n == 100 && !File.Exists(marker))
                {
                    File.WriteAllText(marker, "");
                    Environment.Exit(1);
                }

                return -n;
            },
            Enumerable.Range(0, 300),
            OneByOne with { Retries = 1 });
        Assert.Equal(Enumerable.Range(0, 300).Select(n => -n), results);
        File.Delete(marker);
    }

    [Fact]
    public void The_input_that_ends_its_process_is_told_whatever_was_sent_ahead()
    {
        using WorkerPool pool = WorkerPool.Processes(2);
        for (int bad = 200; bad < 210; bad++)
        {
            var error = Assert.Throws<WorkerException>(() => pool.Map(EndsAt(bad), Enumerable.Range(0, 400), OneByOne));
            Assert.Equal(bad, error.Index);
            Assert.Equal(7, Assert.IsType<WorkerDiedException>(error.InnerException).ExitCode);
        }
    }

    private static Func<int, int> EndsAt(int bad) => n =>
    {
        if (n == bad)
            Environment.Exit(7);
        return n;
    };
}
