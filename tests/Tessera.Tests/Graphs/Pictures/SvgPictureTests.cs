using System.Globalization;
using System.Xml.Linq;
using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

public class SvgPictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void It_is_well_formed_and_shows_every_node_and_edge()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            GraphPicture picture = RandomPictures.Make(1 + seed, seed);
            XElement svg = XDocument.Parse(SvgPicture.Draw(picture)).Root!;
            XElement[] nodes = [.. OfClass(svg, "node")], edges = [.. OfClass(svg, "edge")];
            Assert.Equal(picture.Nodes.Count, nodes.Length);
            Assert.Equal(picture.Edges, edges.Select(edge => (Number(edge, "data-from"), Number(edge, "data-to"))));
            Assert.Equal(
                picture.Nodes.Select(node => Escaping.Readable(NodeForm.Of(node).Text)), nodes.Select(node => node.Element(Svg + "text")!.Value));
            Assert.Equal(
                picture.Nodes.Select(node => node.Shape == PictureShape.Data), nodes.Select(node => node.Element(Svg + "rect") is not null));
        }
    }

    [Theory]
    [InlineData("a < b & \"c\"")]
    [InlineData("</title></svg>")]
    [InlineData("日本語 🧪")]
    [InlineData("two\nlines")]
    public void The_full_label_and_the_details_are_there_for_hovering(string label)
    {
        XElement svg = XDocument.Parse(SvgPicture.Draw(new("", [new(label, PictureShape.Data, "8 bytes\n2 ms")], []))).Root!;
        Assert.Equal($"{label}\n8 bytes\n2 ms", Assert.Single(OfClass(svg, "node")).Element(Svg + "title")!.Value);
    }

    [Fact]
    public void Characters_that_XML_lacks_are_replaced()
    {
        XElement svg = XDocument.Parse(SvgPicture.Draw(new("\0", [new("a\u0001\ud800b", PictureShape.Function, "\uffff")], []))).Root!;
        Assert.Equal("a\ufffd\ufffdb\n\ufffd", Assert.Single(OfClass(svg, "node")).Element(Svg + "title")!.Value);
    }

    [Fact]
    public void A_long_label_is_cut()
    {
        XElement svg = XDocument.Parse(SvgPicture.Draw(new("", [new(new('x', 300), PictureShape.Function, "")], []))).Root!;
        Assert.EndsWith("x…", Assert.Single(OfClass(svg, "node")).Element(Svg + "text")!.Value);
    }

    [Fact]
    public void Title_and_legend_are_drawn_and_fit()
    {
        PictureNode node = new("x", PictureShape.Data, "", Heat: 0.5);
        GraphPicture picture = new("How an x & a y become a sum", [node], [], "Coloured by time: light is 0 ms, dark is 31 ms");
        XElement svg = XDocument.Parse(SvgPicture.Draw(picture)).Root!;
        Assert.Equal(picture.Title, svg.Element(Svg + "title")!.Value);
        Assert.Equal(picture.Title, Assert.Single(OfClass(svg, "title")).Value);
        Assert.Equal(picture.Legend, Assert.Single(OfClass(svg, "legend")).Value);
        Assert.Single(OfClass(svg, "ramp"));
        Assert.True(Width(svg) > TextWidth.Of(picture.Title, 16));

        Assert.Empty(OfClass(XDocument.Parse(SvgPicture.Draw(picture with { Legend = null })).Root!, "ramp"));
    }

    [Fact]
    public void An_empty_graph_is_a_small_picture()
    {
        XElement svg = XDocument.Parse(SvgPicture.Draw(new("", [], []))).Root!;
        Assert.Empty(OfClass(svg, "node"));
        Assert.InRange(Width(svg), 1, 100);
    }

    [Fact]
    public void The_same_picture_is_the_same_text() =>
        Assert.Equal(SvgPicture.Draw(RandomPictures.Make(80, 1)), SvgPicture.Draw(RandomPictures.Make(80, 1)));

    private static IEnumerable<XElement> OfClass(XElement svg, string name) =>
        svg.Descendants().Where(element => (string?)element.Attribute("class") == name);

    private static int Number(XElement element, string name) => int.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static double Width(XElement svg) => double.Parse(svg.Attribute("width")!.Value, CultureInfo.InvariantCulture);
}
