namespace Tessera.Graphs;

/// <summary>
/// A graph in layers in which every link joins neighbouring layers: an edge that spans more goes through invisible points, one in each layer
/// between, which take part in everything that nodes do until the edge is drawn through them.
/// </summary>
/// <remarks>
/// Edges from one node share their points, since they carry the same value: the way up ends at the farthest reader, and the others branch
/// off it. Example: nodes 0, 1, 2, 3 in layers 0 to 3 and edges 0→1, 1→2, 2→3, 0→2, 0→3. Point 4 (layer 1) and point 5 (layer 2) belong to
/// node 0; the links are those of the first three edges, 0→4, 4→2, 4→5 and 5→3.
/// </remarks>
internal sealed class LayeredGraph
{
    private readonly int[] _firstPoints; // of each node, -1 where it has none; the others follow, one a layer
    private readonly int _longest;       // what spans more goes by the lane

    private LayeredGraph(int nodeCount, int[] layers, int[] firstPoints, int longest, Links links)
    {
        (NodeCount, LayerOf, _firstPoints, _longest, Links) = (nodeCount, layers, firstPoints, longest, links);
        LayerCount = layers.Length == 0 ? 0 : layers.Max() + 1;
    }

    /// <summary>Number of nodes; what is numbered from here on is a point.</summary>
    public int NodeCount { get; }

    /// <summary>The layer of each node and point.</summary>
    public int[] LayerOf { get; }

    public int LayerCount { get; }

    /// <summary>Between nodes and points.</summary>
    public Links Links { get; }

    /// <param name="edges">Between nodes, from below to above.</param>
    /// <param name="layers">Of the nodes.</param>
    /// <param name="mostPoints">
    /// Where edges would need more points than this, the longest have none: they go by the lane beside all nodes, and nothing is moved for
    /// them. That keeps the work in proportion to the graph.
    /// </param>
    public static LayeredGraph Make(IReadOnlyList<(int From, int To)> edges, int[] layers, int mostPoints)
    {
        int nodes = layers.Length;
        int longest = edges.Count == 0 ? 1 : edges.Max(edge => layers[edge.To] - layers[edge.From]);
        int[] points = PointCounts(edges, layers, longest);
        while (points.Sum(count => (long)count) > mostPoints)
        {
            longest = Math.Max(1, longest * 3 / 4);
            points = PointCounts(edges, layers, longest);
        }

        var allLayers = new List<int>(layers);
        var links = new List<(int From, int To)>();
        int[] firstPoints = new int[nodes];
        for (int node = 0; node < nodes; node++)
        {
            firstPoints[node] = points[node] > 0 ? allLayers.Count : -1;
            for (int i = 1; i <= points[node]; i++)
            {
                links.Add((i == 1 ? node : allLayers.Count - 1, allLayers.Count));
                allLayers.Add(layers[node] + i);
            }
        }

        foreach ((int from, int to) in edges)
        {
            int span = layers[to] - layers[from];
            if (span <= longest)
                links.Add((span == 1 ? from : firstPoints[from] + span - 2, to));
        }

        return new(nodes, [.. allLayers], firstPoints, longest, new Links(allLayers.Count, links));
    }

    /// <summary>Whether an edge passes beside all nodes instead of between them.</summary>
    public bool GoesByLane(int from, int to) => LayerOf[to] - LayerOf[from] > _longest;

    /// <summary>The point through which the edges of a node pass a layer above it.</summary>
    public int PointOf(int node, int layer) => _firstPoints[node] + layer - LayerOf[node] - 1;

    private static int[] PointCounts(IReadOnlyList<(int From, int To)> edges, int[] layers, int longest)
    {
        int[] counts = new int[layers.Length];
        foreach ((int from, int to) in edges)
        {
            int span = layers[to] - layers[from];
            if (span <= longest)
                counts[from] = Math.Max(counts[from], span - 1);
        }

        return counts;
    }
}
