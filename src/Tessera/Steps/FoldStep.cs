using Tessera.Recipes;

namespace Tessera.Steps;

/// <summary>
/// Folds a segment of a cell into states, a task each, or a chain of tasks where the cut has parts. Where a cell has one task, it finishes the
/// results; else a <see cref="MergeStep"/> does.
/// </summary>
internal sealed class FoldStep(string name, FoldRecipe fold, FoldCut cut, Destination destination, BlocksOutput? states) : Step(name)
{
    public FoldRecipe Fold => fold;

    public FoldCut Cut => cut;

    /// <summary>Where finished results go.</summary>
    public Destination Destination => destination;

    /// <summary>The states that tasks leave for the step that merges them; null where each task finishes the results of its cell.</summary>
    public BlocksOutput? States => states;

    public override long TaskCount => cut.TaskCount;

    public override Region RegionOf(int task) => cut.Of(task).Domain;

    /// <summary>The results whose states a task works on.</summary>
    public Region ResultsIn(int task) => cut.Cells.RegionOf(task / (cut.Segments.Count * cut.Parts));

    /// <summary>True for a task that goes on with the states that the one before it left, in a block of its own.</summary>
    public bool GoesOn(int task) => task % cut.Parts > 0;

    /// <summary>The states of a segment are a block for the step that merges them.</summary>
    public override (Destination Destination, int Cell, Region Results)? ResultsOf(int task) =>
        states is null ? (destination, task, ResultsIn(task)) : null;

    public override void Visit(int task, IRecipeVisitor visitor)
    {
        if (GoesOn(task))
            visitor.Block(states!, task - 1);
        fold.Visit(RegionOf(task), visitor);
    }

    public override long OutputBytes(int task) => states?.BytesOf(task) ?? destination.OutputBytes(task, ResultsIn(task));

    public override T Accept<T>(IStepKinds<T> kinds) => kinds.Of(this);
}
