namespace Tessera.Graphs;

/// <summary>
/// Leads edges through their points. An edge is upright wherever it passes a layer, at an x that the layer keeps free for it, and moves
/// sideways only in the gaps between layers, so it can't touch a node on its way.
/// </summary>
internal sealed class EdgeRouting
{
    /// <summary>The widest part of a node, and the farthest apart, at which arrows reach it.</summary>
    private const double ArrowsPart = 0.62, BetweenArrows = 11;

    private const double BesideLane = 24, BetweenLanes = 7;
    private const int MostLanes = 12;

    private readonly LayeredGraph _graph;
    private readonly IReadOnlyList<NodeForm> _forms;
    private readonly double[] _x;
    private readonly Rows _rows;
    private readonly double _firstLane;

    private EdgeRouting(LayeredGraph graph, IReadOnlyList<NodeForm> forms, double[] x, Rows rows, double right)
    {
        (_graph, _forms, _x, _rows) = (graph, forms, x, rows);
        _firstLane = right + BesideLane;
    }

    /// <summary>The way of each edge. Right of <paramref name="right"/>, the end of what the layers hold, are the lanes.</summary>
    public static EdgePath[] Route(
        LayeredGraph graph, IReadOnlyList<(int From, int To)> edges, IReadOnlyList<NodeForm> forms, double[] x, Rows rows, double right)
    {
        var routing = new EdgeRouting(graph, forms, x, rows, right);
        double[] ends = routing.Ends(edges);
        return [.. edges.Select((edge, index) => new EdgePath(edge.From, edge.To, routing.Stops(edge.From, edge.To, ends[index])))];
    }

    /// <summary>How far to the right an edge goes.</summary>
    public static double RightEnd(EdgePath path) => path.Stops.Max(stop => stop.X);

    // The x at which each edge reaches its reader: edges that come from further left end further left.
    private double[] Ends(IReadOnlyList<(int From, int To)> edges)
    {
        double[] ends = new double[edges.Count];
        foreach (IGrouping<int, int> arriving in Enumerable.Range(0, edges.Count).GroupBy(edge => edges[edge].To))
        {
            int[] sorted = [.. arriving.OrderBy(edge => ArrivesFrom(edges[edge].From, edges[edge].To))];
            double step = sorted.Length == 1 ? 0 : Math.Min(BetweenArrows, ArrowsPart * _forms[arriving.Key].Width / (sorted.Length - 1));
            for (int i = 0; i < sorted.Length; i++)
                ends[sorted[i]] = _x[arriving.Key] + ((i - ((sorted.Length - 1) / 2.0)) * step);
        }

        return ends;
    }

    private double ArrivesFrom(int from, int to)
    {
        int below = _graph.LayerOf[to] - 1;
        if (_graph.GoesByLane(from, to))
            return Lane(from);
        return _graph.LayerOf[from] == below ? _x[from] : _x[_graph.PointOf(from, below)];
    }

    private List<(double X, double Y)> Stops(int from, int to, double end)
    {
        int first = _graph.LayerOf[from], last = _graph.LayerOf[to];
        var stops = new List<(double X, double Y)>();
        Add(stops, _x[from], _rows.MiddleOf(first) - (_forms[from].Height / 2));
        Add(stops, _x[from], _rows.TopOf(first));
        if (_graph.GoesByLane(from, to))
        {
            Add(stops, Lane(from), _rows.BottomOf(first + 1));
            Add(stops, Lane(from), _rows.TopOf(last - 1));
        }
        else
        {
            for (int layer = first + 1; layer < last; layer++)
            {
                double x = _x[_graph.PointOf(from, layer)];
                Add(stops, x, _rows.BottomOf(layer));
                Add(stops, x, _rows.TopOf(layer));
            }
        }

        Add(stops, end, _rows.BottomOf(last) + EdgePath.ArrowLength);
        Add(stops, end, _rows.MiddleOf(last) + _forms[to].ReachAt(end - _x[to]) + EdgePath.ArrowLength);
        return stops;
    }

    // Stops in a row on one upright are two: where it begins and where it ends.
    private static void Add(List<(double X, double Y)> stops, double x, double y)
    {
        const double Near = 0.05;
        if (stops.Count > 0 && Math.Abs(stops[^1].X - x) < Near)
        {
            if (Math.Abs(stops[^1].Y - y) < Near)
                return;
            x = stops[^1].X;
            if (stops.Count > 1 && stops[^2].X == x)
                stops.RemoveAt(stops.Count - 1);
        }

        stops.Add((x, y));
    }

    private double Lane(int from) => _firstLane + (from % MostLanes * BetweenLanes);
}
