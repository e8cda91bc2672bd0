using Tessera.Pools;
using Tessera.Scheduling;

namespace Tessera;

/// <summary>The schedulers there are. All give the same results, bit for bit.</summary>
public static class Schedulers
{
    /// <summary>One task after another on the calling thread: the reference, and the one to debug with.</summary>
    public static Scheduler Serial { get; } = new SerialScheduler();

    private static readonly Scheduler AllCores = new ThreadScheduler(Environment.ProcessorCount);

    /// <summary>One worker for each core that this process may use.</summary>
    public static Scheduler Default { get; internal set; } = AllCores; // set by tests, to have all that they compute done elsewhere

    /// <summary>
    /// True in code that a computation calls as one of its tasks, on the thread that does it: a function, a source that is read, a sink that is written.
    /// Code that waits there for something that only another task can give waits for ever if the computation has no other thread.
    /// </summary>
    /// <remarks>
    /// Behind an <c>await</c> of an asynchronous function it is false, because from then on the function occupies no worker; and so it is in worker processes, which
    /// wait for nobody.
    /// </remarks>
    public static bool IsWithinTask => TaskThread.IsWithin;

    /// <summary>The calling thread and background threads of this process, shared with other computations.</summary>
    /// <param name="workers">
    /// How many, the calling thread included; all cores when left out. More than cores helps where tasks wait for disks or networks.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is less than 1.</exception>
    public static Scheduler Threads(int? workers = null)
    {
        if (workers is null)
            return AllCores;
        if (workers < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(workers), workers, $"{workers} workers were asked for. Give at least 1, or leave it out to use all cores.");
        }

        return new ThreadScheduler(workers.Value);
    }

    /// <summary>
    /// The worker processes of a pool: for functions and sources that crash, leak or aren't made for threads. Blocks pass through memory that the processes
    /// share; functions, sources and delayed values travel. Asynchronous functions, and what becomes of a value by <c>SelectMany</c>, run in this process.
    /// </summary>
    /// <param name="pool">A pool of processes. It may serve maps and other computations meanwhile, and must outlive the computation.</param>
    /// <exception cref="ArgumentException">It is a pool of threads.</exception>
    /// <remarks>
    /// A computation whose functions capture what can't travel, a stream say, ends with a <see cref="System.Runtime.Serialization.SerializationException"/> that
    /// names it before anything runs. What runs in this process may capture anything.
    /// </remarks>
    public static Scheduler Processes(WorkerPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return pool.Crew is ProcessCrew crew
            ? new ProcessScheduler(crew)
            : throw new ArgumentException($"The pool is {pool.Name}. Give one made by WorkerPool.Processes, or use Schedulers.Threads({pool.Workers}).", nameof(pool));
    }
}
