using System.Globalization;
using System.Text;

namespace Tessera.Graphs;

/// <summary>
/// A picture as SVG. Edges carry the numbers of their nodes as <c>data-from</c> and <c>data-to</c>, and nodes are in the picture's order, so
/// that a script finds its way.
/// </summary>
internal sealed class SvgPicture
{
    private const double Margin = 24, TitleSize = 16, LegendSize = 12, TitleHeight = 34, LegendHeight = 34;
    private const double WidestTitle = 900, LegendBar = 120;
    private const string Attributes = "role=\"img\" font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\"";

    private readonly StringBuilder _svg = new();
    private readonly GraphPicture _picture;
    private readonly PictureLayout _layout;

    private SvgPicture(GraphPicture picture) => (_picture, _layout) = (picture, PictureLayout.Of(picture));

    private bool HasHeat => _picture.Nodes.Any(node => node.Heat is not null);

    /// <param name="picture">What to draw.</param>
    /// <param name="withHeading">Whether title and legend are drawn too. The title is there for screen readers in any case.</param>
    public static string Draw(GraphPicture picture, bool withHeading = true)
    {
        var drawing = new SvgPicture(picture);
        drawing.Draw(withHeading);
        return drawing._svg.ToString();
    }

    private void Draw(bool withHeading)
    {
        string title = withHeading ? TextWidth.Fit(_picture.Title, TitleSize, WidestTitle) : "";
        string legend = withHeading ? TextWidth.Fit(_picture.Legend ?? "", LegendSize, WidestTitle) : "";
        double above = title.Length > 0 ? TitleHeight : 0, below = legend.Length > 0 ? LegendHeight : 0;
        double legendStart = HasHeat ? LegendBar + 10 : 0;
        double inner = Math.Max(_layout.Width, Math.Max(1.1 * TextWidth.Of(title, TitleSize), legendStart + TextWidth.Of(legend, LegendSize)));
        (double width, double height) = (Math.Ceiling(inner + (2 * Margin)), Math.Ceiling(_layout.Height + above + below + (2 * Margin)));

        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" {Attributes}>\n");
        Add($"<title>{Escaping.Markup(_picture.Title)}</title>\n");
        AppendDefinitions();
        Add($"<rect class=\"paper\" width=\"100%\" height=\"100%\" fill=\"{PictureColours.Paper}\"/>\n");
        if (title.Length > 0)
            Add($"<text class=\"title\" x=\"{Margin}\" y=\"{Margin + TitleSize}\" font-size=\"{TitleSize}\" font-weight=\"bold\" fill=\"{PictureColours.Ink}\">{Escaping.Markup(title)}</text>\n");
        Add($"<g transform=\"translate({Margin + ((inner - _layout.Width) / 2):0.#} {Margin + above})\">\n");
        AppendEdges();
        AppendNodes();
        _svg.Append("</g>\n");
        if (legend.Length > 0)
            AppendLegend(legend, legendStart, height - Margin);
        _svg.Append("</svg>\n");
    }

    private void AppendDefinitions()
    {
        // The arrow begins where the line ends, and its tip is ArrowLength further.
        Add($"<defs><marker id=\"arrow\" viewBox=\"0 0 {EdgePath.ArrowLength} 6\" refX=\"0.5\" refY=\"3\" markerWidth=\"{EdgePath.ArrowLength}\" markerHeight=\"6\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">");
        Add($"<path d=\"M0 0L{EdgePath.ArrowLength} 3L0 6z\" fill=\"{PictureColours.Edge}\"/></marker>");
        if (HasHeat)
        {
            _svg.Append("<linearGradient id=\"heat\">");
            string[] stops = [.. HeatColours.Stops()];
            for (int i = 0; i < stops.Length; i++)
                Add($"<stop offset=\"{(double)i / (stops.Length - 1)}\" stop-color=\"{stops[i]}\"/>");
            _svg.Append("</linearGradient>");
        }

        _svg.Append("</defs>\n");
    }

    private void AppendLegend(string legend, double start, double bottom)
    {
        if (HasHeat)
            Add($"<rect class=\"ramp\" x=\"{Margin}\" y=\"{bottom - LegendSize}\" width=\"{LegendBar}\" height=\"{LegendSize}\" fill=\"url(#heat)\" stroke=\"{PictureColours.Outline}\" stroke-width=\"0.5\"/>");
        Add($"<text class=\"legend\" x=\"{Margin + start}\" y=\"{bottom - 2}\" font-size=\"{LegendSize}\" fill=\"{PictureColours.Ink}\">{Escaping.Markup(legend)}</text>\n");
    }

    private void AppendEdges()
    {
        Add($"<g class=\"edges\" fill=\"none\" stroke=\"{PictureColours.Edge}\" stroke-width=\"1.2\">\n");
        foreach (EdgePath edge in _layout.Edges)
        {
            Add($"<path class=\"edge\" data-from=\"{edge.From}\" data-to=\"{edge.To}\" marker-end=\"url(#arrow)\" d=\"M{edge.Stops[0].X:0.#} {edge.Stops[0].Y:0.#}");
            for (int i = 1; i < edge.Stops.Count; i++)
            {
                ((double fromX, double fromY), (double x, double y)) = (edge.Stops[i - 1], edge.Stops[i]);
                double middle = (fromY + y) / 2;
                if (fromX == x)
                    Add($"V{y:0.#}");
                else
                    Add($"C{fromX:0.#} {middle:0.#} {x:0.#} {middle:0.#} {x:0.#} {y:0.#}");
            }

            _svg.Append("\"/>\n");
        }

        _svg.Append("</g>\n");
    }

    private void AppendNodes()
    {
        Add($"<g class=\"nodes\" stroke=\"{PictureColours.Outline}\" stroke-width=\"1\" font-size=\"{NodeForm.FontSize}\" text-anchor=\"middle\">\n");
        for (int i = 0; i < _picture.Nodes.Count; i++)
        {
            (PictureNode node, NodeForm form, (double x, double y)) = (_picture.Nodes[i], _layout.Forms[i], _layout.Centres[i]);
            (string fill, string text) = PictureColours.Of(node);
            Add($"<g class=\"node\"><title>{Escaping.Markup(node.Hover)}</title>");
            if (node.Shape == PictureShape.Data)
                Add($"<rect x=\"{x - (form.Width / 2):0.#}\" y=\"{y - (form.Height / 2):0.#}\" width=\"{form.Width}\" height=\"{form.Height}\" rx=\"3\" fill=\"{fill}\"/>");
            else
                Add($"<ellipse cx=\"{x:0.#}\" cy=\"{y:0.#}\" rx=\"{form.Width / 2}\" ry=\"{form.Height / 2}\" fill=\"{fill}\"/>");
            Add($"<text x=\"{x:0.#}\" y=\"{y + (0.35 * NodeForm.FontSize):0.#}\" stroke=\"none\" fill=\"{text}\">{Escaping.Markup(form.Text)}</text></g>\n");
        }

        _svg.Append("</g>\n");
    }

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
