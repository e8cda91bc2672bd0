using System.Diagnostics;
using System.Globalization;

namespace Tessera.Bench;

/// <summary>Tessera's side of a case, or a limit of the machine: runs it once for every line it reads. What it writes is said in <see cref="Contender"/>.</summary>
internal static class Worker
{
    public const string Tessera = "Tessera";

    /// <summary>Tessera on one thread.</summary>
    public const string OneWorker = "one-worker";

    public static int Serve(string work, string contender, string data)
    {
        try
        {
            Func<object> run = Prepare(work, contender, data);
            Console.WriteLine("ready");
            while (Console.ReadLine() is not null)
            {
                string ran = RunOnce(run);

                // What this run left isn't the next one's memory. And before the answer, after which it is another contender's turn.
                GC.Collect();
                GC.WaitForPendingFinalizers();
                Console.WriteLine(ran);
            }

            return 0;
        }
        catch (Exception failure) // whatever it is, the table tells it
        {
            Console.Error.WriteLine(failure);
            Console.WriteLine($"failed {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    private static string RunOnce(Func<object> run)
    {
        var clock = Stopwatch.StartNew();
        object answer = run();
        double seconds = Statistics.Seconds(clock);
        using Process self = Process.GetCurrentProcess();
        double peak = self.PeakWorkingSet64 / 1e6;
        if (answer is Measured measured)
            (seconds, answer, peak) = (measured.Seconds, measured.Answer, measured.PeakMegabytes ?? peak);
        return string.Create(CultureInfo.InvariantCulture, $"ran {seconds:F9} {peak:F0} {answer}");
    }

    private static Func<object> Prepare(string work, string contender, string data)
    {
        if (Limit.All.FirstOrDefault(limit => limit.Name == work) is { } limit)
            return limit.Prepare(data);

        ComputeOptions options = contender == OneWorker ? new ComputeOptions { Scheduler = Schedulers.Threads(1) } : new ComputeOptions();
        return Case.All.Single(one => one.Name == work).Prepare(new Setting(data, options));
    }
}
