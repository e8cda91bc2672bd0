using Tessera.Recipes;
using Tessera.Scheduling;
using Tessera.Storage;

namespace Tessera.Lowering;

/// <summary>Does the tasks of a plan: runs the step, gives back its scratch memory and the blocks that it was the last to read.</summary>
internal sealed class PlanWork(Plan plan, TaskRun run, int workers) : ITaskWork, IDisposable
{
    private readonly TaskContext?[] _contexts = new TaskContext?[workers];
    private readonly Inputs?[] _inputs = new Inputs?[workers];

    public void Execute(int task, int worker)
    {
        (Step step, int index) = plan.Tasks[task];
        TaskContext context = _contexts[worker] ??= new TaskContext(run.Stopping);
        try
        {
            step.Execute(index, context);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !run.IsStopping)
        {
            // A source that gives up by itself, a timeout say, has failed; only the run's token interrupts it.
            throw new ComputationException(step.Name, step.RegionOf(index).ToString(), failure);
        }
        finally
        {
            context.Scratch.Reset();
        }

        long freed = step.ScratchBytes(index);
        if (plan.Outputs.Count > 0 || run.Observer is not null)
        {
            Inputs inputs = _inputs[worker] ??= new Inputs();
            inputs.Clear();
            step.Visit(index, inputs);
            foreach ((StepOutput output, long block) in inputs.Blocks)
                freed += output.RemoveReader(block);
            run.Observer?.BytesRead(worker, inputs.BytesRead);
        }

        run.Budget.Release(freed);
    }

    public void Dispose()
    {
        foreach (TaskContext? context in _contexts)
            context?.Dispose();
    }

    private sealed class Inputs : IRecipeVisitor
    {
        private readonly HashSet<(StepOutput, long)> _blocks = [];

        public HashSet<(StepOutput Output, long Block)> Blocks => _blocks;

        public long BytesRead { get; private set; }

        public void Clear()
        {
            _blocks.Clear();
            BytesRead = 0;
        }

        public void Block(StepOutput output, long block) => _blocks.Add((output, block));

        public void Read(IBlockSource source, Region region) =>
            BytesRead += source is MemorySource ? 0 : region.Length * source.ElementType.Size;
    }
}
