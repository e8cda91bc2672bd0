namespace Tessera.Graphs;

/// <summary>
/// Where layers stand from top to bottom; y grows downward, as in SVG, and the last layer is on top. Between layers is a gap in which edges
/// bend, higher where they go far to the side; no node reaches into it.
/// </summary>
internal sealed class Rows
{
    private const double LowestGap = 34, HighestGap = 220, GapPerDistance = 0.16;

    private readonly double[] _tops;
    private readonly double[] _bottoms;

    private Rows(double[] tops, double[] bottoms) => (_tops, _bottoms) = (tops, bottoms);

    /// <summary>The bottom of the lowest layer; the top of the highest is 0.</summary>
    public double Height => _bottoms.Length == 0 ? 0 : _bottoms[0];

    public static Rows Place(LayeredGraph graph, LayerOrder order, double[] x, IReadOnlyList<NodeForm> forms)
    {
        double[] tops = new double[graph.LayerCount], bottoms = new double[graph.LayerCount];
        double y = 0;
        for (int layer = graph.LayerCount - 1; layer >= 0; layer--)
        {
            tops[layer] = bottoms[layer] = y;
            foreach (int member in order[layer])
            {
                if (member < graph.NodeCount)
                    bottoms[layer] = Math.Max(bottoms[layer], y + forms[member].Height);
            }

            y = bottoms[layer] + (layer > 0 ? GapBelow(graph.Links, order[layer], x) : 0);
        }

        return new(tops, bottoms);
    }

    public double TopOf(int layer) => _tops[layer];

    public double BottomOf(int layer) => _bottoms[layer];

    public double MiddleOf(int layer) => (_tops[layer] + _bottoms[layer]) / 2;

    // By the root of the mean square: a few edges that go far make room, many short ones beside them don't take it away.
    private static double GapBelow(Links links, int[] layer, double[] x)
    {
        (double squares, int count) = (0, 0);
        foreach (int member in layer)
        {
            foreach (int below in links.Below(member))
            {
                squares += (x[member] - x[below]) * (x[member] - x[below]);
                count++;
            }
        }

        double distance = count == 0 ? 0 : Math.Sqrt(squares / count);
        return Math.Clamp(LowestGap + (GapPerDistance * Math.Max(0, distance - 30)), LowestGap, HighestGap);
    }
}
