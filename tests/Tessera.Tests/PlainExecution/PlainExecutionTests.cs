using Tessera.Executors;
using Tessera.Expressions;
using Tessera.Scheduling;
using Tessera.Steps;
using Tessera.Tests.Expressions;

namespace Tessera.Tests.PlainExecution;

/// <summary>Every executor gives what the plain one gives: to the bit, except for floating-point folds, which may differ by the rounding of their order.</summary>
public sealed class PlainExecutionTests
{
    private const int Trees = 300, Seeds = 10;

    private static readonly ComputeOptions Plain = new() { Scheduler = PlainScheduler.Instance };

    public static TheoryData<int> Parts => [.. Enumerable.Range(0, Seeds)];

    [Theory, MemberData(nameof(Parts))]
    public void Threads_compute_what_is_computed_plainly(int part)
    {
        foreach (int seed in Enumerable.Range(part * Trees, Trees))
        {
            Node tree = RandomTrees.Tree(seed, mostElements: 3000);
            ArrayExpression expression = TreeBuilder.Build(tree, variation: seed);
            string? difference = Elements.Of(expression, Plain).Differs(Elements.Of(expression, new() { Scheduler = Schedulers.Threads(3) }), tree);
            Assert.True(difference is null, $"Tree {seed}: {difference}\n{tree}");
        }
    }

    [Fact]
    public void Worker_processes_compute_what_is_computed_plainly()
    {
        using WorkerPool pool = WorkerPool.Processes(2);
        var processes = new ComputeOptions { Scheduler = Schedulers.Processes(pool) };
        foreach (int seed in Enumerable.Range(0, 100))
        {
            Node tree = RandomTrees.Tree(seed, mostElements: 3000);
            ArrayExpression expression = TreeBuilder.Build(tree, variation: seed);
            string? difference = Elements.Of(expression, Plain).Differs(Elements.Of(expression, processes), tree);
            Assert.True(difference is null, $"Tree {seed}: {difference}\n{tree}");
        }
    }

    /// <summary>What a store that gives no address of an unpinned block would find.</summary>
    [Fact]
    public void Threads_look_at_no_block_that_they_have_not_pinned_and_write_to_none_that_they_read()
    {
        var scheduler = new OverCheckedBlocks();
        var options = new ComputeOptions { Scheduler = scheduler };
        foreach (int seed in Enumerable.Range(0, Trees))
        {
            Node tree = RandomTrees.Tree(seed, mostElements: 3000);
            Elements.Of(TreeBuilder.Build(tree, variation: seed), options);
        }

        ChunkedArray<int> large = new ChunkedRandom(seed: 1).Integers(0, 10, shape: [3000, 5000]);
        Assert.Equal(large.Var().Compute(), large.Var().Compute(options));
        Assert.Equal(large.Max(axis: 0).Compute().ToArray(), large.Max(axis: 0).Compute(options).ToArray());
        var load = Delayed.Function((int k) => Enumerable.Repeat((double)k, 1_500_000).ToArray());
        ChunkedArray<double> delivered = ChunkedArray.Stack(Enumerable.Range(0, 4).Select(k => ChunkedArray.FromDelayed(load(k), shape: [1_500_000])), axis: 0);
        Assert.Equal(delivered.Sum(axis: 0).Compute().ToArray(), delivered.Sum(axis: 0).Compute(options).ToArray());
        Assert.All(scheduler.Stores, store => Assert.Equal(0, store.Left));
    }

    private sealed class OverCheckedBlocks : Scheduler
    {
        public List<CheckedBlocks> Stores { get; } = [];

        public override string Name => "checked";

        public override int Workers => 1;

        internal override Executor ExecutorFor(Plan plan, TaskRun run)
        {
            Stores.Add(new CheckedBlocks());
            return new CpuExecutor(plan, CpuSteps.ForRun(plan, CpuDestinations.Here, new CallPlace(run.Stopping)), Stores[^1], run.Stopping);
        }

        private protected override void RunTasks(TaskGraph graph, ITaskWork work, TaskRun run) => SerialScheduler.RunInOrder(graph, work, run);

        private protected override Task RunTasksAsync(TaskGraph graph, ITaskWork work, TaskRun run) => throw new NotSupportedException();
    }
}
