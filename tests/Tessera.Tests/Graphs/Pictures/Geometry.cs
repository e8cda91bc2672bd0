using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

/// <summary>What can be wrong with where things are in a picture; every line tells of one fault.</summary>
internal static class Geometry
{
    private const double Clearance = 1;

    public static IEnumerable<string> Faults(IReadOnlyList<NodeForm> forms, PartLayout layout) =>
        Faults(new PictureLayout(forms, layout.Centres, layout.Edges, layout.Width, layout.Height));

    public static IEnumerable<string> Faults(PictureLayout layout) =>
        Overlaps(layout).Concat(Outside(layout)).Concat(layout.Edges.SelectMany(edge => Faults(layout, edge)));

    /// <summary>Points along an edge as it is drawn, from its beginning to the tip of its arrow.</summary>
    public static IEnumerable<(double X, double Y)> Along(EdgePath edge)
    {
        const int Steps = 16;
        for (int i = 1; i < edge.Stops.Count; i++)
        {
            ((double fromX, double fromY), (double toX, double toY)) = (edge.Stops[i - 1], edge.Stops[i]);
            for (int step = 0; step <= Steps; step++)
            {
                double t = (double)step / Steps, middle = (fromY + toY) / 2;
                yield return (Cubic(t, fromX, fromX, toX, toX), Cubic(t, fromY, middle, middle, toY));
            }
        }

        (double x, double y) = edge.Stops[^1];
        yield return (x, y - EdgePath.ArrowLength);
    }

    private static double Cubic(double t, double a, double b, double c, double d)
    {
        double s = 1 - t;
        return (s * s * s * a) + (3 * s * s * t * b) + (3 * s * t * t * c) + (t * t * t * d);
    }

    // A sweep from left to right keeps the pairs few.
    private static IEnumerable<string> Overlaps(PictureLayout layout)
    {
        int[] byLeft = [.. Enumerable.Range(0, layout.Forms.Count).OrderBy(node => Left(layout, node))];
        for (int i = 0; i < byLeft.Length; i++)
        {
            for (int j = i + 1; j < byLeft.Length && Left(layout, byLeft[j]) < Left(layout, byLeft[i]) + layout.Forms[byLeft[i]].Width; j++)
            {
                double apart = Math.Abs(layout.Centres[byLeft[i]].Y - layout.Centres[byLeft[j]].Y);
                if (apart < (layout.Forms[byLeft[i]].Height + layout.Forms[byLeft[j]].Height) / 2)
                    yield return $"nodes {byLeft[i]} and {byLeft[j]} overlap";
            }
        }
    }

    private static double Left(PictureLayout layout, int node) => layout.Centres[node].X - (layout.Forms[node].Width / 2);

    private static IEnumerable<string> Outside(PictureLayout layout)
    {
        const double Rounding = 0.01;
        for (int node = 0; node < layout.Forms.Count; node++)
        {
            (double x, double y) = layout.Centres[node];
            (double across, double down) = (layout.Forms[node].Width / 2, layout.Forms[node].Height / 2);
            if (!(IsIn(x - across, y - down) && IsIn(x + across, y + down))) // NaN is nowhere
                yield return $"node {node} is outside of the picture";
        }

        foreach (EdgePath edge in layout.Edges)
        {
            if (!edge.Stops.All(stop => IsIn(stop.X, stop.Y)))
                yield return $"edge {edge.From}→{edge.To} leaves the picture";
        }

        bool IsIn(double x, double y) => x >= -Rounding && x <= layout.Width + Rounding && y >= -Rounding && y <= layout.Height + Rounding;
    }

    private static IEnumerable<string> Faults(PictureLayout layout, EdgePath edge)
    {
        string name = $"edge {edge.From}→{edge.To}";
        ((double X, double Y) start, (double X, double Y) end) = (edge.Stops[0], edge.Stops[^1]);
        ((double X, double Y) from, (double X, double Y) to) = (layout.Centres[edge.From], layout.Centres[edge.To]);
        if (Math.Abs(start.X - from.X) > 0.1 || Math.Abs(start.Y - (from.Y - (layout.Forms[edge.From].Height / 2))) > 0.1)
            yield return $"{name} doesn't begin at the top of its node";
        if (Math.Abs(end.Y - EdgePath.ArrowLength - to.Y - layout.Forms[edge.To].ReachAt(end.X - to.X)) > 0.1)
            yield return $"{name} doesn't end at the outline of its node";
        if (Math.Abs(end.X - to.X) > layout.Forms[edge.To].Width / 2)
            yield return $"{name} ends beside its node";
        for (int i = 1; i < edge.Stops.Count; i++)
        {
            if (edge.Stops[i].Y >= edge.Stops[i - 1].Y)
                yield return $"{name} doesn't go up from stop {i - 1} to stop {i}";
        }

        (double X, double Y)[] along = [.. Along(edge)];
        for (int node = 0; node < layout.Forms.Count; node++)
        {
            if (node != edge.From && node != edge.To && along.Any(point => Touches(layout.Forms[node], layout.Centres[node], point)))
                yield return $"{name} touches node {node}";
        }
    }

    private static bool Touches(NodeForm form, (double X, double Y) centre, (double X, double Y) point)
    {
        double beside = Math.Max(0, Math.Abs(point.X - centre.X) - Clearance);
        return beside < form.Width / 2 && Math.Abs(point.Y - centre.Y) < form.ReachAt(beside) + Clearance;
    }
}
