using System.Globalization;
using System.Text;

namespace Tessera.Graphs;

/// <summary>A picture in the language of Graphviz, which lays it out itself.</summary>
internal static class DotText
{
    public static string Write(GraphPicture picture)
    {
        var dot = new StringBuilder();
        dot.Append(CultureInfo.InvariantCulture, $$"""
            digraph "{{Escaping.Dot(picture.Title)}}" {
              rankdir=BT;
              bgcolor="{{PictureColours.Paper}}";
              charset="UTF-8";
              fontname="Helvetica"; fontsize=16; labelloc=t; label="{{Escaping.Dot(Heading(picture))}}";
              node [style=filled, color="{{PictureColours.Outline}}", fontname="Helvetica", fontsize=12];
              node [height=0.4, width=0.5, margin="0.1,0.04"];
              edge [color="{{PictureColours.Edge}}", arrowsize=0.7];

            """);
        for (int node = 0; node < picture.Nodes.Count; node++)
            Append(dot, node, picture.Nodes[node]);
        foreach ((int from, int to) in picture.Edges)
            dot.Append(CultureInfo.InvariantCulture, $"  {from} -> {to};\n");
        return dot.Append("}\n").ToString();
    }

    private static void Append(StringBuilder dot, int number, PictureNode node)
    {
        NodeForm form = NodeForm.Of(node);
        (string fill, string text) = PictureColours.Of(node);
        string shape = node.Shape == PictureShape.Data ? "box" : form.IsCircle ? "circle" : "ellipse";
        dot.Append(CultureInfo.InvariantCulture, $"  {number} [label=\"{Escaping.Dot(form.Text)}\", shape={shape}, ");
        dot.Append($"fillcolor=\"{fill}\", fontcolor=\"{text}\", tooltip=\"{Escaping.Dot(node.Hover)}\"];\n");
    }

    private static string Heading(GraphPicture picture) => picture.Legend is null ? picture.Title : $"{picture.Title}\n{picture.Legend}";
}
