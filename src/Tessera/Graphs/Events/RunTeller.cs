using System.Collections.Concurrent;
using Tessera.Diagnostics;
using Tessera.Memory;

namespace Tessera.Graphs;

/// <summary>Tells a stream of events what happens in one run.</summary>
internal sealed class RunTeller : RunObserver, IProgress<RunProgress>
{
    private static long _runs;

    private readonly RunEvents _events;
    private readonly PlanSize _plan;
    private readonly RunMemory _memory;
    private readonly TimeProvider _time;
    private readonly long _asked;
    private readonly ProgressReporter _progress;
    private readonly ConcurrentDictionary<int, (long Read, long Decoded)> _read = new(); // bytes, by task; of those that read any and whose end isn't told yet
    private readonly long[]? _ends; // of tasks that are done, by the clock; none where no task needs another
    private RunClock? _run; // from its beginning on
    private TaskGraph? _graph; // while the run is on
    private long _began, _bytesRead, _bytesDecoded, _bytesMade;
    private int _done;

    /// <param name="events">Who is told.</param>
    /// <param name="graph">What runs.</param>
    /// <param name="plan">What is told of it at its beginning.</param>
    /// <param name="memory">What the run takes of it.</param>
    /// <param name="time">The run's clock.</param>
    /// <param name="asked">When the computation was asked for, by it.</param>
    public RunTeller(RunEvents events, TaskGraph graph, PlanSize plan, RunMemory memory, TimeProvider time, long asked)
    {
        (_events, _graph, _plan, _memory, _time, _asked) = (events, graph, plan, memory, time, asked);
        Number = Interlocked.Increment(ref _runs);
        _progress = new ProgressReporter(this, time);
        _ends = graph.EdgeCount > 0 ? new long[graph.Count] : null;
    }

    /// <summary>The run's, among all that tell.</summary>
    public long Number { get; }

    public override bool CountsBytes => true;

    private RunClock Run => _run ?? throw new InvalidOperationException("The beginning of the run was not told. This is an error in Tessera; please report it.");

    public override void RunStarted(int tasks, long began)
    {
        _began = began;
        _run = new RunClock(Number, _time, began);
        Tell(new RunEvent.RunStarted(
            Number, Run.TimeOf(began), _plan.Parent, _plan.Scheduler, _plan.WorkerNames, tasks, StepSizes.Of(_graph!), _time.GetElapsedTime(_asked, began),
            _plan.BytesRead, _plan.BytesDecoded, _plan.PeakBytes, _plan.MemoryBudget));
        _progress.RunStarted(tasks, began);
    }

    public override void TaskStarted(int task, int worker, long started) => Tell(RunEntryKind.TaskStarted, started, Math.Min(started, ReadyAt(task)), task, worker);

    public override void BytesRead(int task, int worker, long read, long decoded)
    {
        if (read > 0)
            _read[task] = (read, decoded);
        _progress.BytesRead(task, worker, read, decoded);
    }

    public override void WorkerFreed(int task, int worker, long started, long freed) => Tell(RunEntryKind.TaskWaits, freed, started, task, worker);

    public override void TaskFinished(int task, int worker, long started, long finished)
    {
        if (_ends is not null)
            _ends[task] = finished;
        _read.TryRemove(task, out (long Read, long Decoded) of);
        var bytes = new TaskBytes(of.Read, of.Decoded, _graph?.Labels?.BytesMadeBy(task) ?? 0);
        Add(bytes);
        Tell(RunEntryKind.TaskFinished, finished, started, task, worker, bytes);
        _progress.TaskFinished(task, worker, started, finished);
    }

    public override void TaskFailed(int task, int worker, long started, long ended, Exception failure) =>
        Tell(RunEntryKind.TaskFailed, ended, started, task, worker, detail: failure);

    public override void RunFinished(Exception? failure, long ended)
    {
        _progress.RunFinished(failure, ended);
        Tell(new RunEvent.RunFinished(
            Number, Run.TimeOf(ended), Run.Between(_began, ended), failure, _done, _bytesRead, _bytesDecoded, _bytesMade, _memory.PeakBytes));
        _graph = null;
    }

    void IProgress<RunProgress>.Report(RunProgress value) => Tell(new RunEvent.Advanced(Number, Run.TimeOf(_began) + value.Elapsed, value, _memory.Bytes));

    /// <summary>When all that a task needs was done.</summary>
    private long ReadyAt(int task)
    {
        long ready = _began;
        if (_ends is not null && _graph is { } graph)
        {
            foreach (int dependency in graph.DependenciesOf(task))
                ready = Math.Max(ready, _ends[dependency]);
        }

        return ready;
    }

    private void Add(TaskBytes bytes)
    {
        Interlocked.Increment(ref _done);
        if (bytes.Read > 0)
            Interlocked.Add(ref _bytesRead, bytes.Read);
        if (bytes.Decoded > 0)
            Interlocked.Add(ref _bytesDecoded, bytes.Decoded);
        if (bytes.Made > 0)
            Interlocked.Add(ref _bytesMade, bytes.Made);
    }

    private void Tell(RunEntryKind kind, long at, long since, int task, int worker, TaskBytes bytes = default, object? detail = null) =>
        _events.Add(new RunEntry(kind, Run, at, since, task, worker, _graph?.NameOf(task) ?? "", bytes, detail));

    private void Tell(RunEvent whole) => _events.Add(RunEntry.Of(Run, whole));
}
