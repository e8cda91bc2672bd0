namespace Tessera.Bench;

/// <summary>Maps of functions that do next to nothing, or only wait, so that what is measured is the pool.</summary>
internal static class PoolCalls
{
    private const int Arrays = 64;
    private const int ArrayLength = 2 << 20;

    public static IReadOnlyList<Case> Cases { get; } =
    [
        new("pool-sleep-threads", "four calls that wait 1 s, pool of four threads, its start included", _ => () => Sleep(WorkerPool.Threads(4)), "python"),
        new("pool-sleep-processes", "four calls that wait 1 s, pool of four processes, its start included", _ => () => Sleep(WorkerPool.Processes(4)), "python", "python-spawn"),
        new("pool-threads", "1,000,000 trivial calls, two threads", _ => Map(WorkerPool.Threads(2), 1_000_000, chunkSize: null), "python"),
        new("pool-threads-1", "1,000,000 trivial calls, two threads, chunks of 1", _ => Map(WorkerPool.Threads(2), 1_000_000, chunkSize: 1), "python"),
        new("pool-processes", "1,000,000 trivial calls, two processes", _ => Map(WorkerPool.Processes(2), 1_000_000, chunkSize: null), "python"),
        new("pool-processes-1", "100,000 trivial calls, two processes, chunks of 1", _ => Map(WorkerPool.Processes(2), 100_000, chunkSize: 1), "python"),
        new("pool-arrays", "64 arrays of 16 MiB to two processes and back", _ => Return(WorkerPool.Processes(2)), "python"),
    ];

    private static object Sleep(WorkerPool pool)
    {
        using (pool)
            return pool.Map(Slow, Enumerable.Range(0, 4))[^1];
    }

    private static Func<object> Map(WorkerPool pool, int count, int? chunkSize)
    {
        var options = new MapOptions { ChunkSize = chunkSize };
        return () => pool.Map(Inc, Enumerable.Range(0, count), options)[^1];
    }

    /// <summary>1 GiB there and back.</summary>
    private static Func<object> Return(WorkerPool pool)
    {
        double[][] arrays = [.. Enumerable.Range(0, Arrays).Select(i => Enumerable.Repeat((double)i, ArrayLength).ToArray())];
        return () => pool.Map((double[] array) => array, arrays)[^1][^1];
    }

    private static int Slow(int n)
    {
        Thread.Sleep(1000);
        return n * n;
    }

    private static int Inc(int n) => n + 1;
}
