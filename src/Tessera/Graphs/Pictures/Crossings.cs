namespace Tessera.Graphs;

/// <summary>Counts the crossings of links.</summary>
internal static class Crossings
{
    public static long Count(LayeredGraph graph, LayerOrder order)
    {
        long crossings = 0;
        for (int layer = 0; layer + 1 < order.LayerCount; layer++)
            crossings += Between(graph.Links, order, layer);
        return crossings;
    }

    // Two links cross if the one that begins further left ends further right. Goes through the lower layer from the left and asks, for each
    // link, how many of those that began before it end beyond it: sums over a binary indexed tree, so that many links cost little more.
    private static long Between(Links links, LayerOrder order, int layer)
    {
        int[] lower = order[layer];
        int[] endings = new int[order[layer + 1].Length + 1];
        long crossings = 0;
        int begun = 0;
        foreach (int member in lower)
        {
            ReadOnlySpan<int> ends = links.Above(member);
            foreach (int end in ends)
                crossings += begun - UpTo(endings, order.Positions[end]);
            foreach (int end in ends)
                Add(endings, order.Positions[end]);
            begun += ends.Length;
        }

        return crossings;
    }

    private static void Add(int[] tree, int position)
    {
        for (int i = position + 1; i < tree.Length; i += i & -i)
            tree[i]++;
    }

    private static int UpTo(int[] tree, int position)
    {
        int sum = 0;
        for (int i = position + 1; i > 0; i &= i - 1)
            sum += tree[i];
        return sum;
    }
}
