namespace Tessera.Diagnostics;

/// <summary>
/// Passes reports on to a reader on a thread of their own, so that a run neither waits for a slow reader nor fails with one that throws. The last report
/// alone is waited for, as a progress bar should be complete when the results are there, and for no longer than the patience.
/// </summary>
/// <example>
/// Reports 0 and 1 come, the reader is at 0: 1 waits. It throws: the warning is given, 1 is forgotten, and whatever comes later is not passed on.
/// </example>
internal sealed class DetachedProgress(IProgress<RunProgress> reader, Action<string> warn, TimeSpan patience) : IProgress<RunProgress>
{
    private const int MostWaiting = 64; // six seconds of reports; what is older is no news

    private readonly object _gate = new(); // a monitor, because both sides wait in it
    private readonly Queue<RunProgress> _waiting = [];
    private bool _isBegun, _isOver; // there is a thread; it reads no more

    /// <summary>How long the end of a run waits for the reader of its progress.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            if (_waiting.Count == MostWaiting)
                _waiting.Dequeue();
            _waiting.Enqueue(value);
            Monitor.Pulse(_gate);
            if (!_isBegun)
                new Thread(Read) { Name = "Tessera progress", IsBackground = true }.Start(); // in the caller's culture
            _isBegun = true;
            if (value.IsFinal)
                Monitor.Wait(_gate, patience);
        }
    }

    private void Read()
    {
        try
        {
            RunProgress value;
            do
                reader.Report(value = Next());
            while (!value.IsFinal);
        }
        catch (Exception failure)
        {
            Warn($"The reader of a computation's progress failed and is told no more: {Sentence.Of(failure)}");
        }

        lock (_gate)
        {
            _isOver = true;
            Monitor.PulseAll(_gate);
        }
    }

    private RunProgress Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
                Monitor.Wait(_gate);
            return _waiting.Dequeue();
        }
    }

    private void Warn(string message)
    {
        try
        {
            warn(message);
        }
        catch (Exception)
        {
            // Whoever takes the warning failed, too; the run goes on.
        }
    }
}
