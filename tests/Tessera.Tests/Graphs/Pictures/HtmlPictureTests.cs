using System.Xml.Linq;
using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

public class HtmlPictureTests
{
    [Fact]
    public void Its_SVG_is_well_formed_and_shows_every_node_and_edge()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            GraphPicture picture = RandomPictures.Make(1 + seed, seed);
            string page = HtmlPicture.Write(picture);
            Assert.Equal(1, Occurrences(page, "<svg"));
            (int start, int end) = (page.IndexOf("<svg", StringComparison.Ordinal), page.IndexOf("</main>", StringComparison.Ordinal));
            XElement svg = XDocument.Parse(page[start..end]).Root!;
            Assert.Equal(picture.Nodes.Count, svg.Descendants().Count(element => (string?)element.Attribute("class") == "node"));
            Assert.Equal(picture.Edges.Count, svg.Descendants().Count(element => (string?)element.Attribute("class") == "edge"));
        }
    }

    [Fact]
    public void No_label_can_end_the_script_or_begin_another()
    {
        const string Attack = "</script></svg><script>alert(1)</script>";
        string page = HtmlPicture.Write(new(Attack, [new(Attack, PictureShape.Data, Attack)], [], Attack));
        Assert.Equal((1, 1), (Occurrences(page, "<script"), Occurrences(page, "</script")));
    }

    [Fact]
    public void It_needs_nothing_from_elsewhere()
    {
        string page = HtmlPicture.Write(RandomPictures.Tree(8, 2)).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotContain("http", page);
        Assert.DoesNotContain("src=", page);
        Assert.DoesNotContain("@import", page);
    }

    [Fact]
    public void The_legend_is_shown_with_its_colours()
    {
        string page = HtmlPicture.Write(new("", [new("x", PictureShape.Data, "", 1)], [], "dark is <late>"));
        Assert.Contains("dark is &lt;late&gt;</span>", page);
        Assert.Contains("linear-gradient", page);
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
