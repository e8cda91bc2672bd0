namespace Tessera.Bench;

/// <summary>One thing that is measured.</summary>
/// <param name="Name">On the command line, and in peers.py.</param>
/// <param name="What">In the table.</param>
/// <param name="Peers">Who else does it: contenders of peers.py, and "limit", this machine's own limit measured in C#.</param>
/// <param name="MostRuns">Where a peer takes minutes, fewer runs than asked for.</param>
internal sealed record Case(string Name, string What, string[] Peers, int MostRuns = int.MaxValue)
{
    public static IReadOnlyList<Case> All { get; } =
    [
        new("random-build", "random 1000×1024×1024, `[.., ..10].Mean()`, building alone", ["dask"]),
        new("random-slice", "random 1000×1024×1024, `[.., ..10].Mean()`, build + compute", ["dask"]),
        new("random-whole", "the same, whole", ["dask"]),
        new("random-std-40gb", "`Std()` of 40 GB virtual random, 512 MB budget", ["dask"], MostRuns: 1),
        new("two-pass-8gb", "`((x - x.Mean()) * (x - x.Mean())).Mean()`, 8 GB random, 512 MB budget", ["dask"], MostRuns: 3),
        new("sum", "1 GiB double in memory: `Sum()`", ["dask", "numpy", "limit"]),
        new("fused", "… `((x + 1) * 2 - x * x).Sum()`", ["dask", "numpy", "limit"]),
        new("mean-axis0", "… `Mean(axis: 0)`", ["dask", "numpy", "limit"]),
        new("std-axis0", "… `Std(axis: 0)`", ["dask", "numpy", "limit"]),
        new("tiff-max", "300 TIFF frames 2048², uncompressed: `Max(axis: 0)`", ["dask", "limit-read"]),
        new("tiff-mean", "… mean per frame", ["dask"]),
        new("tiff-std", "… `Std(axis: 0)`, frames as chunks", ["dask"], MostRuns: 1),
        new("tiff-std-rechunked", "… `Std(axis: 0)`, Dask rechunked by hand", ["dask"], MostRuns: 3),
        new("deflate-max", "300 TIFF frames 2048², Deflate: `Max(axis: 0)`", ["dask"], MostRuns: 3),
    ];
}
