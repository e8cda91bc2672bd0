namespace Tessera.Bench;

/// <summary>Ten control and ten treatment stacks of camera counts, in one HDF5 file for each way to store them, and what is done with them.</summary>
internal static class Hdf5Sets
{
    private const int Sets = 10, Frames = 50, Size = 1024;
    private const string Control = "Control", Treatment = "Treatment";

    private static readonly Shape Chunk = [10, 128, 128];

    private static readonly Dictionary<string, Hdf5SaveOptions> Kinds = new()
    {
        ["contiguous"] = new() { Contiguous = true },
        ["chunked"] = new() { StorageChunks = Chunk },
        ["gzip"] = new() { StorageChunks = Chunk, Shuffle = true, Compression = Hdf5Compression.Gzip, Level = 4 },
        ["lzf"] = new() { StorageChunks = Chunk, Shuffle = true, Compression = Hdf5Compression.Lzf },
    };

    public static IReadOnlyList<Case> Cases { get; } =
    [
        new("hdf5-open", "18 experiments of an HDF5 file opened lazily", setting => () => Open(PathOf(setting.Data, "contiguous")), "dask") { Files = Write },
        Reading("contiguous", "contiguous", "dask") with { Limit = Limit.ReadHdf5 },
        Reading("chunked", "chunks (10, 128, 128)", "dask"),
        Reading("gzip", "chunks (10, 128, 128), shuffle and gzip 4", "dask", Worker.OneWorker),
        Reading("lzf", "chunks (10, 128, 128), shuffle and lzf", "dask", Worker.OneWorker),
        new("hdf5-write", "4.2 GB written with shuffle and gzip 1, chunks (10, 128, 128)", setting => Writing(setting.Data), "h5py")
        {
            Files = Write,
            Tolerance = null,
        },
    ];

    public static string Folder(string data, string kind) => Path.Combine(data, $"hdf5_{kind}");

    /// <summary>Writes the files that aren't there: drifting spots with shot noise.</summary>
    private static void Write(string data)
    {
        foreach ((string kind, Hdf5SaveOptions options) in Kinds)
        {
            string path = PathOf(data, kind);
            if (File.Exists(path))
                continue;
            Console.Error.WriteLine($"Writing {path} …");
            Directory.CreateDirectory(Folder(data, kind));
            using Hdf5File file = Hdf5File.Create(path);
            foreach (string group in (string[])[Control, Treatment])
            {
                for (int set = 1; set <= Sets; set++)
                    file.Save($"/{group}/Experiment {set}", Movie(group == Control ? set : 100 + set), options);
            }

            file.Commit();
        }
    }

    private static Case Reading(string kind, string what, params string[] peers)
    {
        string difference = $"20 sets of (50, 1024, 1024) float, 4.2 GB: difference of the mean stacks, {what}";
        return new($"hdf5-{kind}", difference, setting => () => Difference(PathOf(setting.Data, kind), setting.Options), peers)
        {
            Files = Write,
            Tolerance = Case.SinglePrecision,
        };
    }

    private static string PathOf(string data, string kind) => Path.Combine(Folder(data, kind), "experiments.h5");

    private static ChunkedArray<float> Movie(int seed)
    {
        ChunkedArray<float> noise = new ChunkedRandom(seed).Normal<float>([Frames, Size, Size]);
        ChunkedArray<float> frame = ChunkedArray.Arange<float>(Frames)[Slice.All, Slice.NewAxis, Slice.NewAxis], x = ChunkedArray.Arange<float>(Size), y = x[Slice.All, Slice.NewAxis];
        ChunkedArray<float> photons = 20f;
        for (int spot = 0; spot < 12; spot++)
        {
            float at = Size * (0.5f + (0.35f * MathF.Cos(seed + spot))), down = Size * (0.5f + (0.35f * MathF.Sin((2 * seed) + (3 * spot))));
            ChunkedArray<float> dx = (x - at - (frame * MathF.Cos(spot))) / 10f, dy = (y - down - (frame * MathF.Sin(spot))) / 10f;
            photons += 100f * (-(dx * dx) / 2f).Exp() * (-(dy * dy) / 2f).Exp();
        }

        return (photons + (photons.Sqrt() * noise * 0.5f)).Clip(0f, 65535f).Round();
    }

    private static long Open(string path)
    {
        using Hdf5File file = Hdf5File.Open(path);
        return Enumerable.Range(1, 9).Sum(i => file.Array<float>($"/{Control}/Experiment {i}").Length + file.Array<float>($"/{Treatment}/Experiment {i}").Length);
    }

    private static float Difference(string path, ComputeOptions options)
    {
        using Hdf5File file = Hdf5File.Open(path);
        ChunkedArray<double> Mean(string group) => ChunkedArray.Stack(
            Enumerable.Range(1, Sets).Select(i => file.Array<float>($"/{group}/Experiment {i}", chunks: [10, 128, 128])), axis: 0).Mean(axis: 0);
        return (Mean(Control) - Mean(Treatment)).Cast<float>().Compute(options)[25, 500, 500];
    }

    /// <summary>A thousand frames, twenty times the same fifty, which lie in memory.</summary>
    private static Func<object> Writing(string data)
    {
        ChunkedArray<float> frames;
        using (Hdf5File file = Hdf5File.Open(PathOf(data, "contiguous")))
            frames = file.Array<float>($"/{Control}/Experiment 1").Persist();
        ChunkedArray<float> array = ChunkedArray.Concatenate(Enumerable.Repeat(frames, 20), axis: 0);
        return () =>
        {
            string path = Path.Combine(data, "written.h5");
            array.SaveHdf5(path, "/frames", new Hdf5SaveOptions { StorageChunks = Chunk, Shuffle = true, Compression = Hdf5Compression.Gzip, Level = 1 });
            long bytes = new FileInfo(path).Length;
            File.Delete(path);
            return bytes;
        };
    }
}
