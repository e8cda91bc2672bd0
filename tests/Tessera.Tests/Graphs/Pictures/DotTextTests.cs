using System.Xml.Linq;
using Tessera.Graphs;
using Tessera.Tests.Oracles;

namespace Tessera.Tests.Graphs;

public class DotTextTests
{
    [Fact]
    public void Graphviz_sees_the_same_numbers_of_nodes_and_edges()
    {
        for (int seed = 0; seed < 25; seed++)
        {
            GraphPicture picture = RandomPictures.Make(1 + (seed * 2), seed);
            ILookup<string, string> lines = GraphvizOracle.Run(DotText.Write(picture), "plain").Split('\n').ToLookup(line => line.Split(' ')[0]);
            Assert.Equal((picture.Nodes.Count, picture.Edges.Count), (lines["node"].Count(), lines["edge"].Count()));
        }
    }

    [Fact]
    public void Graphviz_reads_every_label_as_it_was_meant()
    {
        PictureNode[] nodes = [.. RandomPictures.NastyLabels.Select(label => new PictureNode(label, PictureShape.Function, ""))];
        var svg = XDocument.Parse(GraphvizOracle.Run(DotText.Write(new("", nodes, [])), "svg"));
        string[] seen =
        [
            .. from element in svg.Descendants()
               where (string?)element.Attribute("class") == "node"
               let number = int.Parse(element.Elements().First(child => child.Name.LocalName == "title").Value)
               orderby number
               select element.Descendants().FirstOrDefault(child => child.Name.LocalName == "text")?.Value ?? "",
        ];
        Assert.Equal(nodes.Select(node => Plain(NodeForm.Of(node).Text)), seen.Select(Plain));

        // Graphviz writes spaces as ones that don't break, and none at the ends.
        static string Plain(string text) => Escaping.Readable(text).Replace('\u00a0', ' ').Trim();
    }

    [Fact]
    public void Data_are_boxes_and_functions_circles_or_where_the_label_is_long_ellipses()
    {
        string dot = DotText.Write(new(
            "title",
            [new("x", PictureShape.Data, ""), new("f", PictureShape.Function, ""), new("a longer name", PictureShape.Function, "")],
            [(0, 1), (0, 2)]));
        Assert.Contains("0 [label=\"x\", shape=box,", dot);
        Assert.Contains("1 [label=\"f\", shape=circle,", dot);
        Assert.Contains("2 [label=\"a longer name\", shape=ellipse,", dot);
        Assert.Contains("rankdir=BT;", dot);
        Assert.Contains("  0 -> 2;\n", dot);
    }

    [Fact]
    public void Heat_is_the_fill_and_the_details_are_the_tooltip()
    {
        string dot = DotText.Write(new("title", [new("x", PictureShape.Data, "8 bytes", 1)], [], "dark is late"));
        Assert.Contains($"fillcolor=\"{HeatColours.Of(1).Fill}\", fontcolor=\"#ffffff\", tooltip=\"x\\n8 bytes\"", dot);
        Assert.Contains("label=\"title\\ndark is late\"", dot);
    }
}
