namespace Tessera.Bench;

/// <summary>What the machine can do at best, by a plain loop without an array engine. A run answers the bytes that it went over.</summary>
/// <param name="Name">As a contender.</param>
/// <param name="What">In the table.</param>
/// <param name="Family">The limit on all threads that cases name; limits of memory are measured always, others where a case names their family.</param>
/// <param name="Prepare">Makes what a run needs, from the folder of the files that cases read.</param>
internal sealed record Limit(string Name, string What, string Family, Func<string, Func<object>> Prepare)
{
    public const string Memory = "limit", Copy = "limit-copy", Read = "limit-read", ReadHdf5 = "limit-read-hdf5", Inflate = "limit-inflate";

    private const string Touch = "limit-touch";

    private static readonly int Threads = Environment.ProcessorCount;
    private static readonly string AllThreads = Threads == 1 ? "1 thread" : $"{Threads} threads";

    public static IReadOnlyList<Limit> All { get; } =
    [
        new("limit-1", "memory read, 1 GiB, 1 thread", Memory, _ => MemoryLimits.Read(1)),
        new(Memory, $"memory read, 1 GiB, {AllThreads}", Memory, _ => MemoryLimits.Read(Threads)),
        new("limit-copy-1", "memory copied, 1 GiB to 1 GiB, 1 thread", Copy, _ => MemoryLimits.Copy(1)),
        new(Copy, $"memory copied, 1 GiB to 1 GiB, {AllThreads}", Copy, _ => MemoryLimits.Copy(Threads)),
        new(Touch, $"first touch of fresh memory, 4 KB pages, {AllThreads}", Touch, _ => MemoryLimits.Touch(Threads, isHuge: false)),
        new("limit-touch-huge", $"first touch of fresh memory, huge pages asked for, {AllThreads}", Touch, _ => MemoryLimits.Touch(Threads, isHuge: true)),
        new("limit-read-1", "TIFF files read from the page cache, 1 thread", Read, data => FileLimits.Read(Datasets.Raw(data), 1)),
        new(Read, $"TIFF files read from the page cache, {AllThreads}", Read, data => FileLimits.Read(Datasets.Raw(data), Threads)),
        new(ReadHdf5, $"HDF5 file read from the page cache, {AllThreads}", ReadHdf5, data => FileLimits.Read(Hdf5Sets.Folder(data, "contiguous"), Threads)),
        new("limit-inflate-1", "strips inflated, bytes out, 1 thread", Inflate, data => InflateLimit.Prepare(Datasets.Deflate(data), 1, everyNth: 5)),
        new(Inflate, $"strips inflated, bytes out, {AllThreads}", Inflate, data => InflateLimit.Prepare(Datasets.Deflate(data), Threads, everyNth: 1)),
    ];

    /// <summary>Those that say something about these cases.</summary>
    public static IReadOnlyList<Limit> For(IReadOnlyList<Case> cases) =>
    [
        .. All.Where(limit => limit.Family is Memory or Copy or Touch || cases.Any(one => one.Limit == limit.Family))
            .Where(limit => limit.Name != "limit-touch-huge" || FreshMemory.HasHugePages)
    ];
}
