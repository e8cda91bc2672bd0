namespace Tessera.Bench;

/// <summary>Maps of functions that do next to nothing, or only wait, so that what is measured is the pool.</summary>
internal static class PoolCalls
{
    private const int Arrays = 64;
    private const int ArrayLength = 2 << 20;

    public static Func<object> Prepare(string name) => name switch
    {
        "pool-sleep-threads" => () => Sleep(WorkerPool.Threads(4)),
        "pool-sleep-processes" => () => Sleep(WorkerPool.Processes(4)),
        "pool-threads" => Map(WorkerPool.Threads(2), 1_000_000, chunkSize: null),
        "pool-threads-1" => Map(WorkerPool.Threads(2), 1_000_000, chunkSize: 1),
        "pool-processes" => Map(WorkerPool.Processes(2), 1_000_000, chunkSize: null),
        "pool-processes-1" => Map(WorkerPool.Processes(2), 100_000, chunkSize: 1),
        "pool-arrays" => Return(WorkerPool.Processes(2)),
        _ => throw new ArgumentException($"No such case: {name}.", nameof(name)),
    };

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
