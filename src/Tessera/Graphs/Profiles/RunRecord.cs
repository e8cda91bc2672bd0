using Tessera.Diagnostics;

namespace Tessera.Graphs;

/// <summary>
/// What a profile keeps of one run: a few timestamps a task, in flat arrays, so that a million tasks are recorded without allocating. Times are told
/// in ticks of <see cref="TimeSpan"/> from the beginning of the run, each rounded once, so that their differences add up.
/// </summary>
/// <example>
/// An asynchronous task: started 100, freed 130 (its worker goes on with others), finished 900. One that never waits has no time of being freed, as it is
/// that of its end; one that failed has no end.
/// </example>
internal sealed class RunRecord : RunObserver
{
    private readonly TimeProvider _time;
    private readonly long _asked;
    private readonly Func<long> _peakBytes;
    private readonly long[] _started, _freed, _finished; // by the clock; 0 while it has not
    private readonly int[] _workers;
    private long _began, _ended, _peak;

    /// <param name="graph">What runs.</param>
    /// <param name="scheduler">What it is called.</param>
    /// <param name="workers">What its workers are called.</param>
    /// <param name="peakBytes">Tells the most bytes of memory taken so far, as long as the run isn't over.</param>
    /// <param name="time">The clock by which tasks are timed.</param>
    /// <param name="asked">When the computation was asked for, by that clock.</param>
    public RunRecord(TaskGraph graph, string scheduler, string[] workers, Func<long> peakBytes, TimeProvider time, long asked)
    {
        (Graph, Scheduler, WorkerNames, _peakBytes, _time, _asked) = (graph, scheduler, workers, peakBytes, time, asked);
        (_started, _freed, _finished, _workers) = (new long[graph.Count], new long[graph.Count], new long[graph.Count], new int[graph.Count]);
        _began = _time.GetTimestamp();
    }

    public TaskGraph Graph { get; }

    public string Scheduler { get; }

    public string[] WorkerNames { get; }

    public bool IsOver => Volatile.Read(ref _ended) > 0;

    public TimeSpan PlanningTime => _time.GetElapsedTime(_asked, _began);

    /// <summary>Up to now, while the run is on.</summary>
    public TimeSpan RunTime => new(Ticks(IsOver ? _ended : _time.GetTimestamp()));

    public long PeakBytes => IsOver ? _peak : _peakBytes();

    public bool IsDone(int task) => Volatile.Read(ref _finished[task]) > 0;

    /// <summary>True for a task that its worker has left, be it done, waiting or failed.</summary>
    public bool WasLeft(int task) => Volatile.Read(ref _freed[task]) > 0 || IsDone(task);

    /// <summary>Of a task that its worker has left, as all below.</summary>
    public long StartOf(int task) => Ticks(_started[task]);

    /// <summary>When the worker left the task.</summary>
    public long FreedAt(int task) => Ticks(Volatile.Read(ref _freed[task]) is > 0 and long freed ? freed : _finished[task]);

    /// <summary>When it was done; of one that wasn't, when the worker left it.</summary>
    public long EndOf(int task) => IsDone(task) ? Ticks(_finished[task]) : FreedAt(task);

    public int WorkerOf(int task) => _workers[task];

    /// <summary>How long a task was kept from beginning when all that it needs was done.</summary>
    public long QueuedOf(int task)
    {
        long ready = 0;
        foreach (int dependency in Graph.DependenciesOf(task))
            ready = Math.Max(ready, EndOf(dependency));
        return Math.Max(0, StartOf(task) - ready);
    }

    public override void RunStarted(int tasks, long began) => _began = began;

    public override void WorkerFreed(int task, int worker, long started, long freed)
    {
        (_started[task], _workers[task]) = (started, worker);
        Volatile.Write(ref _freed[task], freed);
    }

    public override void TaskFinished(int task, int worker, long started, long finished)
    {
        (_started[task], _workers[task]) = (started, worker);
        Volatile.Write(ref _finished[task], finished);
    }

    public override void TaskFailed(int task, int worker, long started, long ended, Exception failure)
    {
        if (!WasLeft(task))
            WorkerFreed(task, worker, started, ended);
    }

    public override void RunFinished(Exception? failure, long ended)
    {
        _peak = _peakBytes();
        Volatile.Write(ref _ended, ended);
    }

    private long Ticks(long timestamp) => _time.GetElapsedTime(_began, timestamp).Ticks;
}
