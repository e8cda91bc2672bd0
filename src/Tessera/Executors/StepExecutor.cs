using Tessera.Memory;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>
/// Does tasks step by step kind. A step is made ready when the first of its tasks is done, and remembered, so that a plan which nobody runs costs nothing.
/// </summary>
internal abstract class StepExecutor : Executor
{
    private readonly Plan _plan;
    private readonly IStepKinds<StepWork> _kinds;
    private readonly CancellationToken _stopping;
    private readonly StepWork?[] _steps;
    private readonly TaskContext?[] _contexts;
    private readonly bool _hasBlocks;

    /// <param name="plan">Whose tasks.</param>
    /// <param name="kinds">How each kind of step is done.</param>
    /// <param name="blocks">Where blocks lie.</param>
    /// <param name="stopping">Fires when the run stops.</param>
    /// <param name="workers">That do tasks at once.</param>
    protected StepExecutor(Plan plan, IStepKinds<StepWork> kinds, BlockStore blocks, CancellationToken stopping, int workers)
    {
        (_plan, _kinds, Blocks, _stopping) = (plan, kinds, blocks, stopping);
        _steps = new StepWork?[plan.Steps.Count];
        _contexts = new TaskContext?[workers];
        foreach (StepOutput output in plan.Outputs)
        {
            output.Open(blocks);
            _hasBlocks |= output.IsInBlocks;
        }
    }

    public override BlockStore Blocks { get; }

    public sealed override Task? Execute(int task, int worker)
    {
        (Producer producer, int index) = _plan.Tasks[task];
        if (!_hasBlocks)
            return Execute(producer.Number, index, worker); // there is nothing to pin
        bool isCall = producer.Step.IsCalls; // what a function waits for uses no memory of the run
        int pinned = 0;
        Task? pending = null;
        try
        {
            ReadOnlySpan<int> needs = _plan.Graph.DependenciesOf(task);
            for (; pinned < needs.Length; pinned++)
                _plan.Tasks[needs[pinned]].Pin(Blocks);
            pending = Execute(producer.Number, index, worker);
        }
        finally
        {
            if (pending is null || isCall)
                Unpin(task, pinned);
        }

        return pending is null || isCall ? pending : WatchAsync(pending, task, pinned);
    }

    /// <summary>Does a task, by the numbers of its step and of its cell, whose blocks are pinned.</summary>
    /// <returns>Null when the task is done; else what it waits for.</returns>
    public Task? Execute(int step, int index, int worker)
    {
        TaskContext context = _contexts[worker] ??= new TaskContext(Blocks, _stopping);
        try
        {
            StepWork work = _steps[step] ?? MakeReady(step);
            if (work is ITaskBytes bytes)
                context.Scratch.Begin(bytes, index);
            return work.Execute(index, context) is { IsCompletedSuccessfully: false } pending ? pending : null;
        }
        finally
        {
            context.Scratch.Reset();
        }
    }

    public override IDisposable Allow(long bytes) => BlockPool.Shared.Allow(bytes);

    public override void Dispose()
    {
        Blocks.Dispose();
        foreach (TaskContext? context in _contexts)
            context?.Dispose();
    }

    /// <summary>A read or write that is under way uses its blocks until it is done.</summary>
    private async Task WatchAsync(Task pending, int task, int pinned)
    {
        try
        {
            await pending.ConfigureAwait(false);
        }
        finally
        {
            Unpin(task, pinned);
        }
    }

    /// <summary>Unpins the first so many of a task's inputs and, if those were all, its output.</summary>
    private void Unpin(int task, int pinned)
    {
        ReadOnlySpan<int> needs = _plan.Graph.DependenciesOf(task);
        for (int need = 0; need < pinned; need++)
            _plan.Tasks[needs[need]].Unpin(Blocks);
        (Producer producer, int index) = _plan.Tasks[task];
        if (pinned == needs.Length)
            producer.Output?.Unpin(index, Blocks);
    }

    private StepWork MakeReady(int step)
    {
        StepWork ready = _plan.Steps[step].Accept(_kinds);
        return Interlocked.CompareExchange(ref _steps[step], ready, null) ?? ready;
    }
}
