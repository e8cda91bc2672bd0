namespace Tessera.Graphs;

/// <summary>Puts every node into a layer above those of its inputs: inputs at the bottom, which is layer 0, the result on top.</summary>
internal static class Layers
{
    private const int Rounds = 3;

    /// <summary>
    /// The layer of each node. Layers are as few as there can be: as many as the longest way has nodes. Within that, nodes go where their
    /// edges are short in sum.
    /// </summary>
    public static int[] Assign(Links links)
    {
        int[] order = links.FromBelow();
        int[] layers = new int[links.Count];
        foreach (int node in order)
            layers[node] = JustAboveInputs(links, layers, node);

        // A node with more readers than inputs shortens its edges by rising. At a tie rising costs nothing and lets the nodes below follow.
        for (int round = 0; round < Rounds; round++)
        {
            bool moved = false;
            foreach (int node in order.Reverse())
            {
                if (links.Above(node).Length > 0 && links.Above(node).Length >= links.Below(node).Length)
                    moved |= Move(layers, node, JustBelowReaders(links, layers, node));
            }

            foreach (int node in order)
            {
                if (links.Below(node).Length > links.Above(node).Length)
                    moved |= Move(layers, node, JustAboveInputs(links, layers, node));
            }

            if (!moved)
                break;
        }

        return layers;
    }

    private static bool Move(int[] layers, int node, int layer)
    {
        bool moves = layers[node] != layer;
        layers[node] = layer;
        return moves;
    }

    private static int JustAboveInputs(Links links, int[] layers, int node)
    {
        int layer = 0;
        foreach (int input in links.Below(node))
            layer = Math.Max(layer, layers[input] + 1);
        return layer;
    }

    private static int JustBelowReaders(Links links, int[] layers, int node)
    {
        int layer = int.MaxValue;
        foreach (int reader in links.Above(node))
            layer = Math.Min(layer, layers[reader] - 1);
        return layer;
    }
}
