using System.Diagnostics;
using System.Globalization;

namespace Tessera.Bench;

/// <summary>Seconds of each run of one contender, the most memory its process held, and the answer it gave.</summary>
internal sealed record Result(string Contender, double[] Seconds, double PeakMegabytes, string Answer)
{
    public double Median => Seconds.Order().ElementAt(Seconds.Length / 2);

    public double Fastest => Seconds.Min();

    public double Slowest => Seconds.Max();
}

/// <summary>Runs the contenders of a case in turn, each in a process of its own: runs not counted for a second or so, then A B C A B C …</summary>
internal static class Match
{
    public static IReadOnlyList<Result> Play(Case benchmark, string data, int runs)
    {
        runs = Math.Min(runs, benchmark.MostRuns);
        Datasets.Prepare(benchmark.Name, data);
        var contenders = new List<Contender> { Contender.Tessera(benchmark.Name, data) };
        contenders.AddRange(benchmark.Peers.Select(peer => Contender.Peer(benchmark.Name, peer, data)).OfType<Contender>());
        try
        {
            if (runs > 1)
                contenders.ForEach(WarmUp);
            var seconds = contenders.ConvertAll(_ => new List<double>());
            for (int run = 0; run < runs; run++)
            {
                for (int i = 0; i < contenders.Count; i++)
                    seconds[i].Add(contenders[i].Run());
            }

            return [.. contenders.Select((contender, i) => new Result(contender.Name, [.. seconds[i]], contender.Peak(), contender.Answer))];
        }
        finally
        {
            contenders.ForEach(contender => contender.Dispose());
        }
    }

    /// <summary>One run at least; short ones until a second has passed, so that runtimes have compiled what they will.</summary>
    private static void WarmUp(Contender contender)
    {
        double seconds = 0;
        for (int run = 0; run < 20 && seconds < 1; run++)
            seconds += contender.Run();
    }

    /// <summary>A process that runs one case each time it reads a line, and answers with seconds, peak memory and the result.</summary>
    private sealed class Contender(string name, Process process) : IDisposable
    {
        private double _peak;

        public string Name => name;

        public string Answer { get; private set; } = "";

        public static Contender Tessera(string benchmark, string data) => new("Tessera", Start(Environment.ProcessPath!, ["--worker", benchmark, data]));

        public static Contender? Peer(string benchmark, string peer, string data)
        {
            if (peer.StartsWith("limit"))
                return new(peer, Start(Environment.ProcessPath!, ["--worker", peer, data]));
            if (peer == "one-worker")
                return new(peer, Start(Environment.ProcessPath!, ["--worker", benchmark + Worker.OnOne, data]));

            string script = Path.Combine(AppContext.BaseDirectory, "peers.py");
            try
            {
                return new(peer, Start(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", [script, benchmark, peer, data]));
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Console.Error.WriteLine($"{peer} is left out: there is no python3.");
                return null;
            }
        }

        public double Run()
        {
            process.StandardInput.WriteLine("run");
            process.StandardInput.Flush();
            string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{name} ended without an answer; see its error output above.");
            string[] fields = line.Split(' ', 3);
            Console.Error.WriteLine($"  {name,-10} {line}");
            _peak = Math.Max(_peak, double.Parse(fields[1], CultureInfo.InvariantCulture));
            Answer = fields[2];
            return double.Parse(fields[0], CultureInfo.InvariantCulture);
        }

        public double Peak() => _peak;

        public void Dispose()
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(10_000))
                process.Kill();
            process.Dispose();
        }

        private static Process Start(string program, IEnumerable<string> arguments) => Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }
}
