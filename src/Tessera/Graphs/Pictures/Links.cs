namespace Tessera.Graphs;

/// <summary>The edges of a picture, findable from both ends: a node's inputs are below it, its readers above.</summary>
internal sealed class Links
{
    private readonly (int[] Starts, int[] Ends) _below;
    private readonly (int[] Starts, int[] Ends) _above;

    /// <param name="count">Number of nodes.</param>
    /// <param name="edges">From below to above.</param>
    public Links(int count, IReadOnlyList<(int From, int To)> edges)
    {
        Count = count;
        _below = Sort(count, edges, edge => edge.To, edge => edge.From);
        _above = Sort(count, edges, edge => edge.From, edge => edge.To);
    }

    /// <summary>Number of nodes.</summary>
    public int Count { get; }

    /// <summary>Number of edges.</summary>
    public int EdgeCount => _below.Ends.Length;

    /// <summary>The other ends of the edges that come up to a node, in the order of the edges.</summary>
    public ReadOnlySpan<int> Below(int node) => _below.Ends.AsSpan(_below.Starts[node].._below.Starts[node + 1]);

    /// <summary>The other ends of the edges that go up from a node, in the order of the edges.</summary>
    public ReadOnlySpan<int> Above(int node) => _above.Ends.AsSpan(_above.Starts[node].._above.Starts[node + 1]);

    /// <summary>All nodes, each after those below it.</summary>
    /// <exception cref="ArgumentException">The edges lead around in a circle.</exception>
    public int[] FromBelow()
    {
        int[] waitsFor = [.. Enumerable.Range(0, Count).Select(node => Below(node).Length)];
        int[] order = new int[Count];
        int known = 0;
        for (int node = 0; node < Count; node++)
        {
            if (waitsFor[node] == 0)
                order[known++] = node;
        }

        for (int next = 0; next < known; next++)
        {
            foreach (int reader in Above(order[next]))
            {
                if (--waitsFor[reader] == 0)
                    order[known++] = reader;
            }
        }

        return known == Count ? order : throw new ArgumentException(
            $"{Count - known} of the picture's {Count} nodes depend on themselves, directly or through others. Give edges that lead from what " +
            "is needed to what needs it and never back.");
    }

    // A counting sort of the edges by one end.
    private static (int[] Starts, int[] Ends) Sort(
        int count, IReadOnlyList<(int From, int To)> edges, Func<(int From, int To), int> by, Func<(int From, int To), int> other)
    {
        int[] starts = new int[count + 1];
        foreach ((int From, int To) edge in edges)
            starts[by(edge) + 1]++;
        for (int node = 0; node < count; node++)
            starts[node + 1] += starts[node];

        int[] next = starts.AsSpan(0, count).ToArray();
        int[] ends = new int[edges.Count];
        foreach ((int From, int To) edge in edges)
            ends[next[by(edge)]++] = other(edge);
        return (starts, ends);
    }
}
