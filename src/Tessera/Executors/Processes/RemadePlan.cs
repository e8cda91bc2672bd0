using Tessera.Memory;
using Tessera.Pools;
using Tessera.Serialization;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>The plan as a worker process made it, and what its tasks need here.</summary>
internal sealed class RemadePlan : IStepKinds<PlacedTask>, IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly Plan _plan;
    private readonly MappedPages _pages;
    private readonly CpuExecutor _executor;
    private readonly PlacedBlocks _blocks = new();
    private readonly Timer _looks;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private ControlPage? _control; // while a task is on

    public RemadePlan(Plan plan, MappedPages pages)
    {
        (_plan, _pages) = (plan, pages);

        // The calls of a plan have their constants in common; each is given its own.
        var place = new CallPlace(_stopping.Token) { Constants = new Copies() };
        _executor = new CpuExecutor(plan, CpuSteps.ForRun(plan, new PlacedDestinations(_blocks), place), _blocks, _stopping.Token);
        _looks = new Timer(_ => Look());
    }

    /// <summary>Does a task as the question tells.</summary>
    public void Execute(int step, int task, MessageReader question, MessageWriter answer, ControlPage control)
    {
        PlacedTask inputs = _plan.Steps[step].Accept(this);
        try
        {
            inputs.Take(task, question);
            question.Finish();
            BeginLooking(control);
            control.Item = 0;
            _executor.Execute(step, task, worker: 0)?.GetAwaiter().GetResult();
            answer.Write(Served.Answer);
            inputs.Answer(task, answer);
        }
        finally
        {
            inputs.Forget();
            EndLooking();
            _pages.Trim();
        }
    }

    PlacedTask IStepKinds<PlacedTask>.Of(FillStep step) => new ElementsTask(step, _blocks, _pages);

    PlacedTask IStepKinds<PlacedTask>.Of(ReadStep step) => new ElementsTask(step, _blocks, _pages);

    PlacedTask IStepKinds<PlacedTask>.Of(FoldStep step) => new ElementsTask(step, _blocks, _pages);

    PlacedTask IStepKinds<PlacedTask>.Of(MergeStep step) => new ElementsTask(step, _blocks, _pages);

    PlacedTask IStepKinds<PlacedTask>.Of(CallsStep step) => new CallTask(step);

    // The parent says on the control page that the run is stopped; nobody else would look while a task is on.
    private void BeginLooking(ControlPage control)
    {
        lock (_gate)
            _control = control;
        _looks.Change(BetweenLooks, BetweenLooks);
    }

    private void EndLooking()
    {
        _looks.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_gate)
            _control = null; // what it says after this is meant for another run
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_control is { StopAt: <= 0 })
                CallCancellation.Fire(_stopping);
        }
    }

    public void Dispose()
    {
        _looks.Dispose();
        _executor.Dispose();
        _stopping.Dispose();
    }
}
