using Tessera.Executors;
using Tessera.Expressions;
using Tessera.Memory;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Tests.Lowering;

/// <summary>
/// Does the tasks of a plan in their order on this thread, and measures what they hold. Tasks for worker processes are done as there and as here, in one process, so
/// that both parts are seen.
/// </summary>
internal sealed class MeasuredRun : IDisposable
{
    private readonly Plan _plan;
    private readonly string _what;
    private readonly PoolBlocks _store = new(BlockPool.Shared, areTasksRepeated: true);
    private readonly PlacedBlocks _placed = new();
    private readonly TaskContext _here, _there;
    private readonly bool _isForProcesses;

    private MeasuredRun(Plan plan, bool isForProcesses, string what)
    {
        (_plan, _what, _isForProcesses) = (plan, what, isForProcesses);
        (_here, _there) = (new TaskContext(_store, default), new TaskContext(_placed, default));
        foreach (StepOutput output in plan.Outputs)
            output.Open(_store);
    }

    /// <summary>
    /// The bytes that a plan says it holds at most, and that it rented; and those that it says it uses, and that it used: of scratch memory what is taken, before
    /// that is rounded up to what is rented.
    /// </summary>
    /// <param name="expression">Computed into memory.</param>
    /// <param name="sink">Takes it instead, if any.</param>
    /// <param name="scheduler">Which the plan is for.</param>
    /// <param name="what">Computed, for messages.</param>
    public static (long Forecast, long Rented, long Expected, long Used) Of(ArrayExpression expression, IBlockSink? sink, Scheduler scheduler, string what)
    {
        using PinnedResult? result = sink is null ? new PinnedResult(expression) : null;
        Destination destination = sink is null ? result!.Destination : new SinkDestination(sink, expression.ElementType);
        var options = new ComputeOptions { MemoryBudget = 1L << 50, Scheduler = scheduler };
        Plan plan = Computation.PlanFor(expression, destination, 0, options).Plan;
        using var run = new MeasuredRun(plan, plan.Bytes is ProcessBytes, what);
        (long rented, long expected, long used) = run.Do();
        plan.Clear();
        return (plan.Forecast.PeakBytes, rented, expected, used);
    }

    private (long Rented, long Expected, long Used) Do()
    {
        Action<int>[] steps = [.. _plan.Steps.Select(Doing)];
        (long before, long mostRented, long mostUsed) = (BlockPool.Shared.RunBytes, 0, 0);
        (long expected, long mostExpected) = (0, 0);
        BlockPool.Shared.TakeMostRunBytes();
        for (int task = 0; task < _plan.Tasks.Count; task++)
        {
            (Producer producer, int index) = _plan.Tasks[task];
            steps[producer.Number](index);
            Scratch scratch = _isForProcesses ? _there.Scratch : _here.Scratch;
            long rented = BlockPool.Shared.TakeMostRunBytes() - before, forecast = producer.Bytes!.StackBytes(index);
            Assert.True(
                scratch.MostBytes <= forecast,
                $"task {task}, {producer.Step.DescriptionOf(index)}: {scratch.MostBytes} bytes of scratch, and {forecast} were forecast\n{_what}");
            (mostRented, mostUsed) = (Math.Max(mostRented, rented), Math.Max(mostUsed, rented - scratch.PooledBytes + scratch.MostBytes));
            scratch.Reset();
            long rounding = Scratch.CapacityOf(forecast) - forecast;
            expected += _plan.Graph.BytesOf(task) - rounding;
            mostExpected = Math.Max(mostExpected, expected);
            expected -= _plan.Graph.BytesOf(task) - rounding - producer.Step.OutputBytes(index);
            foreach (int dependency in _plan.Graph.DependenciesOf(task))
            {
                (Producer needed, int piece) = _plan.Tasks[dependency];
                expected -= needed.Output!.RemoveReader(piece, _store);
            }

            BlockPool.Shared.TakeMostRunBytes();
        }

        return (mostRented, mostExpected, mostUsed);
    }

    private Action<int> Doing(Step step)
    {
        CpuStep here = step.Accept(CpuSteps.ForRun(_plan, CpuDestinations.Here, new CallPlace(default)));
        if (!_isForProcesses || step is CallsStep or ReadStep)
            return task => Do(here, task, _here);

        CpuStep there = step.Accept(CpuSteps.ForRun(_plan, new PlacedDestinations(_placed), new CallPlace(default)));
        var destinations = new RemoteDestinations(BlockPool.Shared);
        return task =>
        {
            if (step is FoldStep { States: { } states })
            {
                DoThere(_store.Make(states, task));
                return;
            }

            (Destination destination, int cell, Region results) = step.ResultsOf(task)!.Value;
            destination.Accept(destinations).Write(cell, results, _here, DoThere)?.GetAwaiter().GetResult();

            void DoThere(nint address)
            {
                _placed.Results = address;
                step.Visit(task, new Places(this));
                Do(there, task, _there);
                _placed.Forget();
            }
        };
    }

    private static void Do(CpuStep step, int task, TaskContext context)
    {
        context.Scratch.Begin(step, task);
        step.Execute(task, context)?.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
        _store.Dispose();
    }

    /// <summary>Tells the part of a worker process where blocks lie.</summary>
    private sealed class Places(MeasuredRun run) : IRecipeVisitor
    {
        public void Block(BlocksOutput output, long block) => run._placed.Place(output, block, run._store.AddressOf(output, block));

        public void Value(ValuesOutput output, int call)
        {
        }

        public void Cell(ReceivedOutput output, int cell)
        {
        }

        public void Read(IBlockSource source, Region region)
        {
        }
    }
}
