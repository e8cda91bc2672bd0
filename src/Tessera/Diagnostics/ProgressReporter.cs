namespace Tessera.Diagnostics;

/// <summary>
/// Turns what a run tells into reports to the user, ten a second at most. Reports come one at a time and never go back; the first says 0
/// tasks, the last is final: all tasks, unless the run failed.
/// </summary>
internal sealed class ProgressReporter(IProgress<RunProgress> progress, TimeProvider time) : RunObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _reporting = new();
    private readonly long _interval = Math.Max(1, (long)(Interval.TotalSeconds * time.TimestampFrequency));
    private int _total;
    private int _done;
    private long _bytesRead;
    private long _started;
    private long _nextReport;

    public override bool CountsBytes => true;

    public override void RunStarted(int tasks, long began)
    {
        (_total, _started) = (tasks, began);
        lock (_reporting)
            Report(began, isFinal: false);
    }

    public override void BytesRead(int task, int worker, long read, long decoded) => Interlocked.Add(ref _bytesRead, read);

    public override void TaskFinished(int task, int worker, long started, long finished) => Advance(1);

    /// <summary>There are more tasks than <see cref="RunStarted"/> said.</summary>
    public void Expect(int tasks) => Interlocked.Add(ref _total, tasks);

    /// <summary>Some tasks are done.</summary>
    public void Advance(int tasks)
    {
        Interlocked.Add(ref _done, tasks);
        if (time.GetTimestamp() < Volatile.Read(ref _nextReport) || !_reporting.TryEnter())
            return; // too early, or another worker is at it: nobody waits for a progress bar

        try
        {
            if (time.GetTimestamp() is var now && now >= _nextReport)
                Report(now, isFinal: false);
        }
        finally
        {
            _reporting.Exit();
        }
    }

    public override void RunFinished(Exception? failure, long ended)
    {
        lock (_reporting)
            Report(ended, isFinal: true);
    }

    // Under the lock, so that the numbers of a later report are no lower.
    private void Report(long now, bool isFinal)
    {
        Volatile.Write(ref _nextReport, now + _interval);
        int done = Volatile.Read(ref _done);
        long bytesRead = Volatile.Read(ref _bytesRead);
        progress.Report(new RunProgress(done, Volatile.Read(ref _total), time.GetElapsedTime(_started, now), bytesRead, isFinal));
    }
}
