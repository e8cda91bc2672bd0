using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Reads a source into blocks, and holds no worker while it waits for it.</summary>
internal sealed class CpuRead(ReadStep step) : CpuStep
{
    private readonly CpuSource _source = new(step.Recipe);

    public override long StackBytes(int task) => 0;

    public override Shape TileOf(int task) => step.RegionOf(task).Extent;

    public override Task? Execute(int task, TaskContext context) =>
        _source.ReadAsync(step.RegionOf(task), context.Blocks.Make(step.Output, task), context.Cancellation);
}
