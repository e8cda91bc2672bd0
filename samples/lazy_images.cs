#:project ../src/Tessera.Tiff/Tessera.Tiff.csproj
#:property PublishAot=false

// Images loaded lazily by hand, as the lecture does it: one delayed read per file, stacked into one array, rechunked, computed.
// dotnet run samples/lazy_images.cs [-- GLOB] [--frames N] [--size PIXELS] [--out FOLDER]
// ImageStack.Open(GLOB) does the same with less work for you and for the machine; this shows what is underneath.
using System.Diagnostics;
using System.Globalization;
using Tessera;

int frames = int.Parse(Option("--frames") ?? "1500", CultureInfo.InvariantCulture);
int size = int.Parse(Option("--size") ?? "256", CultureInfo.InvariantCulture);
string folder = Option("--out") ?? "out/lazy_images";
Directory.CreateDirectory(folder);
string? glob = args.Length > 0 && !args[0].StartsWith("--") ? args[0] : null;
if (glob is null)
{
    glob = Path.Combine(folder, "images", "image*.tif");
    WriteFrames(Path.GetDirectoryName(glob)!);
}

// The names of the files, in order; the first one's header says what all of them are.
string[] names = Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(glob))!, Path.GetFileName(glob)).Order().ToArray();
if (names.Length == 0)
{
    Console.Error.WriteLine($"No file fits {glob}.");
    return 1;
}

var sample = Tiff.Read<byte>(names[0]);
Shape shape = [.. sample.Lengths.ToArray().Select(length => (long)length)];

// One delayed read a file, and an array over each: nothing is read.
var clock = Stopwatch.StartNew();
var imread = Delayed.Function((string path) => Tiff.Read<byte>(path), "imread");
var images = names.Select(name => ChunkedArray.FromDelayed(imread(name), shape));
ChunkedArray<byte> stack = ChunkedArray.Stack(images, axis: 0);
Console.WriteLine($"{names.Length} images stacked in {clock.Elapsed.TotalMilliseconds:F0} ms:");
Console.WriteLine(stack);

// Chunks of many frames and a part of each.
ChunkedArray<byte> rechunked = stack.Rechunk([Math.Min(10, names.Length), Math.Max(1, shape[0] / 2), Math.Max(1, shape[1] / 2)]);
Console.WriteLine($"rechunked:\n{rechunked}");

// A slice reads the files that it needs.
clock.Restart();
Console.WriteLine($"the mean of one image: {rechunked[names.Length / 2].Mean().Compute():F2}, {clock.Elapsed.TotalMilliseconds:F0} ms");

// All of them, each file once, a few in memory at a time.
clock.Restart();
var options = new ComputeOptions { MemoryBudget = 512L << 20, Progress = new ConsoleProgress() };
Png.Write(Path.Combine(folder, "max.png"), rechunked.Max(axis: 0).Compute(options));
Console.WriteLine($"the maximum over all: {clock.Elapsed.TotalSeconds:F2} s");
Console.WriteLine($"Drawn in {rechunked.Max(axis: 0).Visualize(Path.Combine(folder, "max.svg"))}");
using Process self = Process.GetCurrentProcess();
Console.WriteLine($"Peak memory of the process: {self.PeakWorkingSet64 >> 20} MiB; the images have {stack.Bytes >> 20} MiB.");
return 0;

// A bright spot goes round over noise; every frame is the same in every run.
void WriteFrames(string images)
{
    Directory.CreateDirectory(images);
    var random = new ChunkedRandom(seed: 8);
    ChunkedArray<byte> noise = random.Integers<byte>(0, 40, [frames, size, size]);
    ChunkedArray<double> row = ChunkedArray.Arange((double)size).Reshape(size, 1), column = ChunkedArray.Arange((double)size);
    Parallel.For(0, frames, i =>
    {
        double angle = 2 * Math.PI * i / frames, y = size * (0.5 + (0.3 * Math.Sin(angle))), x = size * (0.5 + (0.3 * Math.Cos(angle)));
        ChunkedArray<double> distance = ((row - y).Square() + (column - x).Square()) / (size * 0.8);
        ChunkedArray<double> spot = (-distance).Exp() * 200;
        (noise[i].Cast<double>() + spot).Cast<byte>().SaveTiff(Path.Combine(images, $"image{i:D5}.tif"));
    });
    Console.WriteLine($"Wrote {frames} images of {size} × {size} to {images}.");
}

string? Option(string option) => Array.IndexOf(args, option) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;
