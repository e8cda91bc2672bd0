using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Reads a source into blocks, and holds no worker while it waits for it.</summary>
internal sealed class CpuRead(FillStep step, SourceRecipe recipe, BlocksOutput output) : CpuStep
{
    public override long StackBytes(int task) => 0;

    public override Task? Execute(int task, TaskContext context) =>
        recipe.ReadAsync(step.RegionOf(task), context.Blocks.Make(output, task), context.Cancellation);
}
