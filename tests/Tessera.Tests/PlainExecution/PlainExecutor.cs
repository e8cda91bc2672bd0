using Tessera.Executors;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Tests.PlainExecution;

/// <summary>
/// Does tasks as simply as they can be done: whole regions at a time, loops over elements, interpreted programs. No tiles, no vectors, no pool, and nothing is
/// used where it lies.
/// </summary>
internal sealed class PlainExecutor(Plan plan, CancellationToken stopping)
    : StepExecutor(plan, new PlainSteps(stopping), new CheckedBlocks(), stopping, workers: 1);

/// <summary>Each kind of step, done plainly.</summary>
internal sealed class PlainSteps(CancellationToken stopping) : IStepKinds<StepWork>
{
    public StepWork Of(FillStep step) => new Fill(step.Recipe, step.Destination, step);

    public StepWork Of(ReadStep step) => new Fill(step.Recipe, step.Destination, step);

    public StepWork Of(FoldStep step) => new PlainFold(step);

    public StepWork Of(MergeStep step) => new PlainMerge(step);

    public StepWork Of(CallsStep step) => new Calls(step, new CallPlace(stopping));

    private sealed class Fill(Recipe recipe, Destination destination, Step step) : StepWork
    {
        public override Task? Execute(int task, TaskContext context)
        {
            Region region = step.RegionOf(task);
            destination.Accept(new PlainWriter(task, region, new PlainElements(context).Of(recipe, region), context));
            return null;
        }
    }

    private sealed class Calls(CallsStep step, CallPlace place) : StepWork
    {
        public override Task? Execute(int task, TaskContext context) => step.Calls.Start(task, place);
    }
}
