namespace Tessera.Tests.Graphs;

/// <summary>One run as a reader of its events knows it, by what is public alone: what a dashboard or an exporter of traces would keep.</summary>
internal sealed class ToldRun
{
    private readonly Dictionary<int, ToldTask> _tasks = [];

    public ToldRun(IEnumerable<RunEvent> events)
    {
        foreach (RunEvent happened in events)
            Add(happened);
    }

    public RunEvent.RunStarted Begun { get; private set; } = null!;

    public RunEvent.RunFinished Over { get; private set; } = null!;

    public List<RunProgress> Progress { get; } = [];

    public IReadOnlyDictionary<int, ToldTask> Tasks => _tasks;

    /// <summary>As <see cref="RunProfile.Steps"/>, but for their order and the number of steps of a name.</summary>
    public IEnumerable<StepTime> Steps()
    {
        long all = _tasks.Values.Sum(task => task.Busy.Ticks);
        foreach (IGrouping<string, ToldTask> step in _tasks.Values.GroupBy(task => task.Step))
        {
            RunEvent.TaskFinished[] done = [.. step.Select(task => task.Done).OfType<RunEvent.TaskFinished>()];
            long time = step.Sum(task => task.Busy.Ticks);
            yield return new StepTime(
                step.Key, done.Length, new(time), all > 0 ? (double)time / all : 0, Median(done.Select(task => task.Duration)), done.Select(task => task.Duration).DefaultIfEmpty().Max(),
                new(step.Sum(task => task.Waiting.Ticks)), Median(step.Select(task => task.Queued)), done.Sum(task => task.BytesRead), done.Sum(task => task.BytesMade))
            {
                BytesDecoded = done.Sum(task => task.BytesDecoded),
            };
        }
    }

    public IEnumerable<WorkerTime> Workers() => Begun.Workers.Select((name, number) =>
    {
        ToldTask[] tasks = [.. _tasks.Values.Where(task => task.Worker == number)];
        var busy = new TimeSpan(tasks.Sum(task => task.Busy.Ticks));
        return new WorkerTime(name, tasks.Count(task => task.Done is not null), busy, Over.Duration - busy);
    });

    private void Add(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.RunStarted begun:
                Begun = begun;
                break;
            case RunEvent.TaskStarted started:
                _tasks.Add(started.Task, new ToldTask(started.Step, started.Worker, started.Time - Begun.Time, started.Queued));
                break;
            case RunEvent.TaskWaits waits:
                _tasks[waits.Task] = _tasks[waits.Task] with { Freed = waits.Time - Begun.Time };
                break;
            case RunEvent.TaskFinished done:
                _tasks[done.Task] = _tasks[done.Task] with { Done = done, Ended = done.Time - Begun.Time };
                break;
            case RunEvent.TaskFailed failed:
                _tasks[failed.Task] = _tasks[failed.Task] with { Ended = failed.Time - Begun.Time };
                break;
            case RunEvent.Advanced advanced:
                Progress.Add(advanced.Progress);
                break;
            case RunEvent.RunFinished over:
                Over = over;
                break;
        }
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        long[] ticks = [.. times.Select(time => time.Ticks).Order()];
        return new(ticks.Length > 0 ? (ticks[(ticks.Length - 1) / 2] + ticks[ticks.Length / 2]) / 2 : 0);
    }
}

/// <summary>A task of which a run tells.</summary>
/// <param name="Step">What it does.</param>
/// <param name="Worker">Who began it.</param>
/// <param name="Started">When, from the beginning of the run.</param>
/// <param name="Queued">How long it was kept from beginning.</param>
internal sealed record ToldTask(string Step, int Worker, TimeSpan Started, TimeSpan Queued)
{
    /// <summary>When its worker left it while it waited.</summary>
    public TimeSpan? Freed { get; init; }

    /// <summary>When it was done or failed.</summary>
    public TimeSpan Ended { get; init; }

    public RunEvent.TaskFinished? Done { get; init; }

    public TimeSpan Busy => (Freed ?? Ended) - Started;

    public TimeSpan Waiting => Done is null || Freed is null ? default : Ended - Freed.Value;
}
