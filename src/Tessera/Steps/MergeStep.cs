using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>Joins the states of a cell's segments and finishes the results, a task a cell. The states are left as they are.</summary>
internal sealed class MergeStep(string name, FoldRecipe fold, FoldCut cut, Destination destination, BlocksOutput states) : Step(name)
{
    public FoldRecipe Fold => fold;

    public FoldCut Cut => cut;

    public Destination Destination => destination;

    public BlocksOutput States => states;

    public override long TaskCount => cut.Cells.Count;

    public override Region RegionOf(int task) => cut.Cells.RegionOf(task);

    public override (Destination Destination, int Cell, Region Results)? ResultsOf(int task) => (destination, task, RegionOf(task));

    public override void Visit(int task, IRecipeVisitor visitor)
    {
        for (long segment = 0; segment < cut.Segments.Count; segment++)
            visitor.Block(states, BlockOf(task, segment));
    }

    /// <summary>The block that has all states of a segment.</summary>
    public long BlockOf(long cell, long segment) => (((cell * cut.Segments.Count) + segment + 1) * cut.Parts) - 1;

    public override long OutputBytes(int task) => destination.OutputBytes(task, RegionOf(task));

    public override T Accept<T>(IStepKinds<T> kinds) => kinds.Of(this);
}
