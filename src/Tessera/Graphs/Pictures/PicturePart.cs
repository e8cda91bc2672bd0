namespace Tessera.Graphs;

/// <summary>A connected part of a picture.</summary>
/// <param name="Nodes">As the picture numbers them, ascending.</param>
/// <param name="Edges">As the picture numbers them, ascending.</param>
/// <param name="LocalEdges">The same edges between indices into <paramref name="Nodes"/>.</param>
internal sealed record PicturePart(List<int> Nodes, List<int> Edges, List<(int From, int To)> LocalEdges)
{
    /// <summary>The parts, by their first nodes.</summary>
    public static IReadOnlyList<PicturePart> Split(int nodes, IReadOnlyList<(int From, int To)> edges)
    {
        // Each node points to an earlier one of its part, and a part's first one to itself.
        int[] first = [.. Enumerable.Range(0, nodes)];
        foreach ((int from, int to) in edges)
        {
            (int one, int other) = (FirstOf(first, from), FirstOf(first, to));
            first[Math.Max(one, other)] = Math.Min(one, other);
        }

        var parts = new List<PicturePart>();
        var partOf = new PicturePart[nodes];
        int[] local = new int[nodes];
        for (int node = 0; node < nodes; node++)
        {
            if (first[node] == node)
                parts.Add(partOf[node] = new([], [], []));
            else
                partOf[node] = partOf[first[node]];
            local[node] = partOf[node].Nodes.Count;
            partOf[node].Nodes.Add(node);
        }

        for (int edge = 0; edge < edges.Count; edge++)
        {
            (int from, int to) = edges[edge];
            partOf[from].Edges.Add(edge);
            partOf[from].LocalEdges.Add((local[from], local[to]));
        }

        return parts;
    }

    private static int FirstOf(int[] first, int node)
    {
        while (first[node] != node)
            node = first[node] = first[first[node]]; // halves the way for the next one
        return node;
    }
}
