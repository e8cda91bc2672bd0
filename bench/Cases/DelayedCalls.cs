namespace Tessera.Bench;

/// <summary>Graphs of calls that do next to nothing, so that what is measured is the graph.</summary>
internal static class DelayedCalls
{
    private const int Million = 1_000_000;

    private static readonly DelayedFunction<long, long> Inc = Delayed.Function((long n) => n + 1, "inc");
    private static readonly DelayedFunction<long, long, long> Add = Delayed.Function((long a, long b) => a + b, "add");
    private static readonly DelayedFunction<IReadOnlyList<long>, long> Sum = Delayed.Function((IReadOnlyList<long> parts) => parts.Sum(), "sum");

    public static IReadOnlyList<Case> Cases { get; } =
    [
        new("delayed-build", "delayed inc, inc, add: building", _ => Example, "dask") { Tolerance = null },
        new("delayed-tree-build", "111,111 delayed calls, 100,000 and a tree of sums by ten: building", _ => () => Tree(100_000), "dask")
        {
            Each = (111_111, "task"),
            Tolerance = null,
        },
        new("delayed-tree", "111,111 delayed calls, 100,000 and a tree of sums by ten: building and computing", _ => () => Tree(100_000).Compute(), "dask") { Each = (111_111, "task") },
        new("delayed-chain-build", "a chain of 10,000 delayed calls: building", _ => () => Chain(10_000), "dask")
        {
            Each = (10_000, "task"),
            Tolerance = null,
        },
        new("delayed-chain", "a chain of 10,000 delayed calls: building and computing", _ => () => Chain(10_000).Compute(), "dask") { Each = (10_000, "task") },
        new("delayed-chain-1m", "a chain of 1,000,000: building and computing", _ => () => Chain(Million).Compute()) { Each = (Million, "task") },
        new("delayed-million-build", "1,000,000 independent delayed calls: building", _ => () => Independent(Million).Length) { Each = (Million, "task") },
        new("delayed-million", "1,000,000 independent delayed calls: building and computing", _ => () => Delayed.Compute(Independent(Million)).Length) { Each = (Million, "task") },
        new("delayed-million-profile", "1,000,000 independent delayed calls: building and computing with a profile", _ => Profiled) { Each = (Million, "task") },
        new("delayed-million-events", "1,000,000 independent delayed calls: building and computing, telling of each, with no reader", _ => Told) { Each = (Million, "task") },
        new("delayed-picture", "the tree of 100,000 drawn as SVG, by steps", Picture),
    ];

    private static Delayed<long> Example() => Add(Inc(1), Inc(2));

    /// <summary>Leaves, and sums of ten until one is left.</summary>
    private static Delayed<long> Tree(int leaves)
    {
        Delayed<long>[] level = Independent(leaves);
        while (level.Length > 1)
            level = [.. level.Chunk(10).Select(part => Sum(Delayed.WhenAll(part)))];
        return level[0];
    }

    private static Delayed<long> Chain(int length)
    {
        Delayed<long> value = 0L;
        for (int i = 0; i < length; i++)
            value = Inc(value);
        return value;
    }

    private static Delayed<long>[] Independent(int count) => [.. Enumerable.Range(0, count).Select(i => Inc(i))];

    private static object Profiled() => Delayed.Compute(Independent(Million), new ComputeOptions { Profile = new RunProfile() }).Length;

    private static object Told() => Delayed.Compute(Independent(Million), new ComputeOptions { Events = new RunEvents() }).Length;

    private static Func<object> Picture(Setting setting)
    {
        Delayed<long> tree = Tree(100_000);
        return () => new FileInfo(tree.Visualize(Path.Combine(setting.Data, "tree.svg"))).Length;
    }
}
