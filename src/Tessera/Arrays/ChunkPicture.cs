using System.Globalization;
using System.Text;

namespace Tessera;

/// <summary>
/// Draws a chunk grid as SVG: the last three axes as a box seen from the front (the last runs to the right, the one before it down, the
/// third from the end into the depth), with a line where chunks meet. Axes before these are told in words.
/// </summary>
internal static class ChunkPicture
{
    private const double Longest = 160, Shortest = 24, Margin = 36;

    /// <summary>Beyond so many chunks along an axis, lines would run together; every n-th is drawn.</summary>
    private const int MostLines = 40;

    public static string Draw(ChunkGrid grid)
    {
        double scale = grid.Rank == 0 ? 1 : Longest / Math.Max(1, grid.Shape.Skip(Math.Max(0, grid.Rank - 3)).Max());
        double width = Size(grid, 1, scale), height = grid.Rank > 1 ? Size(grid, 2, scale) : Shortest;
        double depth = grid.Rank > 2 ? Size(grid, 3, scale) * 0.6 : 0;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width + depth + (2 * Margin):F0}\" height=\"{height + depth + (2 * Margin):F0}\" font-family=\"sans-serif\" font-size=\"11\">");
        svg.Append("<g stroke=\"#1f4e79\" fill=\"none\" stroke-width=\"0.7\">");
        (double x, double y) = (Margin, Margin + depth);

        // Faces: front, top, right.
        Face(svg, (x, y), (width, 0), (0, height), "#9ec5e8");
        foreach (double at in Lines(grid, 1, width))
            Line(svg, (x + at, y), (0, height));
        foreach (double at in Lines(grid, 2, height))
            Line(svg, (x, y + at), (width, 0));
        if (depth > 0)
        {
            Face(svg, (x, y), (width, 0), (depth, -depth), "#c4dcf2");
            Face(svg, (x + width, y), (0, height), (depth, -depth), "#7fb0dc");
            foreach (double at in Lines(grid, 1, width))
                Line(svg, (x + at, y), (depth, -depth));
            foreach (double at in Lines(grid, 2, height))
                Line(svg, (x + width, y + at), (depth, -depth));
            foreach (double at in Lines(grid, 3, depth))
            {
                Line(svg, (x + at, y - at), (width, 0));
                Line(svg, (x + width + at, y - at), (0, height));
            }
        }

        svg.Append("</g>");
        Label(svg, (x + (width / 2), y + height + 16), "middle", grid, 1);
        Label(svg, (x - 6, y + (height / 2)), "end", grid, 2);
        Label(svg, (x + width + (depth / 2) + 8, y + height - (depth / 2) + 8), "start", grid, 3);
        if (grid.Rank > 3)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin:F0}\" y=\"14\">{string.Join(" × ", grid.Shape.Take(grid.Rank - 3))} ×</text>");
        return svg.Append("</svg>").ToString();
    }

    // Axes are counted from the end: 1 is the last.
    private static double Size(ChunkGrid grid, int fromEnd, double scale) =>
        fromEnd > grid.Rank ? Shortest : Math.Clamp(grid.Shape[^fromEnd] * scale, Shortest, Longest);

    private static IEnumerable<double> Lines(ChunkGrid grid, int fromEnd, double length)
    {
        if (fromEnd > grid.Rank || grid.Shape[^fromEnd] == 0)
            yield break;

        AxisGrid axis = grid[grid.Rank - fromEnd];
        int every = Math.Max(1, (axis.Count + MostLines - 1) / MostLines);
        for (int i = every; i < axis.Count; i += every)
            yield return length * axis.StartOf(i) / axis.Length;
    }

    private static void Face(StringBuilder svg, (double X, double Y) at, (double X, double Y) along, (double X, double Y) across, string fill) =>
        svg.Append(CultureInfo.InvariantCulture,
            $"<path fill=\"{fill}\" d=\"M{at.X:F1} {at.Y:F1}l{along.X:F1} {along.Y:F1}l{across.X:F1} {across.Y:F1}l{-along.X:F1} {-along.Y:F1}z\"/>");

    private static void Line(StringBuilder svg, (double X, double Y) at, (double X, double Y) along) =>
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{at.X:F1} {at.Y:F1}l{along.X:F1} {along.Y:F1}\"/>");

    private static void Label(StringBuilder svg, (double X, double Y) at, string anchor, ChunkGrid grid, int fromEnd)
    {
        if (fromEnd <= grid.Rank)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{at.X:F1}\" y=\"{at.Y:F1}\" text-anchor=\"{anchor}\">{grid.Shape[^fromEnd]}</text>");
    }
}
