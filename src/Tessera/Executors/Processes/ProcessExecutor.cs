using Tessera.Pools;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>
/// Has the tasks of a plan done by worker processes. Blocks lie in memory that the processes share; values of functions go back and forth. What is ordered, held
/// and counted is ordered, held and counted here, as for threads.
/// </summary>
internal sealed class ProcessExecutor : StepExecutor
{
    private readonly ProcessCrew _crew;
    private readonly ProcessTasks _tasks;

    /// <exception cref="System.Runtime.Serialization.SerializationException">Something in the expression can't travel.</exception>
    public ProcessExecutor(Plan plan, CancellationToken stopping, ProcessCrew crew)
        : this(plan, stopping, crew, new ProcessTasks(plan, stopping, crew))
    {
    }

    private ProcessExecutor(Plan plan, CancellationToken stopping, ProcessCrew crew, ProcessTasks tasks)
        : base(plan, new ProcessSteps(plan, tasks, stopping), new PoolBlocks(crew.Blocks, areTasksRepeated: true), stopping, crew.Workers) =>
        (_crew, _tasks) = (crew, tasks);

    public override IDisposable Allow(long bytes) => new Allowances(base.Allow(bytes), _crew.Blocks.Allow(bytes));

    public override void Dispose()
    {
        _tasks.Dispose();
        base.Dispose();
    }

    private sealed class Allowances(IDisposable here, IDisposable shared) : IDisposable
    {
        public void Dispose()
        {
            shared.Dispose();
            here.Dispose();
        }
    }
}
