using Tessera.Expressions;
using Tessera.Lowering;
using Tessera.Optimization;
using Tessera.Steps;

namespace Tessera.Tests.Lowering.Decisions;

/// <summary>Expressions in which a few hundred operations lead to each other in very many ways are planned within so many nodes, whatever is seen of them.</summary>
public sealed class PlanningWorkTests
{
    [Fact]
    public void A_few_elements_of_a_deep_stencil_are_planned_within_nodes_in_proportion_to_its_depth()
    {
        Assert.InRange(NodesOf(Stencil(300, 10_000)[1000..1010]), 1, 300 * 40);
        Assert.InRange(NodesOf(Stencil(600, 10_000)[1000..1010]), 1, 600 * 40);
    }

    [Fact]
    public void A_window_of_a_deep_stencil_of_two_axes_is_planned_within_nodes_in_proportion_to_its_depth()
    {
        ChunkedArray<double> x = ChunkedArray.Ones<double>([1000, 1000]) + 1;
        for (int step = 0; step < 40; step++)
            x = x[1..^1, 1..^1] + x[2.., 1..^1] + x[..^2, 1..^1] + x[1..^1, 2..] + x[1..^1, ..^2];
        Assert.InRange(NodesOf(x[450..550, 450..550]), 1, 40 * 1000);
    }

    [Fact]
    public void A_few_elements_of_ways_that_never_meet_are_planned()
    {
        ChunkedArray<double> x = ChunkedArray.Ones<double>([1 << 20]) + 1;
        for (int k = 0; k < 17; k++)
            x = x[(1 << k)..] + x[..^(1 << k)];
        Assert.InRange(NodesOf(x[..10]), 1, 17 * 1000);
        Assert.Equal(Enumerable.Repeat(2.0 * (1 << 17), 10), x[..10].Compute().ToArray());
    }

    /// <summary>Ends that wrap around are narrow views at each level.</summary>
    [Fact]
    public void A_stencil_that_wraps_around_is_planned_within_nodes_in_proportion_to_its_depth()
    {
        ChunkedArray<double> x = ChunkedArray.Arange(1000.0);
        for (int step = 0; step < 200; step++)
            x = (ChunkedArray.Concatenate([x[1..], x[..1]]) + ChunkedArray.Concatenate([x[^1..], x[..^1]])) / 2;
        Assert.InRange(NodesOf(x), 1, 200 * 150);
    }

    [Fact]
    public void An_empty_array_is_planned_at_once()
    {
        ChunkedArray<double> y = ChunkedArray.Ones<double>([0, 1 << 20]);
        for (int k = 0; k < 17; k++)
            y = y[.., (1 << k)..] + y[.., ..^(1 << k)];
        Assert.InRange(NodesOf(y), 1, 10);
        Assert.InRange(NodesOf(y[.., ..5]), 1, 10);
        Assert.InRange(NodesOf(Stencil(300, 10_000)[5..5]), 1, 10);
        Assert.Empty(Stencil(300, 10_000)[5..5].Compute().ToArray());
    }

    [Fact]
    public void A_stencil_over_delayed_elements_is_planned_within_nodes_in_proportion_to_its_depth()
    {
        ChunkedArray<double> delayed = ChunkedArray.FromDelayed(Delayed.Value(100_000).Select(count => new double[count]), [100_000]);
        Assert.InRange(NodesOf(Stencil(300, delayed)), 1, 300 * 40);
        Assert.InRange(NodesOf(Stencil(300, delayed)[1000..1010]), 1, 300 * 40);
        Assert.InRange(NodesOf(Stencil(300, 100_000) + delayed[300..].Sum()), 1, 300 * 40);
    }

    [Fact]
    public void A_stencil_among_delayed_values_is_planned_within_nodes_in_proportion_to_its_depth()
    {
        var counted = new Counted();
        Lowerer.Lower([Results.Delayed<double>(Stencil(300, 100_000).Expression)], counted.Values, Saving.None, Schedulers.Serial.BytesForPlan());
        Assert.InRange(counted.Nodes, 1, 300 * 40);
    }

    /// <summary>What memory forbids to keep is made again, but never in numbers of ways that grow with each operation.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public void Decisions_concede_only_as_far_as_planning_stays_in_proportion(int concessions)
    {
        Saving saving = Saving.None with { Concessions = concessions };
        Assert.InRange(NodesOf(Stencil(300, 100_000), saving), 1, 300 * 40);
        ChunkedArray<double> x = ChunkedArray.Ones<double>([1 << 22]) + 1;
        for (int k = 0; k < 20; k++)
            x = x[(1 << k)..][Slice.Of(null, null, -1)] + x[..^(1 << k)];
        Assert.InRange(NodesOf(x, saving), 1, 1 << 17);
    }

    private static ChunkedArray<double> Stencil(int steps, long size) => Stencil(steps, ChunkedArray.Ones<double>([size]) + 1);

    private static ChunkedArray<double> Stencil(int steps, ChunkedArray<double> x)
    {
        for (int step = 0; step < steps; step++)
            x = (x[1..] + x[..^1]) / 2;
        return x;
    }

    private static int NodesOf<T>(ChunkedArray<T> array, Saving? saving = null)
        where T : unmanaged
    {
        var counted = new Counted();
        ArrayExpression expression = array.Expression;
        Lowerer.Lower([new PlannedOutput(expression, new MemoryDestination(0, expression.ElementType, expression.Shape))], counted.Values, saving ?? Saving.None, Schedulers.Serial.BytesForPlan());
        return counted.Nodes;
    }

    /// <summary>Counts the nodes of all that was optimized while a plan was made.</summary>
    private sealed class Counted
    {
        private readonly HashSet<ArrayExpression> _nodes = new(ReferenceEqualityComparer.Instance);

        public Counted()
        {
            var optimizer = Optimizer.For(optimize: true);
            Values = ValueLowering.ForPlans(array => Count(optimizer.Optimize(array))) with { Simplify = array => Count(optimizer.Simplify(array)) };
        }

        public ValueLowering Values { get; }

        public int Nodes => _nodes.Count;

        private ArrayExpression Count(ArrayExpression array)
        {
            _nodes.UnionWith(ExpressionOrder.InputsFirst(array));
            return array;
        }
    }
}
