namespace Tessera.Bench;

/// <summary>Arrays of doubles that lie in memory.</summary>
internal static class InMemory
{
    private const int Rows = 16384, Columns = 8192;
    private const int TinyChunks = 1_000_000, TinyChunk = 8;

    public static IReadOnlyList<Case> Cases { get; } =
    [
        Of("sum", "`Sum()`", x => x.Sum().Compute(), "numexpr"),
        Of("fused", "`((x + 1) * 2 - x * x).Sum()`", x => (((x + 1) * 2) - (x * x)).Sum().Compute(), "numexpr"),
        Of("mean-axis0", "`Mean(axis: 0)`", x => x.Mean(axis: 0).Compute()[Case.Element]),
        Of("std-axis0", "`Std(axis: 0)`", x => x.Std(axis: 0).Compute()[Case.Element]),
        new("tiny-chunks", "8,000,000 doubles in memory, 1,000,000 chunks of 64 bytes: build + `Sum()`", _ => Tiny(), "dask") { Each = (TinyChunks, "chunk") },
    ];

    /// <summary>1 GiB of doubles spread evenly over [0, 1), the same that peers/arrays.py makes.</summary>
    public static double[,] Gibibyte()
    {
        const uint Golden = 2654435769; // 2^32 over the golden ratio
        const double Step = 1.0 / (1L << 32);
        var x = new double[Rows, Columns];
        uint n = 0;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                x[i, j] = unchecked(n++ * Golden) * Step;
        }

        return x;
    }

    private static Case Of(string name, string what, Func<ChunkedArray<double>, object> run, params string[] alsoPeers)
    {
        Func<object> Prepare(Setting setting)
        {
            ChunkedArray<double> x = ChunkedArray.From(Gibibyte(), chunks: [1024, 1024]);
            return () => run(x);
        }

        return new(name, $"1 GiB double in memory: {what}", Prepare, ["dask", "numpy", "numba", .. alsoPeers]) { Limit = Limit.Memory };
    }

    private static Func<object> Tiny()
    {
        double[] elements = [.. Enumerable.Range(0, TinyChunks * TinyChunk).Select(i => (double)(i % 1000))];
        return () => ChunkedArray.From(elements, chunks: [TinyChunk]).Sum().Compute();
    }
}
