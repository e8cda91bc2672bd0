#:project ../src/Tessera/Tessera.csproj
#:property PublishAot=false

// The lecture's first half: a slow function called for several inputs, one after another, on threads, on processes, and waiting.
// dotnet run samples/pools.cs [-- --seconds S] [--workers N]
using System.Diagnostics;
using System.Globalization;
using Tessera;

double seconds = double.Parse(Option("--seconds") ?? "1", CultureInfo.InvariantCulture);
int workers = int.Parse(Option("--workers") ?? "4", CultureInfo.InvariantCulture);
int[] inputs = [.. Enumerable.Range(0, 4)];
var table = new List<(string How, double Seconds, string Results)>();

// The function that takes its time. It captures `seconds`, which travels with it to other processes.
int Slow(int n)
{
    Thread.Sleep(TimeSpan.FromSeconds(seconds));
    return n * n;
}

// 1. One after another.
Time("sequential", () => inputs.Select(Slow).ToArray());

// 2. In processes. The pool's start and end are included.
Time($"processes({workers})", () =>
{
    using WorkerPool pool = WorkerPool.Processes(workers);
    int[] squares = pool.Map(Slow, inputs);
    pool.Close();
    pool.Join();
    return squares;
});

// 3. On threads: one word is another.
Time($"threads({workers})", () =>
{
    using WorkerPool pool = WorkerPool.Threads(workers);
    int[] squares = pool.Map(Slow, inputs);
    pool.Close();
    pool.Join();
    return squares;
});

// 4. On one thread, where the calls wait instead of working: all wait at once.
Time("one thread, asynchronous", () =>
{
    using WorkerPool pool = WorkerPool.Threads(1);
    return pool.MapAsync(async (int n) =>
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        return n * n;
    }, inputs).Result;
});

Console.WriteLine($"{"how",-26}{"seconds",8}   results");
foreach ((string how, double took, string results) in table)
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{how,-26}{took,8:F2}   {results}"));

// A pool is used again and again; results come in the order of the inputs, or as they are done, and from sequences without an end.
using WorkerPool again = WorkerPool.Processes(2);
Console.WriteLine($"in order:   {string.Join(' ', again.Map((int n) => n * 10, Enumerable.Range(0, 8)))}");
Console.WriteLine($"as done:    {string.Join(' ', again.MapUnordered(SlowForFirst, Enumerable.Range(0, 8)))}");
Console.WriteLine($"endless:    {string.Join(' ', again.MapLazy((long n) => n * n, Naturals()).Take(8))}");
Console.WriteLine($"pairs:      {string.Join(' ', again.Map((int a, string b) => $"{a}{b}", Enumerable.Range(1, 3).Zip(["a", "b", "c"])))}");

// A failure says which input, and why; the pool goes on.
try
{
    again.Map((int n) => 100 / (n - 3), Enumerable.Range(0, 8));
}
catch (WorkerException failure)
{
    Console.WriteLine($"failed:     {failure.Message}");
}

// So does a worker that dies.
try
{
    again.Map(EndsItself, Enumerable.Range(0, 8));
}
catch (WorkerException failure)
{
    Console.WriteLine($"died:       {failure.Message}");
}

// What a worker writes comes here.
again.Apply((string text) => Console.WriteLine(text), "and this was written by a worker");
return 0;

static int SlowForFirst(int n)
{
    Thread.Sleep(n == 0 ? 200 : 5);
    return n;
}

static int EndsItself(int n)
{
    if (n == 5)
        Environment.Exit(42);
    return n;
}

static IEnumerable<long> Naturals()
{
    for (long n = 0; ; n++)
        yield return n;
}

void Time(string how, Func<int[]> run)
{
    var clock = Stopwatch.StartNew();
    int[] results = run();
    table.Add((how, clock.Elapsed.TotalSeconds, string.Join(' ', results)));
}

string? Option(string option) => Array.IndexOf(args, option) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;
