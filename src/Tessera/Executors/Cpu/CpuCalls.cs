using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Calls functions. The bytes of what they give are theirs; those of elements that they deliver are counted as blocks.</summary>
internal sealed class CpuCalls(CallsStep step, CallPlace place) : CpuStep
{
    public override long StackBytes(int task) => 0;

    public override Shape TileOf(int task) => step.RegionOf(task).Extent;

    public override Task? Execute(int task, TaskContext context) => step.Calls.Start(task, place);
}
