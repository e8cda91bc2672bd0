using Tessera.Memory;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Does tasks on the processors of this process.</summary>
internal sealed class CpuExecutor : StepExecutor
{
    /// <summary>For threads of this process: no task is repeated, and blocks are in its own memory.</summary>
    public CpuExecutor(Plan plan, CancellationToken stopping, int workers)
        : base(
            plan,
            CpuSteps.ForRun(plan, CpuDestinations.Here, new CallPlace(stopping)),
            new PoolBlocks(BlockPool.Shared, areTasksRepeated: false),
            stopping,
            workers)
    {
    }

    /// <summary>The same for one worker, with results and blocks elsewhere.</summary>
    public CpuExecutor(Plan plan, CpuSteps kinds, BlockStore blocks, CancellationToken stopping)
        : base(plan, kinds, blocks, stopping, workers: 1)
    {
    }
}
