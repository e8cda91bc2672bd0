namespace Tessera.Bench;

/// <summary>One thing that is measured.</summary>
/// <param name="Name">On the command line, and in peers.py.</param>
/// <param name="What">In the table.</param>
/// <param name="Peers">Who else does it: contenders of peers.py, "limit", this machine's own limit measured in C#, and "one-worker", Tessera on one thread.</param>
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
        new("delayed-build", "delayed inc, inc, add: building", ["dask"]),
        new("delayed-tree-build", "100,000 delayed calls and a tree of sums by ten: building", ["dask"], MostRuns: 5),
        new("delayed-tree", "… building and computing", ["dask"], MostRuns: 5),
        new("delayed-chain-build", "a chain of 10,000 delayed calls: building", ["dask"], MostRuns: 3),
        new("delayed-chain", "… building and computing", ["dask"], MostRuns: 3),
        new("delayed-chain-1m", "a chain of 1,000,000: building and computing", []),
        new("delayed-million-build", "1,000,000 independent delayed calls: building", []),
        new("delayed-million", "… building and computing", []),
        new("delayed-million-profile", "… with a profile", []),
        new("delayed-picture", "the tree of 100,000 drawn as SVG, by steps", []),
        new("pool-sleep-threads", "four calls that wait 1 s, pool of four threads, its start included", ["python"], MostRuns: 5),
        new("pool-sleep-processes", "… pool of four processes, its start included", ["python", "python-spawn"], MostRuns: 5),
        new("pool-threads", "1,000,000 trivial calls, two threads", ["python"], MostRuns: 7),
        new("pool-threads-1", "… chunks of 1", ["python"], MostRuns: 5),
        new("pool-processes", "1,000,000 trivial calls, two processes", ["python"]),
        new("pool-processes-1", "100,000, chunks of 1", ["python"], MostRuns: 5),
        new("pool-arrays", "64 arrays of 16 MiB to two processes and back", ["python"], MostRuns: 5),
        new("hdf5-open", "18 experiments of an HDF5 file opened lazily", ["dask"]),
        new("hdf5-contiguous", "20 sets of (50, 1024, 1024) float, 4.2 GB: difference of the mean stacks, contiguous", ["dask", "limit-read-hdf5"]),
        new("hdf5-chunked", "… chunks (10, 128, 128)", ["dask"]),
        new("hdf5-gzip", "… the same with shuffle and gzip 4", ["dask", "one-worker"], MostRuns: 5),
        new("hdf5-lzf", "… with shuffle and lzf", ["dask", "one-worker"], MostRuns: 5),
        new("hdf5-write", "4.2 GB written with shuffle and gzip 1, chunks (10, 128, 128)", ["h5py"], MostRuns: 5),
        new("deflate-max", "300 TIFF frames 2048², Deflate: `Max(axis: 0)`", ["dask"], MostRuns: 3),
    ];
}
