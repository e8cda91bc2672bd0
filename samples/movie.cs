#!/usr/bin/env dotnet
#:project ../src/Tessera.Tiff/Tessera.Tiff.csproj
#:property PublishAot=false
#:property Configuration=Release

// The main job: a microscopy movie of many TIFF frames, larger than one likes to hold in memory, reduced to three pictures.
//
//     dotnet run samples/movie.cs                              writes a synthetic movie first
//     dotnet run samples/movie.cs -- images/*.tif              your own frames, as files or as a pattern
//     dotnet run samples/movie.cs -- --frames 300 --size 2048  a larger synthetic movie
//     dotnet run samples/movie.cs -- --out folder              where pictures and frames go; "movie" when left out
using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using Tessera;

var options = new Dictionary<string, string> { ["--frames"] = "200", ["--size"] = "1024", ["--out"] = "movie" };
var files = new List<string>();
for (int i = 0; i < args.Length; i++)
{
    if (!args[i].StartsWith("--"))
        files.Add(args[i]);
    else if (options.ContainsKey(args[i]) && i + 1 < args.Length)
        options[args[i]] = args[++i];
    else
        return Fail($"'{args[i]}' isn't an option with a value. Usage: movie.cs [files or pattern] [{string.Join(" N] [", options.Keys)} FOLDER]");
}

string output = Path.GetFullPath(options["--out"]);
try
{
    if (files.Count == 0)
    {
        files.Add(Path.Combine(output, "frames", "image*.tif"));
        WriteSyntheticMovie(Path.Combine(output, "frames"), int.Parse(options["--frames"]), int.Parse(options["--size"]));
    }

    Reduce([.. files.SelectMany(ImageStack.Find)], output);
    return 0;
}
catch (Exception problem) when (problem is IOException or InvalidDataException or NotSupportedException or FormatException)
{
    return Fail(problem.Message);
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}

// The frames say what they are; opening reads headers alone.
static void Reduce(string[] files, string output)
{
    ElementType type;
    using (TiffFile first = TiffFile.Open(files[0]))
        type = first.Pages[0].ElementType;
    Action<string[], string> project = type switch
    {
        ElementType.Byte => Project<byte>,
        ElementType.UInt16 => Project<ushort>,
        ElementType.Int16 => Project<short>,
        ElementType.Int32 => Project<int>,
        ElementType.Single => Project<float>,
        ElementType.Double => Project<double>,
        _ => throw new NotSupportedException($"This sample has no use for frames of {type.Name}."),
    };
    project(files, output);
}

static void Project<T>(string[] files, string output)
    where T : unmanaged, INumber<T>
{
    var clock = Stopwatch.StartNew();
    ChunkedArray<T> movie = ImageStack.Open<T>(files);
    Console.WriteLine($"Opened {files[0]}{(files.Length > 1 ? $" and {files.Length - 1} more" : "")} in {clock.Elapsed.TotalMilliseconds:F0} ms:");
    Console.WriteLine(movie);
    Console.WriteLine();

    // Cut otherwise, still without reading a pixel.
    int[] inFrame = [.. Enumerable.Range(1, movie.Rank - 1)];
    movie = movie.Rechunk(movie.Rank == 3 ? [10, 512, 512] : [10, 512, 512, AxisChunks.Whole]);

    var options = new ComputeOptions { Progress = new ConsoleProgress() };
    Directory.CreateDirectory(output);
    double[] brightness = [.. Timed("mean per frame", movie, () => movie.Mean(axes: inFrame).Compute(options))];
    Tensor<T> brightest = Timed("maximum projection", movie, () => movie.Max(axis: 0).Compute(options));
    Tensor<double> spread = Timed("standard deviation", movie, () => movie.Std(axis: 0).Compute(options));

    Console.WriteLine($"The frames' means go from {brightness.Min():F2} to {brightness.Max():F2}.");
    Png.WriteScaled(Path.Combine(output, "max.png"), brightest);
    Png.WriteScaled(Path.Combine(output, "std.png"), spread);
    Png.WriteScaled(Path.Combine(output, "first.png"), movie[0].Compute());
    Console.WriteLine($"Wrote max.png, std.png and first.png to {output}.");

    using Process self = Process.GetCurrentProcess();
    Console.WriteLine($"Peak memory of the process: {self.PeakWorkingSet64 / 1048576.0:F0} MiB, .NET itself included; the movie has {movie.Bytes / 1048576.0:F0} MiB.");
}

static TResult Timed<TResult, T>(string what, ChunkedArray<T> movie, Func<TResult> compute)
    where T : unmanaged
{
    Console.WriteLine(what);
    var clock = Stopwatch.StartNew();
    TResult result = compute();
    double seconds = clock.Elapsed.TotalSeconds;
    Console.WriteLine($"  {seconds:F3} s, {movie.Bytes / seconds / 1e9:F2} GB/s, {movie.Shape[0] / seconds:F0} frames/s");
    return result;
}

// Blobs that drift over a dim background, each frame with the shot noise of its photons. The same numbers on every run.
static void WriteSyntheticMovie(string folder, int frames, int size)
{
    if (Directory.Exists(folder) && Directory.GetFiles(folder, "image*.tif").Length == frames)
    {
        using TiffFile existing = TiffFile.Open(Directory.GetFiles(folder, "image*.tif")[0]);
        if (existing.Pages[0].Width == size)
        {
            Console.WriteLine($"Using the {frames} frames in {folder}.");
            return;
        }
    }

    Console.WriteLine($"Writing {frames} synthetic frames of {size} × {size} to {folder} …");
    if (Directory.Exists(folder))
        Directory.Delete(folder, recursive: true);
    Directory.CreateDirectory(folder);
    var noise = new ChunkedRandom(seed: 7);
    ChunkedArray<float> shot = noise.Normal<float>([frames, size, size], chunks: [1, size, size]);
    ChunkedArray<float> column = ChunkedArray.Arange<float>(size), row = column[Slice.All, Slice.NewAxis];
    var progress = new ConsoleProgress();
    Parallel.For(0, frames, frame =>
    {
        ChunkedArray<float> photons = 12f;
        for (int blob = 0; blob < 8; blob++)
        {
            float angle = (0.02f * frame * (1 + (blob % 3))) + blob;
            float x = size * (0.5f + (0.05f * blob * MathF.Cos(angle))), y = size * (0.5f + (0.05f * blob * MathF.Sin(angle)));
            float width = size * (0.008f + (0.002f * blob));
            ChunkedArray<float> across = (column - x) / width, down = (row - y) / width;
            photons += 110f * (-(across * across) / 2f).Exp() * (-(down * down) / 2f).Exp();
        }

        // Many photons are as good as normally distributed, with a variance of their mean.
        ChunkedArray<float> seen = photons + (photons.Sqrt() * shot[frame]);
        seen.Clip(0f, 255f).Round().Cast<byte>().SaveTiff(Path.Combine(folder, $"image{frame:D5}.tif"), compute: new ComputeOptions { Scheduler = Schedulers.Serial });
    });
}
