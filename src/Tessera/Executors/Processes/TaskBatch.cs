using System.Runtime.ExceptionServices;
using Tessera.Pools;
using Tessera.Serialization;

namespace Tessera.Executors;

/// <summary>One task on its way to a process and back.</summary>
internal sealed class TaskBatch(TaskJob job, Action<MessageWriter> write, Action<MessageReader> read) : Batch(job, first: 0), IDisposable
{
    private readonly ManualResetEventSlim _done = new();
    private Exception? _failure;
    private bool _hasDied;

    public override int Count => 1;

    /// <summary>Waits for the end.</summary>
    /// <returns>Null, or the death of the process that the task was given to.</returns>
    public WorkerDiedException? Wait()
    {
        _done.Wait();
        if (_hasDied && _failure is WorkerDiedException death)
            return death;
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
        return null;
    }

    public override void Run() => throw new InvalidOperationException("Tasks for processes aren't done by threads. This is an error in Tessera; please report it.");

    public override void Write(MessageWriter message) => write(message);

    public override void Read(MessageReader message)
    {
        read(message);
        message.Finish();
        _done.Set();
    }

    public override void Fail(Exception cause)
    {
        _failure = cause;
        _done.Set();
    }

    public override void GiveBack() => throw new InvalidOperationException("Tasks aren't sent ahead. This is an error in Tessera; please report it.");

    public override void GiveBack(int? suspect, Exception cause)
    {
        _hasDied = true;
        Fail(cause);
    }

    public void Dispose() => _done.Dispose();
}
