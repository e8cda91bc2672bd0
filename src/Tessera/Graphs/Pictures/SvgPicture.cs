using System.Globalization;
using System.Text;

namespace Tessera.Graphs;

/// <summary>A picture as SVG: the title, the graph, and below it the legend.</summary>
internal sealed class SvgPicture
{
    private const double Margin = 24, Heading = 34, TitleSize = 16, LegendSize = 12;
    private const double WidestLine = 900, RampWidth = 120, BesideRamp = 10;

    private readonly StringBuilder _svg = new();
    private readonly GraphPicture _picture;
    private readonly PictureLayout _layout;
    private readonly bool _hasHeat;
    private readonly string _title = "";
    private readonly string _legend = "";

    private SvgPicture(GraphPicture picture, bool withHeading)
    {
        (_picture, _layout, _hasHeat) = (picture, PictureLayout.Of(picture), picture.Nodes.Any(node => node.Heat is not null));
        if (withHeading)
        {
            _title = TextWidth.Fit(picture.Title, TitleSize, WidestLine);
            _legend = TextWidth.Fit(picture.Legend ?? "", LegendSize, WidestLine);
        }
    }

    private double LegendStart => _hasHeat ? RampWidth + BesideRamp : 0;

    /// <summary>
    /// Draws a picture, with title and legend or without. For screen readers and as the name of the window, the title is there in any case.
    /// </summary>
    public static string Draw(GraphPicture picture, bool withHeading = true)
    {
        var drawing = new SvgPicture(picture, withHeading);
        drawing.Draw();
        return drawing._svg.ToString();
    }

    private void Draw()
    {
        const double BoldOverPlain = 1.1;
        double titleWidth = BoldOverPlain * TextWidth.Of(_title, TitleSize), legendWidth = LegendStart + TextWidth.Of(_legend, LegendSize);
        double inner = Math.Max(_layout.Width, Math.Max(titleWidth, _legend.Length > 0 ? legendWidth : 0));
        double above = _title.Length > 0 ? Heading : 0, below = _legend.Length > 0 ? Heading : 0;
        double width = Math.Ceiling(inner + (2 * Margin)), height = Math.Ceiling(_layout.Height + above + below + (2 * Margin));

        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" ");
        Add($"style=\"max-width: 100%; max-height: 100vh\" "); // a window shows all of it
        Add($"role=\"img\" font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\">\n<title>{Escaping.Markup(_picture.Title)}</title>\n");
        AddDefinitions();
        Add($"<rect class=\"paper\" width=\"{width}\" height=\"{height}\" fill=\"{PictureColours.Paper}\"/>\n");
        if (_title.Length > 0)
            AddText("title", (Margin, Margin + TitleSize), TitleSize, _title, " font-weight=\"bold\"");
        Add($"<g transform=\"translate({Margin + ((inner - _layout.Width) / 2):0.#} {Margin + above})\">\n");
        SvgShapes.Append(_svg, _picture, _layout);
        Add($"</g>\n");
        if (_legend.Length > 0)
            AddLegend(height - Margin);
        Add($"</svg>\n");
    }

    private void AddDefinitions()
    {
        // The arrow begins where the line ends, and its tip is so much further.
        const double Length = EdgePath.ArrowLength;
        Add($"<defs><marker id=\"arrow\" viewBox=\"0 0 {Length} 6\" refX=\"0.5\" refY=\"3\" markerWidth=\"{Length}\" markerHeight=\"6\" ");
        Add($"markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L{Length} 3L0 6z\" fill=\"{PictureColours.Edge}\"/></marker>");
        if (_hasHeat)
        {
            Add($"<linearGradient id=\"heat\">");
            string[] stops = [.. HeatColours.Stops()];
            for (int i = 0; i < stops.Length; i++)
                Add($"<stop offset=\"{(double)i / (stops.Length - 1)}\" stop-color=\"{stops[i]}\"/>");
            Add($"</linearGradient>");
        }

        Add($"</defs>\n");
    }

    private void AddLegend(double bottom)
    {
        if (_hasHeat)
        {
            Add($"<rect class=\"ramp\" x=\"{Margin}\" y=\"{bottom - LegendSize}\" width=\"{RampWidth}\" height=\"{LegendSize}\" ");
            Add($"fill=\"url(#heat)\" stroke=\"{PictureColours.Outline}\" stroke-width=\"0.5\"/>");
        }

        AddText("legend", (Margin + LegendStart, bottom - 2), LegendSize, _legend);
    }

    private void AddText(string name, (double X, double Y) at, double size, string text, string more = "")
    {
        Add($"<text class=\"{name}\" x=\"{at.X}\" y=\"{at.Y}\" font-size=\"{size}\" fill=\"{PictureColours.Ink}\"{more}>");
        Add($"{Escaping.Markup(text)}</text>\n");
    }

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
