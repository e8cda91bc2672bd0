using System.Collections.Concurrent;
using Tessera.Diagnostics;

namespace Tessera.Graphs;

/// <summary>Tells a stream of events what happens in one run.</summary>
internal sealed class RunTeller : RunObserver, IProgress<RunProgress>
{
    private static long _runs;

    private readonly RunEvents _events;
    private readonly RunClock _run;
    private readonly ProgressReporter _progress;
    private readonly ConcurrentDictionary<int, long> _read = new(); // bytes, by task; of those that read any and whose end isn't told yet
    private TaskGraph? _graph; // while the run is on
    private long _began;

    /// <param name="events">Who is told.</param>
    /// <param name="graph">What runs.</param>
    /// <param name="plan">What is told of it at its beginning.</param>
    /// <param name="time">The clock.</param>
    public RunTeller(RunEvents events, TaskGraph graph, PlanSize plan, TimeProvider time)
    {
        (_events, _graph) = (events, graph);
        _run = new RunClock(Interlocked.Increment(ref _runs), plan, graph.Count, time);
        _progress = new ProgressReporter(this, time);
    }

    /// <summary>The run's, among all that tell.</summary>
    public long Number => _run.Number;

    public override bool CountsBytes => true;

    public override void RunStarted(int tasks)
    {
        _began = _run.Time.GetTimestamp();
        Tell(new(_run, RunEventKind.RunStarted, _began));
        _progress.RunStarted(tasks);
    }

    public override void TaskStarted(int task, int worker, long started) =>
        Tell(new(_run, RunEventKind.TaskStarted, started, started, task, worker, NameOf(task)));

    public override void BytesRead(int task, int worker, long bytes)
    {
        if (bytes > 0)
            _read[task] = bytes;
        _progress.BytesRead(task, worker, bytes);
    }

    public override void WorkerFreed(int task, int worker, long started, long freed) =>
        Tell(new(_run, RunEventKind.TaskWaits, freed, started, task, worker, NameOf(task)));

    public override void TaskFinished(int task, int worker, long started, long finished)
    {
        _read.TryRemove(task, out long read);
        Tell(new(_run, RunEventKind.TaskFinished, finished, started, task, worker, NameOf(task), read, _graph?.Labels?.BytesMadeBy(task) ?? 0));
        _progress.TaskFinished(task, worker, started, finished);
    }

    public override void TaskFailed(int task, int worker, long started, long ended, Exception failure) =>
        Tell(new(_run, RunEventKind.TaskFailed, ended, started, task, worker, NameOf(task), Detail: failure));

    public override void RunFinished(Exception? failure)
    {
        _progress.RunFinished(failure);
        Tell(new(_run, RunEventKind.RunFinished, _run.Time.GetTimestamp(), _began, Detail: failure));
        _graph = null;
    }

    void IProgress<RunProgress>.Report(RunProgress value) => Tell(new(_run, RunEventKind.Advanced, _run.Time.GetTimestamp(), Detail: value));

    private string NameOf(int task) => _graph?.NameOf(task) ?? "";

    private void Tell(in RunEntry entry) => _events.Add(entry);
}
