using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>A step as this process does it, and what its tasks work with.</summary>
internal abstract class CpuStep : StepWork, ITaskBytes
{
    public abstract long ScratchBytes(int task);

    /// <summary>The extent of the tiles in which a task goes through its region.</summary>
    public abstract Shape TileOf(int task);
}
