using Tessera.Serialization;

namespace Tessera.Executors;

/// <summary>In a worker process: what a task is told, and what it tells.</summary>
internal abstract class PlacedTask
{
    /// <summary>Reads what the task needs.</summary>
    public abstract void Take(int task, MessageReader question);

    /// <summary>Writes what its asker wants to know once it is done.</summary>
    public abstract void Answer(int task, MessageWriter answer);

    /// <summary>Releases what was taken, whatever became of the task.</summary>
    public abstract void Forget();
}
