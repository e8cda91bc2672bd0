namespace Tessera.Tests.Pools;

/// <summary>The two kinds of pool, for laws that hold on both.</summary>
internal static class Kinds
{
    private static readonly Lazy<WorkerPool> SharedThreads = new(() => WorkerPool.Threads(3));
    private static readonly Lazy<WorkerPool> SharedProcesses = new(() => WorkerPool.Processes(2)); // end with this program

    public static TheoryData<string> All => ["threads", "processes"];

    /// <summary>A pool that all tests use at once, for what leaves it as it was: starting processes takes longer than most tests.</summary>
    public static WorkerPool Shared(string kind) => (kind == "threads" ? SharedThreads : SharedProcesses).Value;

    public static WorkerPool Make(string kind, int workers, PoolOptions? options = null) =>
        kind == "threads" ? WorkerPool.Threads(workers, options) : WorkerPool.Processes(workers, options);
}
