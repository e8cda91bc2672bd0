using System.Diagnostics;
using System.Globalization;

namespace Tessera.Bench;

/// <summary>Tessera's side of a case, and the machine's limits: runs it once for every line it reads.</summary>
internal static class Worker
{
    /// <summary>Behind the name of a case: on one worker.</summary>
    public const string OnOne = "-on-one";

    private const long Budget = 512L << 20;

    public static void Serve(string name, string data)
    {
        Func<object> run = Prepare(name, data);
        while (Console.ReadLine() is not null)
        {
            var clock = Stopwatch.StartNew();
            object answer = run();
            double seconds = clock.Elapsed.TotalSeconds;
            using Process self = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:F9} {self.PeakWorkingSet64 / 1e6:F0} {answer}"));
            GC.Collect(); // results of earlier runs aren't this one's memory; Python frees them at once
        }
    }

    private static Func<object> Prepare(string name, string data)
    {
        if (name.StartsWith("pool-", StringComparison.Ordinal))
            return PoolCalls.Prepare(name);
        if (name.StartsWith("hdf5-", StringComparison.Ordinal))
            return Hdf5Sets.Prepare(name, data);
        switch (name)
        {
            case "random-build": return () => Random()[.., ..10].Mean();
            case "random-slice": return () => Random()[.., ..10].Mean().Compute();
            case "random-whole": return () => Random().Mean().Compute();
            case "random-std-40gb":
                return () => new ChunkedRandom(seed: 7).Uniform([312 * 4000, 4000], chunks: [4000, 4000]).Std().Compute(new ComputeOptions { MemoryBudget = Budget });
            case "two-pass-8gb":
                return () =>
                {
                    ChunkedArray<double> x = new ChunkedRandom(seed: 7).Uniform([62 * 4000, 4000], chunks: [4000, 4000]);
                    return ((x - x.Mean()) * (x - x.Mean())).Mean().Compute(new ComputeOptions { MemoryBudget = Budget });
                };
            case "delayed-build": return DelayedCalls.Example;
            case "delayed-tree-build": return () => DelayedCalls.Tree(100_000);
            case "delayed-tree": return () => DelayedCalls.Tree(100_000).Compute();
            case "delayed-chain-build": return () => DelayedCalls.Chain(10_000);
            case "delayed-chain": return () => DelayedCalls.Chain(10_000).Compute();
            case "delayed-chain-1m": return () => DelayedCalls.Chain(1_000_000).Compute();
            case "delayed-million-build": return () => DelayedCalls.Independent(1_000_000).Length;
            case "delayed-million": return () => Delayed.Compute(DelayedCalls.Independent(1_000_000)).Length;
            case "delayed-million-profile":
                return () => Delayed.Compute(DelayedCalls.Independent(1_000_000), new ComputeOptions { Profile = new RunProfile() }).Length;
            case "delayed-picture":
                Delayed<long> tree = DelayedCalls.Tree(100_000);
                return () => new FileInfo(tree.Visualize(Path.Combine(data, "tree.svg"))).Length;
            case "limit": return Limits.Sum(Limits.Gibibyte());
            case "limit-read": return Limits.ReadFiles(Datasets.Raw(data));
            case "limit-read-hdf5": return Limits.ReadFiles(Hdf5Sets.Folder(data, "contiguous"));
            case "tiff-max": return () => Frames(Datasets.Raw(data)).Max(axis: 0).Compute()[1000, 1000];
            case "tiff-mean": return () => Frames(Datasets.Raw(data)).Mean(axes: [1, 2]).Compute()[100];
            case "tiff-std" or "tiff-std-rechunked": return () => Frames(Datasets.Raw(data)).Std(axis: 0).Compute()[1000, 1000];
            case "deflate-max": return () => Frames(Datasets.Deflate(data)).Max(axis: 0).Compute()[1000, 1000];
        }

        ChunkedArray<double> x = ChunkedArray.From(Limits.Gibibyte(), chunks: [1024, 1024]);
        return name switch
        {
            "sum" => () => x.Sum().Compute(),
            "fused" => () => (((x + 1) * 2) - (x * x)).Sum().Compute(),
            "mean-axis0" => () => x.Mean(axis: 0).Compute()[100],
            "std-axis0" => () => x.Std(axis: 0).Compute()[100],
            _ => throw new ArgumentException($"No such case: {name}.", nameof(name)),
        };
    }

    private static ChunkedArray<int> Random() => new ChunkedRandom(seed: 7).Integers(0, 255, shape: [1000, 1024, 1024], chunks: [100, 64, 64]);

    private static ChunkedArray<byte> Frames(string folder) => ImageStack.Open<byte>(Path.Combine(folder, "*.tif"));
}
