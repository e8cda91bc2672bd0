using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>Makes the elements of a recipe, a cell of a grid a task.</summary>
/// <param name="name">What the step does.</param>
/// <param name="recipe">Of the elements.</param>
/// <param name="grid">A cell a task.</param>
/// <param name="destination">Where the elements go.</param>
/// <param name="bytesBeside">See <see cref="BytesBeside"/>.</param>
internal sealed class FillStep(string name, Recipe recipe, ChunkGrid grid, Destination destination, long bytesBeside = 0) : Step(name)
{
    public Recipe Recipe => recipe;

    public ChunkGrid Grid => grid;

    public Destination Destination => destination;

    public override long TaskCount => grid.Count;

    public override Region RegionOf(int task) => grid.RegionOf(task);

    public override (Destination Destination, int Cell, Region Results)? ResultsOf(int task) => (destination, task, RegionOf(task));

    public override void Visit(int task, IRecipeVisitor visitor) => recipe.Visit(RegionOf(task), visitor);

    public override long OutputBytes(int task) => destination.OutputBytes(task, RegionOf(task));

    public override long BytesBeside => bytesBeside;

    public override T Accept<T>(IStepKinds<T> kinds) => kinds.Of(this);
}
