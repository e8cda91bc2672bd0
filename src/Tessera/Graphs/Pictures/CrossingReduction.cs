namespace Tessera.Graphs;

/// <summary>
/// Reorders layers until few links cross. The layers are swept up and down; in each, members are sorted by the mean position of their
/// neighbours in the layer that the sweep comes from (Sugiyama, Tagawa and Toda, 1981), and where the graph is small, neighbours swap
/// places while that helps. The best order seen is kept.
/// </summary>
internal static class CrossingReduction
{
    private const int MostSweeps = 24, SweepsWithoutGain = 6;

    /// <summary>Beyond so many links, no swapping; it looks at pairs of links.</summary>
    private const int MostLinksToSwap = 20_000;

    /// <summary>Members with more links than this stay out of swaps.</summary>
    private const int MostLinksOfOne = 60;

    public static LayerOrder Run(LayeredGraph graph)
    {
        (LayerOrder down, long crossingsDown) = Sweep(graph, LayerOrder.Walk(graph, down: true));
        if (crossingsDown == 0)
            return down;
        (LayerOrder up, long crossingsUp) = Sweep(graph, LayerOrder.Walk(graph, down: false));
        return crossingsUp < crossingsDown ? up : down;
    }

    private static (LayerOrder Best, long Crossings) Sweep(LayeredGraph graph, LayerOrder order)
    {
        LayerOrder best = order.Copy();
        long fewest = Crossings.Count(graph, order);
        int idle = 0;
        for (int sweep = 0; sweep < MostSweeps && idle < SweepsWithoutGain && fewest > 0; sweep++)
        {
            bool up = sweep % 2 == 0;
            for (int step = 1; step < order.LayerCount; step++)
                SortByMeans(graph.Links, order, up ? step : order.LayerCount - 1 - step, up);
            if (graph.Links.EdgeCount <= MostLinksToSwap)
                Swap(graph.Links, order);

            long crossings = Crossings.Count(graph, order);
            idle++;
            if (crossings < fewest)
                (best, fewest, idle) = (order.Copy(), crossings, 0);
        }

        return (best, fewest);
    }

    // Members without neighbours on that side keep their places; the others share the remaining ones.
    private static void SortByMeans(Links links, LayerOrder order, int layer, bool byBelow)
    {
        int[] members = order[layer];
        var sorted = new List<(double Mean, int Position, int Member)>(members.Length);
        for (int position = 0; position < members.Length; position++)
        {
            ReadOnlySpan<int> neighbours = byBelow ? links.Below(members[position]) : links.Above(members[position]);
            if (neighbours.IsEmpty)
                continue;
            double sum = 0;
            foreach (int neighbour in neighbours)
                sum += order.Positions[neighbour];
            sorted.Add((sum / neighbours.Length, position, members[position]));
        }

        int[] places = [.. sorted.Select(one => one.Position)];
        sorted.Sort();
        for (int i = 0; i < places.Length; i++)
            members[places[i]] = sorted[i].Member;
        order.Number(layer);
    }

    private static void Swap(Links links, LayerOrder order)
    {
        for (int layer = 0; layer < order.LayerCount; layer++)
        {
            int[] members = order[layer];
            for (int i = 0; i + 1 < members.Length; i++)
            {
                (int left, int right) = (members[i], members[i + 1]);
                int gain = Gain(links.Below(left), links.Below(right), order.Positions);
                gain += Gain(links.Above(left), links.Above(right), order.Positions);
                if (gain > 0)
                    (members[i], members[i + 1]) = (right, left);
            }

            order.Number(layer);
        }
    }

    // By how many crossings two members' links become fewer when the members swap places.
    private static int Gain(ReadOnlySpan<int> left, ReadOnlySpan<int> right, int[] positions)
    {
        if (left.Length > MostLinksOfOne || right.Length > MostLinksOfOne)
            return 0;
        int gain = 0;
        foreach (int one in left)
        {
            foreach (int other in right)
                gain += Math.Sign(positions[one] - positions[other]);
        }

        return gain;
    }
}
