using System.Runtime.InteropServices;

namespace Tessera.Graphs;

/// <summary>The record of a run, added up by steps and by workers.</summary>
internal sealed class RunSummary
{
    public RunSummary(RunRecord record)
    {
        Record = record;
        TimeSpan run = record.RunTime;
        var sums = new Dictionary<object, StepSum>(); // by kind; those of one name are the same object
        var named = new Dictionary<string, StepSum>();
        var workers = new (int Tasks, long Busy)[record.WorkerNames.Length];
        ITaskLabels? labels = record.Graph.Labels;
        for (int task = 0; task < record.Graph.Count; task++)
        {
            if (!record.WasLeft(task))
                continue;
            ref StepSum? sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, labels?.KindOf(task) ?? record.Graph, out _);
            sum ??= Named(record.Graph.NameOf(task));
            sum.Add(record, task);
            long busy = record.FreedAt(task) - record.StartOf(task);
            ref (int Tasks, long Busy) worker = ref workers[record.WorkerOf(task)];
            worker = (worker.Tasks + (record.IsDone(task) ? 1 : 0), worker.Busy + busy);
        }

        long all = named.Values.Sum(sum => sum.Time);
        Steps = [.. named.Values.OrderByDescending(sum => sum.Time).Select(sum => sum.Finish(all))];
        Workers = [.. workers.Select((worker, i) => new WorkerTime(record.WorkerNames[i], worker.Tasks, new(worker.Busy), new(run.Ticks - worker.Busy)))];

        StepSum Named(string name)
        {
            if (!named.TryGetValue(name, out StepSum? sum))
                named.Add(name, sum = new StepSum(name));
            sum.Steps++;
            return sum;
        }
    }

    public RunRecord Record { get; }

    /// <summary>The one that took the most time first.</summary>
    public StepTime[] Steps { get; }

    public WorkerTime[] Workers { get; }

    /// <summary>The steps of one name, as their tasks are added up.</summary>
    private sealed class StepSum(string name)
    {
        private readonly List<long> _durations = [], _queued = [];
        private int _tasks;
        private long _waiting, _read, _decoded, _made;

        public int Steps { get; set; }

        public long Time { get; private set; }

        public void Add(RunRecord record, int task)
        {
            Time += record.FreedAt(task) - record.StartOf(task);
            _queued.Add(record.QueuedOf(task));
            if (!record.IsDone(task))
                return;
            _tasks++;
            _durations.Add(record.EndOf(task) - record.StartOf(task));
            _waiting += record.EndOf(task) - record.FreedAt(task);
            if (record.Graph.Labels is { } labels)
                (_read, _decoded, _made) = (_read + labels.BytesReadBy(task), _decoded + labels.BytesDecodedBy(task), _made + labels.BytesMadeBy(task));
        }

        public StepTime Finish(long all)
        {
            TimeSpan median = Median(_durations);
            double share = all > 0 ? (double)Time / all : 0;
            var longest = new TimeSpan(_durations.Count > 0 ? _durations[^1] : 0);
            return new StepTime(name, _tasks, new(Time), share, median, longest, new(_waiting), Median(_queued), _read, _made) { Steps = Steps, BytesDecoded = _decoded };
        }

        /// <summary>That of an even number is half way between the two in the middle. Sorts.</summary>
        private static TimeSpan Median(List<long> ticks)
        {
            ticks.Sort();
            return new(ticks.Count > 0 ? (ticks[(ticks.Count - 1) / 2] + ticks[ticks.Count / 2]) / 2 : 0);
        }
    }
}
