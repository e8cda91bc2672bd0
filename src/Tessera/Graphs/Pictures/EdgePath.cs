namespace Tessera.Graphs;

/// <summary>
/// How an edge is drawn: from stop to stop, leaving and reaching each straight up. Between stops that don't stand above each other that is
/// a cubic curve whose control points are halfway up, so it stays inside the rectangle between the two. After the last stop comes an
/// arrowhead of <see cref="ArrowLength"/> that touches the node.
/// </summary>
internal sealed record EdgePath(int From, int To, IReadOnlyList<(double X, double Y)> Stops)
{
    public const double ArrowLength = 7;

    public EdgePath MovedBy(double x, double y) => this with { Stops = [.. Stops.Select(stop => (stop.X + x, stop.Y + y))] };
}
