#:project ../src/Tessera.Hdf5/Tessera.Hdf5.csproj
#:project ../src/Tessera.Tiff/Tessera.Tiff.csproj
#:property PublishAot=false

// An HDF5 file with nine experiments of two groups, Control and Treatment: opened in milliseconds, read in parallel when needed. Where do they differ?
// dotnet run samples/experiments.cs [-- FILE.h5] [--frames N] [--size PIXELS] [--out FOLDER]
// The file is made if it isn't there. Writing needs the HDF5 library (Debian, Ubuntu: apt install hdf5-tools), so this sample does; reading needs nothing.
using System.Diagnostics;
using System.Globalization;
using Tessera;

const int Experiments = 9;
int frames = int.Parse(Option("--frames") ?? "20", CultureInfo.InvariantCulture);
int size = int.Parse(Option("--size") ?? "256", CultureInfo.InvariantCulture);
string folder = Option("--out") ?? "out/experiments";
Directory.CreateDirectory(folder);
string path = args.Length > 0 && !args[0].StartsWith("--") ? args[0] : Path.Combine(folder, "experiments.h5");
if (!File.Exists(path))
    MakeExperiments(path);

// Opening reads the first bytes of the file, and of each dataset what it says about itself.
var clock = Stopwatch.StartNew();
using Hdf5File file = Hdf5File.Open(path);
foreach (Hdf5Object item in file.Root.Descendants())
    Console.WriteLine($"  {item}");
ChunkedArray<float> control = All("Control"), treatment = All("Treatment");
Console.WriteLine($"{2 * Experiments} experiments opened in {clock.Elapsed.TotalMilliseconds:F0} ms:");
Console.WriteLine(treatment);

// A picture of each experiment, their mean and variance in each group, and from these Welch's t for every pixel. Nothing is read yet.
ChunkedArray<double> controlImages = control.Mean(axis: 1), treatmentImages = treatment.Mean(axis: 1);
ChunkedArray<double> difference = treatmentImages.Mean(axis: 0) - controlImages.Mean(axis: 0);
ChunkedArray<double> t = difference / ((treatmentImages.Var(axis: 0, ddof: 1) + controlImages.Var(axis: 0, ddof: 1)) / Experiments).Sqrt();

// Both are computed into one file, in one run.
clock.Restart();
string summary = Path.Combine(folder, "summary.h5");
using (Hdf5File results = Hdf5File.Create(summary))
{
    var unit = new Dictionary<string, object> { ["unit"] = "counts", ["experiments"] = Experiments };
    var options = new Hdf5SaveOptions { Compression = Hdf5Compression.Gzip, Shuffle = true };
    results.Save([Hdf5Output.Of("/difference", difference, options with { Attributes = unit }), Hdf5Output.Of("/t", t, options)], new ComputeOptions { Progress = new ConsoleProgress() });
    results.Commit();
}

Console.WriteLine($"Means, variances and t of {(control.Bytes + treatment.Bytes) >> 20} MiB: {clock.Elapsed.TotalSeconds:F2} s, in {summary}.");

// And looked at.
using Hdf5File saved = Hdf5File.Open(summary);
Png.WriteScaled(Path.Combine(folder, "difference.png"), saved.Dataset("/difference").Read<double>());
Png.WriteScaled(Path.Combine(folder, "t.png"), saved.Dataset("/t").Read<double>(), (-10, 10));
Console.WriteLine($"The largest difference is {saved.Array<double>("/difference").Max().Compute():F1} {saved.Dataset("/difference").Attributes["unit"].Read<string>()}, the largest t {saved.Array<double>("/t").Max().Compute():F1}.");
Console.WriteLine($"Pictures in {folder}: difference.png, t.png (black is -10, white 10).");

ChunkedArray<float> All(string group) =>
    ChunkedArray.Stack(Enumerable.Range(1, Experiments).Select(i => file.Array<float>($"/{group}/Experiment {i}")), axis: 0);

// Cells of equal brightness; treatment makes those in the middle brighter. Every run makes the same file.
void MakeExperiments(string to)
{
    Console.WriteLine($"Making {to} …");
    ChunkedArray<float> x = ChunkedArray.Linspace(-1, 1, size).Cast<float>(), y = x[Slice.All, Slice.NewAxis];
    ChunkedArray<float> cells = ((x * 20f).Cos() + (y * 20f).Cos()).Clip(0.5f, 2f) * 40f;
    ChunkedArray<float> middle = (-((x * x) + (y * y)) * 8f).Exp();
    using Hdf5File made = Hdf5File.Create(to);
    var options = new Hdf5SaveOptions { Compression = Hdf5Compression.Gzip, Level = 1, Shuffle = true, StorageChunks = [Math.Min(10, frames), Math.Min(128, size), Math.Min(128, size)] };
    made.Save(
        from i in Enumerable.Range(0, 2 * Experiments)
        let part = i < Experiments ? "Control" : "Treatment"
        let light = 20f + cells + (i < Experiments ? 0f * middle : 8f * middle)
        let noise = new ChunkedRandom(seed: i).Normal<float>([frames, size, size])
        select Hdf5Output.Of($"/{part}/Experiment {(i % Experiments) + 1}", (light + (noise * light.Sqrt())).Round(), options));
    made.SetAttribute("/Treatment", "dose", 1.5);
    made.Commit();
}

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;
