using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Tessera.Pools;
using Tessera.Serialization;

namespace Tessera.Executors;

/// <summary>The tasks of a run as a job of a pool: they come one by one, and whoever brings one waits for it.</summary>
internal sealed class TaskJob : Job, IDisposable
{
    private readonly ProcessCrew _crew;
    private readonly ConcurrentQueue<TaskBatch> _waiting = new();
    private volatile Exception? _abandoned;
    private volatile bool _isOver;
    private int _isStopped;

    public TaskJob(ProcessCrew crew, SentWork sent)
    {
        (_crew, Sent) = (crew, sent);
        crew.Add(this);
    }

    public const string Name = "a computation";

    public override string FunctionName => Name;

    /// <summary>Each task has somebody who waits for it, and who brings the next only then.</summary>
    public override bool MaySendAhead => false;

    public override SentWork Sent { get; }

    public override TimeSpan? TimeOfProcess => null;

    public override MapOptions Options => MapOptions.Default;

    public override bool IsOver => _isOver;

    public override long StopAt => Volatile.Read(ref _isStopped) == 0 ? long.MaxValue : 0;

    /// <summary>Has a process do a task, and waits for it. If the process dies, another does it once more, unless the run is stopping.</summary>
    /// <param name="write">Writes what is asked.</param>
    /// <param name="read">Reads what is answered.</param>
    public void Do(Action<MessageWriter> write, Action<MessageReader> read)
    {
        for (int death = 0; ; death++)
        {
            using var batch = new TaskBatch(this, write, read);
            _waiting.Enqueue(batch);
            if (_abandoned is { } reason)
                FailWaiting(reason); // unless a worker has it already: then it is waited for
            _crew.Wake();
            if (batch.Wait() is not { } died)
                return;
            if (death == Options.Retries || Volatile.Read(ref _isStopped) != 0)
                ExceptionDispatchInfo.Throw(died); // in a run that stops, nobody wants the result any more
        }
    }

    public override Batch? Take(int most, TimeSpan aim) => _waiting.TryDequeue(out TaskBatch? batch) ? batch : null;

    /// <summary>Interrupts the tasks that are under way.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 0)
            _crew.StopWorkers(this);
    }

    public override void Abandon(Exception reason)
    {
        _abandoned = reason;
        FailWaiting(reason);
    }

    private void FailWaiting(Exception reason)
    {
        while (_waiting.TryDequeue(out TaskBatch? batch))
            batch.Fail(reason);
    }

    public void Dispose()
    {
        _isOver = true;
        Sent.End();
        _crew.Remove(this);
    }
}
