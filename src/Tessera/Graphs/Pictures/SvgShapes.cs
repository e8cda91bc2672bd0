using System.Globalization;
using System.Text;

namespace Tessera.Graphs;

/// <summary>
/// The edges and nodes of a picture as SVG. Edges carry the numbers of their nodes as <c>data-from</c> and <c>data-to</c>, and nodes are in
/// the picture's order, so that a script finds its way.
/// </summary>
internal static class SvgShapes
{
    // Where a line of text stands to have its lower-case letters in the middle.
    private const double Baseline = 0.35 * NodeForm.FontSize;

    public static void Append(StringBuilder svg, GraphPicture picture, PictureLayout layout)
    {
        Add(svg, $"<g class=\"edges\" fill=\"none\" stroke=\"{PictureColours.Edge}\" stroke-width=\"1.2\">\n");
        foreach (EdgePath edge in layout.Edges)
            AppendEdge(svg, edge);

        svg.Append("</g>\n");
        Add(svg, $"<g class=\"nodes\" stroke=\"{PictureColours.Outline}\" font-size=\"{NodeForm.FontSize}\" text-anchor=\"middle\">\n");
        for (int node = 0; node < picture.Nodes.Count; node++)
            AppendNode(svg, picture.Nodes[node], layout.Forms[node], layout.Centres[node]);
        svg.Append("</g>\n");
    }

    private static void AppendEdge(StringBuilder svg, EdgePath edge)
    {
        Add(svg, $"<path class=\"edge\" data-from=\"{edge.From}\" data-to=\"{edge.To}\" marker-end=\"url(#arrow)\" d=\"");
        Add(svg, $"M{edge.Stops[0].X:0.#} {edge.Stops[0].Y:0.#}");
        for (int i = 1; i < edge.Stops.Count; i++)
        {
            ((double fromX, double fromY), (double x, double y)) = (edge.Stops[i - 1], edge.Stops[i]);
            double middle = (fromY + y) / 2;
            if (fromX == x)
                Add(svg, $"V{y:0.#}");
            else
                Add(svg, $"C{fromX:0.#} {middle:0.#} {x:0.#} {middle:0.#} {x:0.#} {y:0.#}");
        }

        svg.Append("\"/>\n");
    }

    private static void AppendNode(StringBuilder svg, PictureNode node, NodeForm form, (double X, double Y) centre)
    {
        (string fill, string text) = PictureColours.Of(node);
        (double across, double down) = (form.Width / 2, form.Height / 2);
        Add(svg, $"<g class=\"node\"><title>{Escaping.Markup(node.Hover)}</title>");
        if (node.Shape == PictureShape.Data)
        {
            Add(svg, $"<rect x=\"{centre.X - across:0.#}\" y=\"{centre.Y - down:0.#}\" width=\"{form.Width}\" height=\"{form.Height}\" ");
            Add(svg, $"rx=\"3\" fill=\"{fill}\"/>");
        }
        else
        {
            Add(svg, $"<ellipse cx=\"{centre.X:0.#}\" cy=\"{centre.Y:0.#}\" rx=\"{across}\" ry=\"{down}\" fill=\"{fill}\"/>");
        }

        Add(svg, $"<text x=\"{centre.X:0.#}\" y=\"{centre.Y + Baseline:0.#}\" stroke=\"none\" fill=\"{text}\">");
        Add(svg, $"{Escaping.Markup(form.Text)}</text></g>\n");
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
