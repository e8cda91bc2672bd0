using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>A step as this process does it, and what its tasks work with.</summary>
internal abstract class CpuStep : StepWork, ITaskBytes
{
    public long ScratchBytes(int task) => Scratch.CapacityOf(StackBytes(task)) + RentedBytes(task);

    public abstract long StackBytes(int task);

    /// <summary>What a task rents besides.</summary>
    protected virtual long RentedBytes(int task) => 0;

    /// <summary>The extent of the tiles in which a task goes through its region.</summary>
    public abstract Shape TileOf(int task);
}
