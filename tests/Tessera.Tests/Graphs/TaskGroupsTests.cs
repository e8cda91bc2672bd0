using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

public class TaskGroupsTests
{
    [Fact]
    public void A_tree_of_sums_has_a_group_a_level()
    {
        var load = Delayed.Function((int n) => n, "load");
        var sum = Delayed.Function((int a, int b) => a + b, "sum");
        List<Delayed<int>> level = [.. Enumerable.Range(0, 64).Select(i => load(i))];
        while (level.Count > 1)
            level = [.. level.Chunk(2).Select(pair => sum(pair[0], pair[1]))];
        var groups = new TaskGroups(level[0].Graph());
        Assert.Equal([64, 32, 16, 8, 4, 2, 1], groups.Tasks.Select(tasks => tasks.Count));
        Assert.Equal(6, groups.Edges.Count);
    }

    [Fact]
    public void A_long_chain_of_two_functions_that_need_each_other_is_one_group()
    {
        var odd = Delayed.Function((int n) => n + 1, "odd");
        var even = Delayed.Function((int n) => n + 2, "even");
        Delayed<int> value = 0;
        for (int i = 0; i < 1000; i++)
            value = i % 2 == 0 ? even(value) : odd(value);
        var groups = new TaskGroups(value.Graph());
        Assert.Equal(1000, Assert.Single(groups.Tasks).Count);
        Assert.Empty(groups.Edges);
    }

    [Fact]
    public void Every_task_is_in_one_group_and_groups_come_before_those_that_need_them()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            TaskGraph graph = RandomGraphs.Make(tasks: 1 + (seed * 20), seed);
            var groups = new TaskGroups(graph);
            Assert.Equal(Enumerable.Range(0, graph.Count), groups.Tasks.SelectMany(tasks => tasks).Order());
            Assert.Empty(Cycle(groups));
        }
    }

    [Fact]
    public void Closures_of_one_lambda_are_of_one_kind()
    {
        TaskGraph graph = Delayed.WhenAll(Enumerable.Range(0, 2000).Select(i => Delayed.Call(() => i + 1))).Graph();
        Assert.Equal([2000, 1], new TaskGroups(graph).Tasks.Select(tasks => tasks.Count));
    }

    [Fact]
    public void Calls_of_a_thousand_functions_are_grouped_by_where_they_stand()
    {
        TaskGraph graph = Delayed.WhenAll(Enumerable.Range(0, 2000).Select(i => Delayed.Call(() => 1, $"step {i}"))).Graph();
        Assert.Equal([2000, 1], new TaskGroups(graph).Tasks.Select(tasks => tasks.Count));
    }

    [Fact]
    public void No_task_makes_no_group() => Assert.Empty(new TaskGroups(new TaskGraphBuilder().Build()).Tasks);

    [Fact]
    public void Components_are_the_nodes_that_lead_to_each_other()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int nodes = random.Next(1, 12);
            (int From, int To)[] edges = [.. Enumerable.Range(0, random.Next(0, 20)).Select(_ => (random.Next(nodes), random.Next(nodes)))];
            int[] component = new Components(nodes, edges).Of;

            // Warshall's closure, the plain way.
            var leads = new bool[nodes, nodes];
            foreach ((int from, int to) in edges)
                leads[from, to] = true;
            for (int middle = 0; middle < nodes; middle++)
            {
                for (int from = 0; from < nodes; from++)
                {
                    for (int to = 0; to < nodes; to++)
                        leads[from, to] |= leads[from, middle] && leads[middle, to];
                }
            }

            for (int a = 0; a < nodes; a++)
            {
                for (int b = 0; b < nodes; b++)
                    Assert.Equal(a == b || (leads[a, b] && leads[b, a]), component[a] == component[b]);
            }
        }
    }

    /// <summary>Groups that are left when those that need none are taken away again and again.</summary>
    private static HashSet<int> Cycle(TaskGroups groups)
    {
        var left = Enumerable.Range(0, groups.Tasks.Count).ToHashSet();
        while (left.RemoveWhere(group => !groups.Edges.Any(edge => edge.To == group && left.Contains(edge.From))) > 0)
        {
        }

        return left;
    }
}
