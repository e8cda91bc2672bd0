namespace Tessera.Graphs;

/// <summary>
/// Where everything in a picture goes: inputs at the bottom, results on top, parts that nothing joins side by side. The same picture is
/// laid out the same way every time.
/// </summary>
/// <param name="Forms">Of the nodes.</param>
/// <param name="Centres">Of the nodes; y grows downward.</param>
/// <param name="Edges">In the picture's order.</param>
/// <param name="Width">Of all, without a margin.</param>
/// <param name="Height">Of all, without a margin.</param>
internal sealed record PictureLayout(
    IReadOnlyList<NodeForm> Forms, IReadOnlyList<(double X, double Y)> Centres, IReadOnlyList<EdgePath> Edges, double Width, double Height)
{
    private const double BetweenParts = 40;

    /// <summary>Parts stand in one row up to this width; beyond it, in rows that make the picture about so many times as wide as high.</summary>
    private const double WidestRow = 1600, WidthPerHeight = 1.6;

    public static PictureLayout Of(GraphPicture picture)
    {
        NodeForm[] forms = [.. picture.Nodes.Select(NodeForm.Of)];
        var centres = new (double X, double Y)[forms.Length];
        var edges = new EdgePath[picture.Edges.Count];
        var parts = PicturePart.Split(forms.Length, picture.Edges);
        PartLayout[] layouts = [.. parts.Select(part => PartLayout.Of([.. part.Nodes.Select(node => forms[node])], part.LocalEdges))];
        (var corners, double width, double height) = InRows(layouts);
        for (int i = 0; i < parts.Count; i++)
        {
            (double x, double y) = corners[i];
            for (int node = 0; node < parts[i].Nodes.Count; node++)
                centres[parts[i].Nodes[node]] = (layouts[i].Centres[node].X + x, layouts[i].Centres[node].Y + y);
            for (int edge = 0; edge < parts[i].Edges.Count; edge++)
            {
                (int from, int to) = picture.Edges[parts[i].Edges[edge]];
                edges[parts[i].Edges[edge]] = layouts[i].Edges[edge].MovedBy(x, y) with { From = from, To = to };
            }
        }

        return new(forms, centres, edges, width, height);
    }

    // The upper left corner of each part; the parts of a row stand on one line. If one row isn't enough, high parts come first, so that low
    // ones share rows.
    private static ((double X, double Y)[] Corners, double Width, double Height) InRows(PartLayout[] parts)
    {
        double area = parts.Sum(part => (part.Width + BetweenParts) * (part.Height + BetweenParts));
        double widest = Math.Max(Math.Sqrt(area * WidthPerHeight), WidestRow);
        bool oneRow = parts.Sum(part => part.Width + BetweenParts) <= widest + BetweenParts;
        int[] order = [.. Enumerable.Range(0, parts.Length).OrderBy(part => oneRow ? 0 : -parts[part].Height)];
        var corners = new (double X, double Y)[parts.Length];
        (double width, double y) = (0, 0);
        for (int start = 0, end; start < parts.Length; start = end)
        {
            (double x, double height) = (0, 0);
            for (end = start; end < parts.Length && (end == start || x + parts[order[end]].Width <= widest); end++)
            {
                PartLayout part = parts[order[end]];
                corners[order[end]].X = x;
                x += part.Width + BetweenParts;
                height = Math.Max(height, part.Height);
            }

            foreach (int part in order.AsSpan(start..end))
                corners[part].Y = y + height - parts[part].Height;
            width = Math.Max(width, x - BetweenParts);
            y += height + BetweenParts;
        }

        return (corners, width, Math.Max(0, y - BetweenParts));
    }
}
