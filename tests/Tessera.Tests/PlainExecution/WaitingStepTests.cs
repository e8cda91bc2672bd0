using Tessera.Executors;
using Tessera.Expressions;
using Tessera.Scheduling;
using Tessera.Steps;
using Tessera.Tests.Expressions;

namespace Tessera.Tests.PlainExecution;

/// <summary>A task has its blocks until it is over, at once or later, well or not.</summary>
public sealed class WaitingStepTests
{
    private const int Trees = 100;

    private static readonly ComputeOptions Plain = new() { Scheduler = PlainScheduler.Instance };

    [Fact]
    public void Steps_that_wait_before_they_read_find_their_blocks()
    {
        var scheduler = new Waiting();
        var waiting = new ComputeOptions { Scheduler = scheduler };
        foreach (int seed in Enumerable.Range(0, Trees))
        {
            Node tree = RandomTrees.Tree(seed, mostElements: 3000);
            ArrayExpression expression = TreeBuilder.Build(tree, variation: seed);
            string? difference = Elements.Of(expression, Plain).Differs(Elements.Of(expression, waiting), tree);
            Assert.True(difference is null, $"Tree {seed}: {difference}\n{tree}");
        }

        Assert.All(scheduler.Stores, store => Assert.Equal((0, 0), (store.Left, store.Pins)));
    }

    /// <summary>A block that can't be pinned, because it would have to be loaded from a disk that is gone say, fails the task, and the others are unpinned.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void A_pin_that_fails_leaves_none(int failing)
    {
        var scheduler = new Waiting { FailingPin = failing };
        ChunkedArray<double> x = new ChunkedRandom(seed: 1).Normal(shape: [30, 40]), y = (x - x.Mean(axis: 0)) / x.Std(axis: 0) + x.Max();
        var error = Assert.Throws<ComputationException>(() => y.Compute(new ComputeOptions { Scheduler = scheduler }));
        Assert.IsType<IOException>(error.InnerException);
        Assert.Equal(0, Assert.Single(scheduler.Stores).Pins);
    }

    private sealed class Waiting : Scheduler
    {
        public List<CheckedBlocks> Stores { get; } = [];

        public int FailingPin { get; init; }

        public override string Name => "waiting";

        public override int Workers => 1;

        internal override Executor ExecutorFor(Plan plan, TaskRun run)
        {
            Stores.Add(new CheckedBlocks { FailingPin = FailingPin });
            return new Later(plan, Stores[^1], run.Stopping);
        }

        private protected override void RunTasks(TaskGraph graph, ITaskWork work, TaskRun run) => SerialScheduler.RunInOrder(graph, work, run);

        private protected override Task RunTasksAsync(TaskGraph graph, ITaskWork work, TaskRun run) => throw new NotSupportedException();
    }

    private sealed class Later(Plan plan, CheckedBlocks blocks, CancellationToken stopping)
        : StepExecutor(plan, new LaterSteps(new PlainSteps(stopping)), blocks, stopping, workers: 1);

    private sealed class LaterSteps(PlainSteps steps) : IStepKinds<StepWork>
    {
        public StepWork Of(FillStep step) => new Work(steps.Of(step));

        public StepWork Of(ReadStep step) => new Work(steps.Of(step));

        public StepWork Of(FoldStep step) => new Work(steps.Of(step));

        public StepWork Of(MergeStep step) => new Work(steps.Of(step));

        public StepWork Of(CallsStep step) => new Work(steps.Of(step));
    }

    private sealed class Work(StepWork work) : StepWork
    {
        public override async Task Execute(int task, TaskContext context)
        {
            await Task.Yield();
            if (work.Execute(task, context) is { } pending)
                await pending;
        }
    }
}
