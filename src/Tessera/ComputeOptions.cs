namespace Tessera;

/// <summary>How a computation is to run. What is left out has a good default.</summary>
public sealed record ComputeOptions
{
    internal static ComputeOptions Default { get; } = new();

    /// <summary>Where tasks run: <see cref="Schedulers.Default"/>, all cores of this machine, unless set. The answer has the same bits on every scheduler.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Scheduler Scheduler
    {
        get;
        init => field = value
            ?? throw new ArgumentNullException(nameof(Scheduler), "The scheduler is null. Give one of Schedulers, or leave it out for all cores of this machine.");
    }
    = Schedulers.Default;

    /// <summary>
    /// Bytes of blocks and working memory that the computation may hold at a time, its result included; half of the memory that the process may use
    /// unless set. Tasks wait rather than go over it, and a computation that can't keep to it is refused before it starts.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The budget is 0 or less.</exception>
    public long? MemoryBudget
    {
        get;
        init => field = value is null or > 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MemoryBudget), $"A memory budget of {value} bytes was set; it must be 1 or more. Leave it out, or null, for half of the memory that the process may use.");
    }

    /// <summary>Hears how far the computation is, some ten times a second and at its end; <see cref="ConsoleProgress"/> draws a bar.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Records when each task ran, and on which worker: where the time went.</summary>
    public RunProfile? Profile { get; init; }

    /// <summary>Stops the computation: no further task begins, and running ones end at their next tile.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>False to compute the expression as it was written; for tests.</summary>
    internal bool Optimize { get; init; } = true;

    /// <summary>Of the run around this one, whose memory it shares.</summary>
    internal Memory.MemoryBudget? SharedBudget { get; init; }

    /// <summary>Before a computation is planned.</summary>
    internal void Begin()
    {
        Cancellation.ThrowIfCancellationRequested();
        Profile?.BeginPlanning();
    }

    internal long BudgetBytes => MemoryBudget ?? Memory.MachineMemory.TotalBytes / 2;
}
