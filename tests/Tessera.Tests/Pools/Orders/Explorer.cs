using System.Numerics;

namespace Tessera.Tests.Pools.Orders;

/// <summary>
/// Runs a scenario in every order of its steps, depth first. A run that comes to a state where another has been is not followed further, because what comes after is
/// known; how many orders there are, and how each ends, is counted over the states.
/// </summary>
/// <example>
/// Two threads of two steps each that don't touch one another have 6 orders, over 9 states; 4 runs go over all ways between these.
/// </example>
/// <param name="scenario">Is run often.</param>
/// <param name="merges">False to follow each order to its end, which few scenarios are small enough for.</param>
internal sealed class Explorer(Scenario scenario, bool merges = true)
{
    private readonly Dictionary<ulong, Node> _nodes = [];
    private readonly List<Node> _path = []; // of the run, each with the choice that is tried

    public int Runs { get; private set; }

    public int States { get; private set; }

    /// <summary>How many orders end so, and one of them.</summary>
    public Dictionary<string, (BigInteger Orders, string Example)> Endings { get; } = [];

    /// <summary>How runs ended that came to a known state and went on as they liked: one order each, by chance, and none may be wrong either.</summary>
    public HashSet<string> EndingsOfKnown { get; } = [];

    public BigInteger Orders => Endings.Values.Aggregate(BigInteger.Zero, (sum, one) => sum + one.Orders);

    public Explorer Explore(int mostRuns = int.MaxValue)
    {
        do
        {
            RunOnce();
            Runs++;
            while (_path.Count > 0 && _path[^1].IsExplored)
                _path.RemoveAt(_path.Count - 1);
        }
        while (_path.Count > 0 && Runs < mostRuns);

        foreach ((string ending, BigInteger orders) in Count(_root!))
            Endings[ending] = (orders, _examples[ending]);
        return this;
    }

    private readonly Dictionary<string, string> _examples = [];
    private Node? _root;

    private void RunOnce()
    {
        int depth = 0;
        bool isKnown = false;
        var trace = new List<string>();
        string ending = scenario.Run((turns, able) =>
        {
            Node node;
            if (depth < _path.Count)
            {
                // Where the states are many they are compared at the last known choice, which tells whether one before it led elsewhere.
                node = _path[depth];
                bool isSame = node.Choices == able.Count && ((merges && depth < _path.Count - 1) || node.State == Fingerprint.Of(turns));
                Assert.True(isSame, $"The same choices lead to the same state. {string.Join("; ", trace)}");
            }
            else
            {
                ulong state = Fingerprint.Of(turns);
                if (!merges || !_nodes.TryGetValue(state, out node!))
                {
                    node = new Node(state, able.Count);
                    States++;
                    if (merges)
                        _nodes.Add(state, node);
                }
                else
                {
                    isKnown = true;
                }

                if (depth > 0)
                    _path[depth - 1].Lead(node);
                _root ??= node;
                if (isKnown)
                    return -1;
                _path.Add(node);
            }

            // The last of the known ones takes its next way, and new ones their first.
            int choice = depth < _path.Count - 1 ? node.Choice : node.Next();
            depth++;
            trace.Add($"{able[choice].Name} {able[choice].Step}");
            return choice;
        });
        if (isKnown)
        {
            EndingsOfKnown.Add(ending);
            return;
        }

        _path[^1].Lead(ending);
        _examples.TryAdd(ending, string.Join("; ", trace));
    }

    private static Dictionary<string, BigInteger> Count(Node root)
    {
        var left = new Stack<Node>([root]);
        while (left.TryPeek(out Node? node))
        {
            Node[] open = [.. node.Followers.Where(next => next.Counts is null && !next.IsBeingCounted)];
            if (node.IsBeingCounted || open.Length == 0)
            {
                node.CountUp();
                left.Pop();
                continue;
            }

            node.IsBeingCounted = true;
            Array.ForEach(open, left.Push);
        }

        return root.Counts!;
    }

    /// <summary>A state, and where each choice in it leads: to another one, or to an ending.</summary>
    private sealed class Node(ulong state, int choices)
    {
        private readonly object?[] _ways = new object?[choices];

        public ulong State => state;

        public int Choices => choices;

        public int Choice { get; private set; } = -1;

        public bool IsExplored => Choice == choices - 1;

        public bool IsBeingCounted { get; set; }

        public Dictionary<string, BigInteger>? Counts { get; private set; }

        public IEnumerable<Node> Followers => _ways.OfType<Node>();

        public int Next() => ++Choice;

        public void Lead(object to) => _ways[Choice] = to;

        /// <summary>Of ways that come back to where they were, only those count that leave again.</summary>
        public void CountUp()
        {
            if (Counts is not null)
                return;
            Counts = [];
            foreach (object? way in _ways)
            {
                IEnumerable<KeyValuePair<string, BigInteger>> further = way is Node node ? node.Counts ?? [] : [new((string)way!, 1)];
                foreach ((string ending, BigInteger orders) in further)
                    Counts[ending] = Counts.GetValueOrDefault(ending) + orders;
            }
        }
    }
}
