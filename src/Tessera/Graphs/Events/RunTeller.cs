using Tessera.Diagnostics;

namespace Tessera.Graphs;

/// <summary>Tells a stream of events what happens in one run.</summary>
internal sealed class RunTeller : RunObserver, IProgress<RunProgress>
{
    private static long _runs;

    private readonly RunEvents _events;
    private readonly TimeProvider _time;
    private readonly ProgressReporter _progress;
    private readonly DateTimeOffset _origin;
    private readonly long _originTimestamp;
    private long _began;

    /// <param name="events">Who is told.</param>
    /// <param name="graph">What runs.</param>
    /// <param name="plan">What is told of it at its beginning.</param>
    /// <param name="time">The clock.</param>
    public RunTeller(RunEvents events, TaskGraph graph, PlanSize plan, TimeProvider time)
    {
        (_events, Graph, Plan, _time) = (events, graph, plan, time);
        Number = Interlocked.Increment(ref _runs);
        (_origin, _originTimestamp) = (time.GetUtcNow(), time.GetTimestamp());
        _progress = new ProgressReporter(this, time);
    }

    /// <summary>The run's, among all that tell.</summary>
    public long Number { get; }

    public TaskGraph Graph { get; }

    public PlanSize Plan { get; }

    public override bool CountsBytes => true;

    public DateTimeOffset TimeOf(long timestamp) => _origin + _time.GetElapsedTime(_originTimestamp, timestamp);

    public TimeSpan Elapsed(long from, long to) => _time.GetElapsedTime(from, to);

    public override void RunStarted(int tasks)
    {
        _began = _time.GetTimestamp();
        Tell(new(this, RunEventKind.RunStarted, _began));
        _progress.RunStarted(tasks);
    }

    public override void TaskStarted(int task, int worker, long started) =>
        Tell(new(this, RunEventKind.TaskStarted, started, started, task, worker));

    public override void BytesRead(int worker, long bytes) => _progress.BytesRead(worker, bytes);

    public override void WorkerFreed(int task, int worker, long started, long freed) =>
        Tell(new(this, RunEventKind.TaskWaits, freed, started, task, worker));

    public override void TaskFinished(int task, int worker, long started, long finished)
    {
        Tell(new(this, RunEventKind.TaskFinished, finished, started, task, worker));
        _progress.TaskFinished(task, worker, started, finished);
    }

    public override void TaskFailed(int task, int worker, long started, long ended, Exception failure) =>
        Tell(new(this, RunEventKind.TaskFailed, ended, started, task, worker, failure));

    public override void RunFinished(Exception? failure)
    {
        _progress.RunFinished(failure);
        Tell(new(this, RunEventKind.RunFinished, _time.GetTimestamp(), _began, Detail: failure));
    }

    void IProgress<RunProgress>.Report(RunProgress value) => Tell(new(this, RunEventKind.Advanced, _time.GetTimestamp(), Detail: value));

    private void Tell(in RunEntry entry) => _events.Add(entry);
}
