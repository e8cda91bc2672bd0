namespace Tessera;

/// <summary>How a computation is to run. What is left out has a good default.</summary>
public sealed record ComputeOptions
{
    internal static ComputeOptions Default { get; } = new();

    /// <summary>Where tasks run: <see cref="Schedulers.Default"/>, all cores of this machine, unless set. The answer has the same bits on every scheduler.</summary>
    /// <exception cref="ArgumentNullException">Null was set.</exception>
    public Scheduler Scheduler
    {
        get;
        init => field = value ?? throw new ArgumentNullException(
            nameof(Scheduler), "Null was set as the scheduler; leave it out for Schedulers.Default, or take another one of Schedulers.");
    } = Schedulers.Default;

    /// <summary>
    /// Bytes of memory that the computation may take at a time for blocks, working memory and its result; half of the memory that the process may use
    /// unless set. Tasks wait rather than go over it, and a computation that can't keep to it is refused before it starts. Computations that run at the same
    /// time share half of the memory, or the largest of their budgets if that is more; those that began later wait.
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

    /// <summary>
    /// Hears how far the computation is, some ten times a second and at its end; <see cref="ConsoleProgress"/> draws a bar. It is called on a thread of its
    /// own: the computation doesn't wait for it, but for some seconds at the end, so that the last report is heard before the result is there. One that
    /// throws is called no more, which is told as a <see cref="Warning"/>.
    /// </summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Records when each task ran, and on which worker: where the time went.</summary>
    public RunProfile? Profile { get; init; }

    /// <summary>Is told what happens, task by task: a stream of events that can be read while the computation runs.</summary>
    public RunEvents? Events { get; init; }

    /// <summary>
    /// Hears what is worth knowing but no error: once a process, that it was built not to compile kernels and is several times slower for it; and that
    /// <see cref="Progress"/> failed. Written to the console's error stream unless set.
    /// </summary>
    public Action<string>? Warning { get; init; }

    /// <summary>Stops the computation: no further task begins, and running ones end at their next tile.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>False to compute the expression as it was written; for tests.</summary>
    internal bool Optimize { get; init; } = true;

    /// <summary>What the runs of the process share; another one for tests.</summary>
    internal Memory.MemoryLedger Ledger { get; init; } = Memory.MemoryLedger.Shared;

    /// <summary>That of the run around this one, which it shares; null for a run that a caller asked for.</summary>
    internal Memory.RunMemory? SharedMemory { get; init; }

    /// <summary>The number of the run around this one, if it tells events.</summary>
    internal long? Around { get; init; }

    /// <summary>Says what <see cref="Warning"/> is there for.</summary>
    internal void Tell(string warning)
    {
        try
        {
            (Warning ?? Console.Error.WriteLine)(warning);
        }
        catch (Exception)
        {
            // Whoever takes the warning failed; the computation doesn't.
        }
    }

    /// <summary>Begins a computation: gives the time, unless it is cancelled already.</summary>
    internal long Begin()
    {
        Cancellation.ThrowIfCancellationRequested();
        return TimeProvider.System.GetTimestamp();
    }

    internal long BudgetBytes => MemoryBudget ?? Memory.MachineMemory.TotalBytes / 2;
}
