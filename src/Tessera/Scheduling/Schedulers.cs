using Tessera.Scheduling;

namespace Tessera;

/// <summary>The schedulers there are. All give the same results, bit for bit.</summary>
public static class Schedulers
{
    /// <summary>One task after another on the calling thread: the reference, and the one to debug with.</summary>
    public static Scheduler Serial { get; } = new SerialScheduler();

    /// <summary>One worker for each core that this process may use.</summary>
    public static Scheduler Default { get; } = new ThreadScheduler(Environment.ProcessorCount);

    /// <summary>The calling thread and background threads of this process, shared with other computations.</summary>
    /// <param name="workers">
    /// How many, the calling thread included; all cores when left out. More than cores helps where tasks wait for disks or networks.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is less than 1.</exception>
    public static Scheduler Threads(int? workers = null)
    {
        if (workers is null)
            return Default;
        if (workers < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(workers), workers, $"{workers} workers were asked for. Give at least 1, or leave it out to use all cores.");
        }

        return new ThreadScheduler(workers.Value);
    }
}
