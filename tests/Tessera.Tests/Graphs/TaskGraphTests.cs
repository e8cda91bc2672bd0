using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

public class TaskGraphTests
{
    [Fact]
    public void A_graph_answers_what_it_was_told()
    {
        var builder = new TaskGraphBuilder();
        Assert.Equal(0, builder.Add(10, []));
        Assert.Equal(1, builder.Add(0, []));
        Assert.Equal(2, builder.Add(7, [1, 0]));
        Assert.Equal(3, builder.Add(5, [2, 2]));
        TaskGraph graph = builder.Build();

        Assert.Equal((4, 4), (graph.Count, graph.EdgeCount));
        Assert.Equal([10, 0, 7, 5], Enumerable.Range(0, 4).Select(graph.BytesOf));
        Assert.Equal([1, 0], graph.DependenciesOf(2).ToArray());
        Assert.Equal([2, 2], graph.DependenciesOf(3).ToArray());
        Assert.Equal([2], graph.SuccessorsOf(0).ToArray());
        Assert.Equal([3, 3], graph.SuccessorsOf(2).ToArray());
        Assert.Equal([], graph.SuccessorsOf(3).ToArray());
        Assert.Equal([0, 0, 2, 2], Enumerable.Range(0, 4).Select(graph.DependencyCountOf));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Successors_are_the_dependencies_seen_from_the_other_end(int seed)
    {
        TaskGraph graph = RandomGraphs.Make(500, seed);
        var forth = new List<(int, int)>();
        var back = new List<(int, int)>();
        for (int task = 0; task < graph.Count; task++)
        {
            foreach (int dependency in graph.DependenciesOf(task))
                forth.Add((dependency, task));
            foreach (int successor in graph.SuccessorsOf(task))
                back.Add((task, successor));
            Assert.Equal(graph.DependenciesOf(task).Length, graph.DependencyCountOf(task));
        }

        Assert.Equal(forth.Order(), back);
        Assert.Equal(graph.EdgeCount, back.Count);
    }

    [Fact]
    public void The_empty_graph_is_a_graph()
    {
        TaskGraph graph = new TaskGraphBuilder().Build();
        Assert.Equal((0, 0), (graph.Count, graph.EdgeCount));
    }

    [Fact]
    public void Building_on_leaves_an_earlier_graph_as_it_was()
    {
        var builder = new TaskGraphBuilder();
        builder.Add(1, []);
        TaskGraph early = builder.Build();
        builder.Add(2, [0]);
        Assert.Equal((1, 2), (early.Count, builder.Build().Count));
        Assert.Equal(0, early.SuccessorsOf(0).Length);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_task_depends_on_earlier_ones_only(int dependency)
    {
        var builder = new TaskGraphBuilder();
        builder.Add(0, []);
        builder.Add(0, []);
        string message = Assert.Throws<ArgumentException>(() => builder.Add(0, [0, dependency])).Message;
        Assert.Contains($"Task 2 was said to depend on task {dependency}.", message);
        Assert.Equal((2, 0), (builder.Count, builder.Build().EdgeCount));
    }

    [Fact]
    public void A_task_takes_no_fewer_than_0_bytes() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TaskGraphBuilder().Add(-1, []));
}
