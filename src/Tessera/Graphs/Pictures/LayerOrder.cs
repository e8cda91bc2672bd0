namespace Tessera.Graphs;

/// <summary>Who stands beside whom: the nodes and points of each layer from left to right.</summary>
internal sealed class LayerOrder
{
    private readonly int[][] _layers;

    private LayerOrder(int[][] layers, int[] positions) => (_layers, Positions) = (layers, positions);

    public int LayerCount => _layers.Length;

    /// <summary>Each one's index in its layer.</summary>
    public int[] Positions { get; }

    /// <summary>A layer from left to right. Who reorders it calls <see cref="Number"/> when done.</summary>
    public int[] this[int layer] => _layers[layer];

    /// <summary>
    /// The order in which a walk first meets them that follows each link as deep as it goes; along it, a tree has no crossings.
    /// Down is from the results, up from the inputs.
    /// </summary>
    public static LayerOrder Walk(LayeredGraph graph, bool down)
    {
        Links links = graph.Links;
        var layers = new List<int>[graph.LayerCount];
        for (int layer = 0; layer < layers.Length; layer++)
            layers[layer] = [];

        bool[] met = new bool[links.Count];
        var ahead = new Stack<int>();
        for (int start = 0; start < links.Count; start++)
        {
            if ((down ? links.Above(start) : links.Below(start)).Length > 0)
                continue;
            ahead.Push(start);
            while (ahead.TryPop(out int next))
            {
                if (met[next])
                    continue;
                met[next] = true;
                layers[graph.LayerOf[next]].Add(next);
                ReadOnlySpan<int> onward = down ? links.Below(next) : links.Above(next);
                for (int i = onward.Length - 1; i >= 0; i--) // the first comes off the stack first
                    ahead.Push(onward[i]);
            }
        }

        var order = new LayerOrder([.. layers.Select(layer => layer.ToArray())], new int[links.Count]);
        for (int layer = 0; layer < layers.Length; layer++)
            order.Number(layer);
        return order;
    }

    public LayerOrder Copy() => new([.. _layers.Select(layer => (int[])layer.Clone())], (int[])Positions.Clone());

    /// <summary>Notes the positions of a layer that has been reordered.</summary>
    public void Number(int layer)
    {
        int[] members = _layers[layer];
        for (int position = 0; position < members.Length; position++)
            Positions[members[position]] = position;
    }
}
