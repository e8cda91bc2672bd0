namespace Tessera.Graphs;

/// <summary>
/// Where nodes and points stand from left to right: in the given order, apart from each other, and as near to the mean of their neighbours
/// as that allows.
/// </summary>
internal sealed class Columns
{
    private const double BetweenNodes = 18, BesidePoints = 10, BetweenPoints = 9;

    /// <summary>
    /// How much a link pulls. Long edges pull most between their points, so that they are straight there and bend near their ends.
    /// </summary>
    private const double NodePull = 1, EndPull = 2, PointPull = 8;

    /// <summary>Without neighbours on a side one stays, unless others need the place.</summary>
    private const double StayingWeight = 0.01;

    private const int DirectedRounds = 4, RoundsTogether = 4;

    private readonly LayeredGraph _graph;
    private readonly LayerOrder _order;
    private readonly double[] _x;
    private readonly double[][] _separations;
    private readonly SeparatedMeans _means = new();

    private Columns(LayeredGraph graph, LayerOrder order, IReadOnlyList<double> widths)
    {
        (_graph, _order, _x) = (graph, order, new double[graph.Links.Count]);
        _separations = new double[order.LayerCount][];
        for (int layer = 0; layer < order.LayerCount; layer++)
        {
            _separations[layer] = Separations(order[layer], widths, graph.NodeCount);
            double x = -_separations[layer].Sum() / 2;
            for (int i = 0; i < order[layer].Length; i++)
                _x[order[layer][i]] = x += _separations[layer][i];
        }
    }

    /// <summary>The x of the centre of each node and point; <paramref name="widths"/> are the nodes'.</summary>
    public static double[] Place(LayeredGraph graph, LayerOrder order, IReadOnlyList<double> widths)
    {
        var columns = new Columns(graph, order, widths);
        int top = order.LayerCount - 1;
        for (int round = 0; round < DirectedRounds; round++)
        {
            columns.SweepUp(0, below: true, above: false);
            columns.SweepDown(top, below: false, above: true);
        }

        for (int round = 0; round < RoundsTogether; round++)
        {
            columns.SweepUp(0, below: true, above: true);
            columns.SweepDown(top, below: true, above: true);
        }

        // Away from the widest layer, which has the least freedom, so that the others stand straight over it and under it.
        int widest = Enumerable.Range(0, order.LayerCount).MaxBy(layer => columns._separations[layer].Sum());
        columns.SweepUp(widest + 1, below: true, above: false);
        columns.SweepDown(widest - 1, below: false, above: true);
        return columns._x;
    }

    private static double[] Separations(int[] layer, IReadOnlyList<double> widths, int nodes)
    {
        double[] separations = new double[layer.Length];
        for (int i = 1; i < layer.Length; i++)
        {
            (int left, int right) = (layer[i - 1], layer[i]);
            separations[i] = (left < nodes, right < nodes) switch
            {
                (true, true) => ((widths[left] + widths[right]) / 2) + BetweenNodes,
                (true, false) => (widths[left] / 2) + BesidePoints,
                (false, true) => (widths[right] / 2) + BesidePoints,
                (false, false) => BetweenPoints,
            };
        }

        return separations;
    }

    private void SweepUp(int first, bool below, bool above)
    {
        for (int layer = first; layer < _order.LayerCount; layer++)
            Settle(layer, below, above);
    }

    private void SweepDown(int first, bool below, bool above)
    {
        for (int layer = first; layer >= 0; layer--)
            Settle(layer, below, above);
    }

    private void Settle(int layer, bool below, bool above)
    {
        int[] members = _order[layer];
        double[] wishes = new double[members.Length], weights = new double[members.Length];
        for (int i = 0; i < members.Length; i++)
        {
            (double sum, double weight) = (0, 0);
            if (below)
                Pull(members[i], _graph.Links.Below(members[i]), ref sum, ref weight);
            if (above)
                Pull(members[i], _graph.Links.Above(members[i]), ref sum, ref weight);
            (wishes[i], weights[i]) = weight > 0 ? (sum / weight, weight) : (_x[members[i]], StayingWeight);
        }

        _means.Solve(wishes, weights, _separations[layer]);
        for (int i = 0; i < members.Length; i++)
            _x[members[i]] = wishes[i];
    }

    private void Pull(int member, ReadOnlySpan<int> neighbours, ref double sum, ref double weight)
    {
        bool isNode = member < _graph.NodeCount;
        foreach (int neighbour in neighbours)
        {
            double pull = (isNode, neighbour < _graph.NodeCount) switch
            {
                (true, true) => NodePull,
                (false, false) => PointPull,
                _ => EndPull,
            };
            sum += pull * _x[neighbour];
            weight += pull;
        }
    }
}
