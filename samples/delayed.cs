#:project ../src/Tessera/Tessera.csproj
#:property PublishAot=false

// The lecture's second half: functions that are called later, the graph that they make, its picture, and what happens when it runs.
// dotnet run samples/delayed.cs [-- --seconds S] [--out FOLDER]
using System.Diagnostics;
using Tessera;

double seconds = double.Parse(Option("--seconds") ?? "1", System.Globalization.CultureInfo.InvariantCulture);
string folder = Option("--out") ?? "out/delayed";
Directory.CreateDirectory(folder);
var clock = new Stopwatch();

// A function that takes its time. Called as it is, three calls take three times that.
int Inc(int n)
{
    Thread.Sleep(TimeSpan.FromSeconds(seconds));
    return n + 1;
}

int Add(int a, int b)
{
    Thread.Sleep(TimeSpan.FromSeconds(seconds));
    return a + b;
}

clock.Restart();
int direct = Add(Inc(1), Inc(2));
Console.WriteLine($"called:    {direct} after {clock.Elapsed.TotalSeconds:F2} s");

// Delayed: the calls are written down at once; the two that don't need each other run at the same time.
var inc = Delayed.Function((int n) => Inc(n), "inc");
var add = Delayed.Function((int a, int b) => Add(a, b), "add");
_ = add(inc(0), 0); // the first calls of all are compiled
clock.Restart();
Delayed<int> z = add(inc(1), inc(2));
double writing = clock.Elapsed.TotalMilliseconds;
Console.WriteLine($"delayed:   {z} (written down in {writing:F3} ms)");
clock.Restart();
Console.WriteLine($"computed:  {z.Compute()} after {clock.Elapsed.TotalSeconds:F2} s");

// The graph: to be read, explained and drawn.
Console.WriteLine($"\n{z.Graph()}\n{z.Explain()}");
Console.WriteLine($"Drawn in {z.Visualize(Path.Combine(folder, "add.svg"))}");

// A loop makes a larger one. The total needs all of them: WhenAll makes one delayed list of many delayed values.
var total = Delayed.Function((IReadOnlyList<int> parts) => parts.Sum(), "total");
Delayed<int> sum = total(Delayed.WhenAll(Enumerable.Range(0, 10).Select(i => inc(i))));
var profile = new RunProfile();
var options = new ComputeOptions { Scheduler = Schedulers.Threads(10), Profile = profile, Progress = new ConsoleProgress() };
clock.Restart();
Console.WriteLine($"\nthe sum of ten: {sum.Compute(options)} after {clock.Elapsed.TotalSeconds:F2} s with ten workers");
Console.WriteLine($"Drawn, coloured by time, in {profile.Visualize(Path.Combine(folder, "sum.svg"))}");

// Functions that wait rather than work need no threads: ten thousand wait together.
var wait = Delayed.Function(
    async (int n, CancellationToken stop) =>
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), stop);
        return n;
    },
    "wait");
clock.Restart();
int[] waited = await Delayed.ComputeAsync(Enumerable.Range(0, 10_000).Select(i => wait(i, Delayed.Cancellation)));
Console.WriteLine($"\n{waited.Length} calls that wait {seconds} s each: {clock.Elapsed.TotalSeconds:F2} s");

// What two results share is computed once when they are computed together. In query syntax, as LINQ has it:
Delayed<int> shared = inc(41);
Delayed<string> text = from n in shared select $"the answer is {n}";
(int answer, string told) = Delayed.Compute(shared, text);
Console.WriteLine($"\n{answer}: {told}");

// A call that fails says which it was.
var load = Delayed.Function((string name) => name == "frame7.tif" ? throw new FileNotFoundException("It is gone.") : name.Length, "load");
try
{
    Delayed.Compute(Enumerable.Range(0, 10).Select(i => load($"frame{i}.tif")));
}
catch (ComputationException error)
{
    Console.WriteLine($"\n{error.Message}\n  because of a {error.InnerException!.GetType().Name}");
}

string? Option(string option) => Array.IndexOf(args, option) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;
