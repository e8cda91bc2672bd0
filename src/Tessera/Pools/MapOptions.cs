using Tessera.Diagnostics;

namespace Tessera;

/// <summary>How a function is mapped over inputs. What is left out has a good default.</summary>
public sealed record MapOptions
{
    internal static MapOptions Default { get; } = new();

    /// <summary>
    /// Inputs that a worker takes at a time. Chosen by how long they take, unless set: one where the function is slow, thousands where it is quick.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? ChunkSize
    {
        get;
        init => field = AtLeastOne(value, nameof(ChunkSize), "inputs at a time");
    }

    /// <summary>
    /// For lazy maps: inputs that are taken from the sequence beyond the results that the caller has consumed; so many inputs and results may be in memory.
    /// Four chunks a worker, unless set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? LookAhead
    {
        get;
        init => field = AtLeastOne(value, nameof(LookAhead), "inputs ahead");
    }

    /// <summary>For asynchronous functions: calls that are under way at a time, over all workers. 1,000 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? Concurrency
    {
        get;
        init => field = AtLeastOne(value, nameof(Concurrency), "calls at a time");
    }

    /// <summary>
    /// The time that the function may take for one input; then the map fails with a <see cref="TimeoutException"/> inside its <see cref="WorkerException"/>.
    /// A process is ended and replaced; a thread can't be, and is left behind while another one takes its place. Each input is then sent by itself.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public TimeSpan? Timeout
    {
        get;
        init => field = value is null || (value > TimeSpan.Zero && value.Value.TotalMilliseconds <= int.MaxValue)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Timeout), value, $"A function can't be given {value}; give a time above zero and below 24 days, or null for as long as it takes.");
    }

    /// <summary>How often an input is tried again whose worker process died under it. Once, unless set.
    /// Inputs of the same chunk that were done, and whose results died with the process, are done again and don't count. 0 for functions that must not run
    /// twice: each input is then sent by itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Retries
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Retries), value, $"An input can't be tried again {value} times; give 0 or more.");
    }
    = 1;

    /// <summary>Hears how many inputs are done, some ten times a second and at the end; <see cref="ConsoleProgress"/> draws a bar.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>
    /// Stops the map: no further input is begun, and once those under way are done the map ends with an <see cref="OperationCanceledException"/>.
    /// </summary>
    public CancellationToken Cancellation { get; init; }

    internal static TimeoutException TimedOut(TimeSpan time) => new($"It took longer than the {Duration.Format(time)} that MapOptions.Timeout allows.");

    private static int? AtLeastOne(int? value, string name, string what) => value is null or >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} was {value}: there must be 1 or more {what}. Leave it out, or null, for a good choice.");
}
