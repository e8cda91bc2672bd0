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

    /// <summary>A task that was begun may have changed a block, and only the one that a process is at is known to have been.</summary>
    public override bool MaySendAhead => false;

    public override SentWork Sent { get; }

    public override TimeSpan? TimeOfProcess => null;

    public override MapOptions Options => MapOptions.Default;

    public override bool IsOver => _isOver;

    public override long StopAt => Volatile.Read(ref _isStopped) == 0 ? long.MaxValue : 0;

    /// <summary>Has a process do a task, and waits for it.</summary>
    /// <param name="write">Writes what is asked.</param>
    /// <param name="read">Reads what is answered.</param>
    /// <param name="isRepeatable">False where a task that was done by half can't be done again, since it changes what it reads.</param>
    public void Do(Action<MessageWriter> write, Action<MessageReader> read, bool isRepeatable)
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
            if (!isRepeatable && batch.HasBegun)
                throw died.With("The task was adding to what tasks before it had made, which can't be done twice, so it was not tried again. Compute anew.");
            if (death == Options.Retries)
                ExceptionDispatchInfo.Throw(died);
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
