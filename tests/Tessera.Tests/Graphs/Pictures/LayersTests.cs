using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

public class LayersTests
{
    [Fact]
    public void Every_edge_goes_up_and_there_are_no_more_layers_than_the_longest_way_has_nodes()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            GraphPicture picture = RandomPictures.Make(1 + seed, seed);
            var links = new Links(picture.Nodes.Count, picture.Edges);
            int[] layers = Layers.Assign(links);
            Assert.All(picture.Edges, edge => Assert.True(layers[edge.From] < layers[edge.To]));

            int[] longest = new int[picture.Nodes.Count];
            foreach (int node in links.FromBelow())
            {
                foreach (int input in links.Below(node))
                    longest[node] = Math.Max(longest[node], longest[input] + 1);
            }

            Assert.Equal((0, longest.Max()), (layers.Min(), layers.Max()));
            Assert.True(Length(picture, layers) <= Length(picture, longest));
        }
    }

    [Fact]
    public void An_input_that_is_needed_late_stands_just_below_its_reader() =>
        Assert.Equal([0, 1, 2, 3, 2], Layers.Assign(new Links(5, [(0, 1), (1, 2), (2, 3), (4, 3)])));

    [Fact]
    public void A_chain_that_is_needed_late_rises_as_a_whole() =>
        Assert.Equal([0, 1, 2, 3, 1, 2], Layers.Assign(new Links(6, [(0, 1), (1, 2), (2, 3), (4, 5), (5, 3)])));

    private static long Length(GraphPicture picture, int[] layers) => picture.Edges.Sum(edge => (long)layers[edge.To] - layers[edge.From]);
}
