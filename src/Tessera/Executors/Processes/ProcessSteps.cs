using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>
/// Each kind of step, as worker processes do it: elements are made there; calls begin here, and what may be called there is. Sources that tasks wait for are read
/// here, into memory that the processes share.
/// </summary>
internal sealed class ProcessSteps(Plan plan, ProcessTasks tasks, CancellationToken stopping) : IStepKinds<StepWork>
{
    private readonly Dictionary<Step, int> _numbers = plan.Steps.Index().ToDictionary(step => step.Item, step => step.Index);

    public StepWork Of(FillStep step) => Remote(step, states: null);

    public StepWork Of(ReadStep step) => new CpuRead(step);

    public StepWork Of(FoldStep step) => Remote(step, step.States);

    public StepWork Of(MergeStep step) => Remote(step, states: null);

    public StepWork Of(CallsStep step) => new CpuCalls(step, new CallPlace(stopping) { Elsewhere = new ProcessCalls(tasks, _numbers[step]) });

    private RemoteStep Remote(Step step, BlocksOutput? states) => new(step, _numbers[step], states, tasks);
}
