using System.Diagnostics;
using System.Globalization;

namespace Tessera.Bench;

/// <summary>
/// A process that runs one case each time it reads a line. What it writes:
/// <code>
/// ready                        it has made its data
/// ran 0.0412 1128 0.5          a run: seconds, the most megabytes that it held so far, the answer
/// missing numexpr              it can't take part without that package
/// failed MemoryError: …        it can't go on
/// </code>
/// One that is missing, fails, dies or takes twenty minutes has a <see cref="Fault"/> from then on and runs no more; what it ran before stands.
/// </summary>
internal sealed class Contender : IDisposable
{
    private const int FewestWarmingUp = 3, MostWarmingUp = 20;

    /// <summary>The most that a run may take while the machine is calm, in shortest ones so far, those of warming up included.</summary>
    private const double MostOfShortest = 1.25;

    /// <summary>Seconds: shorter runs differ by more than a quarter on a calm machine, too, and aren't waited for.</summary>
    private const double LeastAwaited = 0.001;

    private static readonly TimeSpan Waking = TimeSpan.FromSeconds(0.25), MostWaking = TimeSpan.FromSeconds(3);

    /// <summary>For one run, or for making the data: six times what the slowest took.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly Process? _process;
    private readonly List<Run> _runs = [];
    private double _peak;
    private double _shortest = double.PositiveInfinity;
    private bool _isReady;

    private Contender(string name, Process? process, string? fault) => (Name, _process, Fault) = (name, process, fault);

    public string Name { get; }

    public string? Fault { get; private set; }

    /// <summary>What the last run answered.</summary>
    public string Answer { get; private set; } = "";

    public int RunCount => _runs.Count;

    /// <summary>Its last run took more than a second.</summary>
    public bool IsSlow { get; private set; }

    public static Contender Start(string name, ProcessStartInfo start) => new(name, Children.Start(start), fault: null);

    public static Contender LeftOut(string name, string fault)
    {
        Console.Error.WriteLine($"  {name} is left out: {fault}.");
        return new(name, process: null, fault);
    }

    /// <summary>
    /// Runs until a second has passed, twenty times at most and thrice at least where that doesn't take long, so that runtimes have compiled what they
    /// will. A run for which <paramref name="longest"/> seconds weren't enough counts: such a one shows little of warming up, and takes too long to be
    /// thrown away.
    /// </summary>
    public void WarmUp(double longest = double.PositiveInfinity)
    {
        double spent = 0;
        for (int run = 0; run < MostWarmingUp && (spent < 1 || (run < FewestWarmingUp && spent < 5)) && RunOnce() is { } seconds; run++)
        {
            bool counts = seconds > longest;
            Tell(seconds, counts ? "counted, for it is long" : "not counted");
            spent += seconds;
            if (counts)
                _runs.Add(new Run(Run.NoRound, seconds, Answer));
        }
    }

    /// <summary>Waits until it has made its data, so that this doesn't take time from others that run.</summary>
    public void AwaitReady()
    {
        if (!_isReady && Fault is null)
            _isReady = Ask(null) is not null;
    }

    /// <summary>
    /// Runs for a moment without counting, where a run is short: right after the turns of others, a single run takes longer and differs more from the
    /// next one. And on until the machine is calm, though not for long: on some virtual machines, all are slow for seconds after processes begin or
    /// give back memory.
    /// </summary>
    public void Wake()
    {
        double last = 0;
        for (var clock = Stopwatch.StartNew();
             Fault is null && !IsSlow && (clock.Elapsed < Waking || (IsDisturbed(last) && clock.Elapsed < MostWaking));)
        {
            last = RunOnce() ?? 0;
        }
    }

    private bool IsDisturbed(double seconds) => seconds > MostOfShortest * _shortest && _shortest >= LeastAwaited;

    /// <summary>A run that counts.</summary>
    public void RunIn(int round)
    {
        if (RunOnce() is not { } seconds)
            return;
        Tell(seconds, $"round {round + 1}");
        _runs.Add(new Run(round, seconds, Answer));
    }

    public Result ToResult() => new(Name, _runs, _peak, Fault);

    public void Dispose()
    {
        if (_process is not null)
            Children.Dismiss(_process);
    }

    private void Tell(double seconds, string what) =>
        Console.Error.WriteLine($"  {Name,-12} {Units.Time(seconds)}, {_peak:F0} MB: {Answer} ({what})");

    private double? RunOnce()
    {
        AwaitReady();
        if (Fault is not null || Ask("run") is not { } ran)
            return null;

        string[] fields = ran.Split(' ', 4);
        _peak = Math.Max(_peak, double.Parse(fields[2], CultureInfo.InvariantCulture));
        Answer = fields[3];
        double seconds = double.Parse(fields[1], CultureInfo.InvariantCulture);
        _shortest = Math.Min(_shortest, seconds);
        IsSlow = seconds > 1;
        return seconds;
    }

    /// <summary>Writes a line and reads the answer, null where the contender is out; what else it prints goes to our error output.</summary>
    private string? Ask(string? line)
    {
        try
        {
            if (line is not null)
            {
                _process!.StandardInput.WriteLine(line);
                _process.StandardInput.Flush();
            }
        }
        catch (IOException)
        {
            // It has died, which reading tells as well.
        }

        for (long asked = Stopwatch.GetTimestamp(); ;)
        {
            Task<string?> reading = _process!.StandardOutput.ReadLineAsync();
            TimeSpan left = Patience - Stopwatch.GetElapsedTime(asked);
            if (left <= TimeSpan.Zero || !reading.Wait(left))
            {
                Children.End(_process);
                return Leave(string.Create(CultureInfo.InvariantCulture, $"it took more than {Patience.TotalMinutes} minutes"));
            }

            if (reading.Result is not { } answer)
                return Leave("its process died");
            switch (answer.Split(' ')[0])
            {
                case "ready" or "ran": return answer;
                case "missing": return Leave($"the package {answer["missing ".Length..]} isn't installed");
                case "failed": return Leave(answer["failed ".Length..]);
                default:
                    Console.Error.WriteLine(answer);
                    break;
            }
        }
    }

    private string? Leave(string fault)
    {
        Fault = fault;
        Console.Error.WriteLine($"  {Name} is left out: {fault}.");
        return null;
    }
}
