namespace Tessera.Graphs;

/// <summary>
/// The strongly connected components of a graph: nodes that lead to each other (R. Tarjan, Depth-first search and linear graph algorithms, 1972;
/// with a stack of its own).
/// </summary>
internal sealed class Components
{
    private readonly int[] _index, _low; // of each node: when it was found, and the earliest found that it leads back to; -1 before
    private readonly Stack<int> _open = []; // found, and not yet in a component
    private readonly List<int>[] _next;
    private int _found, _count;

    public Components(int nodes, IEnumerable<(int From, int To)> edges)
    {
        Of = new int[nodes];
        (_index, _low, _next) = (new int[nodes], new int[nodes], new List<int>[nodes]);
        Array.Fill(Of, -1);
        Array.Fill(_index, -1);
        for (int node = 0; node < nodes; node++)
            _next[node] = [];
        foreach ((int from, int to) in edges)
            _next[from].Add(to);
        for (int node = 0; node < nodes; node++)
        {
            if (_index[node] < 0)
                Find(node);
        }
    }

    /// <summary>The number of each node's component.</summary>
    public int[] Of { get; }

    private void Find(int root)
    {
        var way = new Stack<(int Node, int Next)>();
        Enter(root);
        while (way.TryPop(out (int Node, int Next) at))
        {
            int node = at.Node;
            if (at.Next == _next[node].Count)
            {
                Leave(node);
                if (way.TryPeek(out var before))
                    _low[before.Node] = Math.Min(_low[before.Node], _low[node]);
                continue;
            }

            way.Push((node, at.Next + 1));
            int next = _next[node][at.Next];
            if (_index[next] < 0)
                Enter(next);
            else if (Of[next] < 0)
                _low[node] = Math.Min(_low[node], _index[next]);
        }

        void Enter(int node)
        {
            _index[node] = _low[node] = _found++;
            _open.Push(node);
            way.Push((node, 0));
        }
    }

    private void Leave(int node)
    {
        if (_low[node] != _index[node])
            return;

        int member;
        do
            Of[member = _open.Pop()] = _count;
        while (member != node);
        _count++;
    }
}
