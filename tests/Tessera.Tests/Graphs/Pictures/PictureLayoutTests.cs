using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

public class PictureLayoutTests
{
    [Fact]
    public void Nodes_stay_apart_and_edges_go_up_and_clear_of_them()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            PictureLayout layout = PictureLayout.Of(RandomPictures.Make(1 + (seed * 7 % 70), seed));
            Assert.True(!Geometry.Faults(layout).Any(), $"Seed {seed}: {Geometry.Faults(layout).FirstOrDefault()}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    public void The_same_holds_where_long_edges_have_few_points_or_none(int mostPoints)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            GraphPicture picture = RandomPictures.Make(1 + (seed * 7 % 60), seed);
            NodeForm[] forms = [.. picture.Nodes.Select(NodeForm.Of)];
            var layout = PartLayout.Of(forms, picture.Edges, mostPoints);
            Assert.True(!Geometry.Faults(forms, layout).Any(), $"Seed {seed}: {Geometry.Faults(forms, layout).FirstOrDefault()}");
        }
    }

    [Fact]
    public void A_graph_that_is_joined_every_which_way_is_laid_out_as_well()
    {
        Assert.Empty(Geometry.Faults(PictureLayout.Of(RandomPictures.ReadByTheLast(400))));
        (int From, int To)[] all = [.. from to in Enumerable.Range(0, 40) from earlier in Enumerable.Range(0, to) select (earlier, to)];
        Assert.Empty(Geometry.Faults(PictureLayout.Of(RandomPictures.ReadByTheLast(40) with { Edges = all })));
    }

    [Fact]
    public void A_label_fits_in_its_node()
    {
        foreach (PictureNode node in Enumerable.Range(0, 20).SelectMany(seed => RandomPictures.Make(60, seed).Nodes))
        {
            NodeForm form = NodeForm.Of(node);
            double halfText = TextWidth.Of(form.Text, NodeForm.FontSize) / 2;
            Assert.True(
                form.ReachAt(halfText) >= NodeForm.FontSize / 2, $"'{form.Text}' is {2 * halfText} wide and its node {form.Width}.");
        }
    }

    [Fact]
    public void Inputs_are_at_the_bottom_and_the_result_is_on_top()
    {
        PictureLayout layout = PictureLayout.Of(RandomPictures.Tree(leaves: 27, group: 3));
        double bottom = layout.Centres.Max(centre => centre.Y);
        Assert.All(layout.Centres.Take(27), centre => Assert.Equal(bottom, centre.Y));
        Assert.Equal(layout.Centres.Min(centre => centre.Y), layout.Centres[^1].Y);
    }

    [Fact]
    public void A_sum_stands_over_the_middle_of_its_blocks()
    {
        GraphPicture tree = RandomPictures.Tree(leaves: 64, group: 4);
        PictureLayout layout = PictureLayout.Of(tree);
        foreach (var inputs in tree.Edges.GroupBy(edge => edge.To, edge => layout.Centres[edge.From].X))
            Assert.Equal(inputs.Average(), layout.Centres[inputs.Key].X, 0.5);
    }

    [Fact]
    public void Parts_that_nothing_joins_stand_side_by_side_on_one_line()
    {
        PictureLayout layout = PictureLayout.Of(new(
            "", [.. Enumerable.Range(0, 5).Select(i => new PictureNode($"{i}", PictureShape.Data, ""))], [(3, 0), (1, 4)]));
        Assert.Equal(layout.Centres[3].X, layout.Centres[0].X, 0.01);
        Assert.True(layout.Centres[0].X < layout.Centres[1].X && layout.Centres[4].X < layout.Centres[2].X);
        Assert.Equal([layout.Centres[3].Y, layout.Centres[3].Y], [layout.Centres[1].Y, layout.Centres[2].Y]);
    }

    [Fact]
    public void Many_parts_stand_in_rows()
    {
        PictureLayout layout = PictureLayout.Of(new(
            "", [.. Enumerable.Range(0, 2000).Select(i => new PictureNode($"{i}", PictureShape.Data, ""))], []));
        Assert.InRange(layout.Width / layout.Height, 1, 3);
        Assert.Empty(Geometry.Faults(layout));
    }

    [Fact]
    public void The_same_picture_is_laid_out_the_same_way()
    {
        GraphPicture picture = RandomPictures.Make(200, seed: 3);
        PictureLayout one = PictureLayout.Of(picture), other = PictureLayout.Of(picture);
        Assert.Equal(one.Centres, other.Centres);
        Assert.Equal(one.Edges.SelectMany(edge => edge.Stops), other.Edges.SelectMany(edge => edge.Stops));
    }

    [Fact]
    public void Deep_and_large_graphs_are_laid_out()
    {
        PictureLayout tree = PictureLayout.Of(RandomPictures.Tree(leaves: 15_000, group: 4));
        Assert.Equal(20_002, tree.Centres.Count);
        GraphPicture ladder = RandomPictures.ReadByTheLast(20_000);
        Assert.Equal(39_997, PictureLayout.Of(ladder).Edges.Count);

        PictureNode[] nodes = [.. Enumerable.Range(0, 100_000).Select(i => new PictureNode($"{i}", PictureShape.Function, ""))];
        PictureLayout chain = PictureLayout.Of(new("", nodes, [.. Enumerable.Range(1, nodes.Length - 1).Select(i => (i - 1, i))]));
        Assert.True(chain.Width < 100);
    }

    [Fact]
    public void Edges_that_lead_around_in_a_circle_are_refused()
    {
        PictureNode node = new("x", PictureShape.Data, "");
        GraphPicture picture = new("", [node, node, node], [(0, 1), (1, 2), (2, 1)]);
        string message = Assert.Throws<ArgumentException>(() => PictureLayout.Of(picture)).Message;
        Assert.Contains("2 of the picture's 3 nodes depend on themselves", message);
    }
}
