namespace Tessera.Bench;

/// <summary>Graphs of calls that do next to nothing, so that what is measured is the graph.</summary>
internal static class DelayedCalls
{
    private static readonly DelayedFunction<long, long> Inc = Delayed.Function((long n) => n + 1, "inc");
    private static readonly DelayedFunction<long, long, long> Add = Delayed.Function((long a, long b) => a + b, "add");
    private static readonly DelayedFunction<IReadOnlyList<long>, long> Sum = Delayed.Function((IReadOnlyList<long> parts) => parts.Sum(), "sum");

    public static Delayed<long> Example() => Add(Inc(1), Inc(2));

    /// <summary>Leaves, and sums of ten until one is left.</summary>
    public static Delayed<long> Tree(int leaves)
    {
        Delayed<long>[] level = Independent(leaves);
        while (level.Length > 1)
            level = [.. level.Chunk(10).Select(part => Sum(Delayed.WhenAll(part)))];
        return level[0];
    }

    public static Delayed<long> Chain(int length)
    {
        Delayed<long> value = 0L;
        for (int i = 0; i < length; i++)
            value = Inc(value);
        return value;
    }

    public static Delayed<long>[] Independent(int count) => [.. Enumerable.Range(0, count).Select(i => Inc(i))];
}
