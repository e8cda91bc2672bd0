using System.Runtime.ExceptionServices;
using Tessera.Pools;
using Tessera.Serialization;

namespace Tessera.Lowering;

/// <summary>One task on its way to a process and back.</summary>
internal sealed class TaskBatch(TaskJob job, Action<MessageWriter> write, Action<MessageReader> read) : Batch(job, first: 0), IDisposable
{
    private readonly ManualResetEventSlim _done = new();
    private Exception? _failure;
    private bool _mayTryAgain;

    public override int Count => 1;

    /// <summary>Waits for the end.</summary>
    /// <param name="isLast">False where the task may be tried once more.</param>
    /// <returns>False where it should be.</returns>
    public bool Wait(bool isLast)
    {
        _done.Wait();
        if (_failure is null)
            return true;
        if (_mayTryAgain && !isLast)
            return false;
        ExceptionDispatchInfo.Throw(_failure);
        return true;
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
        _mayTryAgain = true;
        Fail(cause);
    }

    public void Dispose() => _done.Dispose();
}
