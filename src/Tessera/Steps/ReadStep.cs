using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>Reads a source asynchronously into blocks, a cell of a grid a task: a task waits for the source without holding a worker.</summary>
internal sealed class ReadStep(string name, SourceRecipe recipe, ChunkGrid grid, BlocksDestination destination) : Step(name)
{
    public SourceRecipe Recipe => recipe;

    public ChunkGrid Grid => grid;

    public BlocksDestination Destination => destination;

    public BlocksOutput Output => destination.Output;

    public override long TaskCount => grid.Count;

    public override Region RegionOf(int task) => grid.RegionOf(task);

    public override (Destination Destination, int Cell, Region Results)? ResultsOf(int task) => (destination, task, RegionOf(task));

    public override void Visit(int task, IRecipeVisitor visitor) => recipe.Visit(RegionOf(task), visitor);

    public override long OutputBytes(int task) => destination.OutputBytes(task, RegionOf(task));

    public override T Accept<T>(IStepKinds<T> kinds) => kinds.Of(this);
}
