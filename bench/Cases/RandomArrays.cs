namespace Tessera.Bench;

/// <summary>Arrays of random numbers, which nobody holds in memory.</summary>
internal static class RandomArrays
{
    private static readonly ComputeOptions Small = new() { MemoryBudget = 512L << 20 };

    public static IReadOnlyList<Case> Cases { get; } =
    [
        new("random-build", "random 1000×1024×1024, `[.., ..10].Mean()`, building alone", _ => () => Cube()[.., ..10].Mean(), "dask")
        {
            Tolerance = null,
        },
        new("random-slice", "random 1000×1024×1024, `[.., ..10].Mean()`, build + compute", _ => () => Cube()[.., ..10].Mean().Compute(), "dask")
        {
            Tolerance = Case.OtherNumbers,
        },
        new("random-whole", "random 1000×1024×1024, whole: `Mean()`", _ => () => Cube().Mean().Compute(), "dask")
        {
            Tolerance = Case.OtherNumbers,
        },
        new("random-std-40gb", "`Std()` of 40 GB virtual random, 512 MB budget", _ => () => Squares(312).Std().Compute(Small), "dask")
        {
            Tolerance = Case.OtherNumbers,
        },
        new("two-pass-8gb", "`((x - x.Mean()) * (x - x.Mean())).Mean()`, 8 GB random, 512 MB budget", _ => TwoPasses, "dask")
        {
            Tolerance = Case.OtherNumbers,
        },
    ];

    private static ChunkedArray<int> Cube() => new ChunkedRandom(seed: 7).Integers(0, 255, shape: [1000, 1024, 1024], chunks: [100, 64, 64]);

    /// <summary>128 MB each.</summary>
    private static ChunkedArray<double> Squares(int count) => new ChunkedRandom(seed: 7).Uniform([count * 4000, 4000], chunks: [4000, 4000]);

    private static object TwoPasses()
    {
        ChunkedArray<double> x = Squares(62);
        return ((x - x.Mean()) * (x - x.Mean())).Mean().Compute(Small);
    }
}
