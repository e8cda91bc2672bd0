using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

public class CrossingsTests
{
    [Fact]
    public void The_count_is_that_of_trying_all_pairs()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            LayeredGraph graph = Layered(RandomPictures.Make(60, seed));
            var order = LayerOrder.Walk(graph, down: seed % 2 == 0);
            Assert.Equal(AllPairs(graph, order), Crossings.Count(graph, order));
        }
    }

    [Fact]
    public void Reducing_never_makes_more_of_them()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            LayeredGraph graph = Layered(RandomPictures.Make(80, seed));
            LayerOrder order = CrossingReduction.Run(graph);
            Assert.True(Crossings.Count(graph, order) <= Crossings.Count(graph, LayerOrder.Walk(graph, down: true)));
            Assert.Equal(
                Enumerable.Range(0, graph.Links.Count), Enumerable.Range(0, order.LayerCount).SelectMany(layer => order[layer]).Order());
            for (int layer = 0; layer < order.LayerCount; layer++)
                Assert.All(order[layer], member => Assert.Equal(layer, graph.LayerOf[member]));
        }
    }

    [Fact]
    public void A_tree_has_none()
    {
        LayeredGraph tree = Layered(RandomPictures.Tree(leaves: 500, group: 3));
        Assert.Equal(0, Crossings.Count(tree, CrossingReduction.Run(tree)));
    }

    [Fact]
    public void Edges_from_one_node_share_their_points()
    {
        LayeredGraph graph = LayeredGraph.Make([(0, 1), (1, 2), (2, 3), (0, 2), (0, 3)], [0, 1, 2, 3], mostPoints: 100);
        Assert.Equal((4, 6), (graph.NodeCount, graph.Links.Count));
        Assert.Equal([1, 2], [graph.LayerOf[4], graph.LayerOf[5]]);
        Assert.Equal([1, 4], graph.Links.Above(0).ToArray().Order());
        Assert.Equal([2, 5], graph.Links.Above(4).ToArray().Order());
        Assert.Equal([3], graph.Links.Above(5).ToArray());
    }

    private static LayeredGraph Layered(GraphPicture picture) =>
        LayeredGraph.Make(picture.Edges, Layers.Assign(new Links(picture.Nodes.Count, picture.Edges)), int.MaxValue);

    private static long AllPairs(LayeredGraph graph, LayerOrder order)
    {
        var links = (
            from member in Enumerable.Range(0, graph.Links.Count)
            from end in graph.Links.Above(member).ToArray()
            select (Layer: graph.LayerOf[member], From: order.Positions[member], To: order.Positions[end])).ToList();
        return (
            from one in links
            from other in links
            where one.Layer == other.Layer && one.From < other.From && one.To > other.To
            select one).LongCount();
    }
}
