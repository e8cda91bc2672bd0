namespace Tessera.Graphs;

/// <summary>
/// Puts the tasks of a graph into groups that are drawn as one: tasks of one kind and, of calls, at the same distance from the beginning, so that
/// a tree of sums has a group a level. Where those would be too many, of one kind alone. Groups that need each other become one, so that the
/// groups have an order as tasks do.
/// </summary>
/// <example>
/// 100,000 loads and a tree of sums by ten:   load ×100,000 → sum ×10,000 → sum ×1,000 → … → sum ×1
/// a chain of 10,000 calls of two functions:  { a, b } ×10,000
/// </example>
internal sealed class TaskGroups
{
    private const int MostByLevel = 150, MostByKind = 500;

    private readonly int[] _groupOf; // by task
    private readonly HashSet<int> _inTurn = [];

    public TaskGroups(TaskGraph graph)
    {
        int[] levels = Levels(graph);
        _groupOf = ByKind(graph, levels, KindOf);
        if (_groupOf.Length > 0 && _groupOf.Max() >= MostByLevel)
            _groupOf = ByKind(graph, new int[graph.Count], KindOf);
        if (_groupOf.Length > 0 && _groupOf.Max() >= MostByKind)
            _groupOf = ByKind(graph, levels, task => graph.Labels?.IsCall(task) == false ? KindOf(task) : graph); // calls of a thousand functions

        object KindOf(int task) => graph.Labels?.KindOf(task) ?? graph;
        (_groupOf, Tasks) = Ordered(graph.Count, EdgesOf(graph));
        Edges = EdgesOf(graph);
    }

    /// <summary>The tasks of each group; groups before those that need them.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Tasks { get; }

    /// <summary>Which group needs which: (needed, needing), without a group's own.</summary>
    public IReadOnlySet<(int From, int To)> Edges { get; }

    /// <summary>The group that a task is in.</summary>
    public int GroupOf(int task) => _groupOf[task];

    /// <summary>True where tasks of a group need others of the same.</summary>
    public bool IsInTurn(int group) => _inTurn.Contains(group);

    /// <summary>Of each task, the tasks on the longest way from the beginning to it.</summary>
    private static int[] Levels(TaskGraph graph)
    {
        var levels = new int[graph.Count];
        for (int task = 0; task < levels.Length; task++)
        {
            foreach (int dependency in graph.DependenciesOf(task))
                levels[task] = Math.Max(levels[task], levels[dependency] + 1);
        }

        return levels;
    }

    private static int[] ByKind(TaskGraph graph, int[] levels, Func<int, object> kindOf)
    {
        var numbers = new Dictionary<(object, int), int>();
        var groupOf = new int[graph.Count];
        for (int task = 0; task < groupOf.Length; task++)
        {
            (object, int) group = (kindOf(task), graph.Labels?.IsCall(task) == false ? 0 : levels[task]);
            if (!numbers.TryGetValue(group, out groupOf[task]))
                numbers.Add(group, groupOf[task] = numbers.Count);
        }

        return groupOf;
    }

    private HashSet<(int From, int To)> EdgesOf(TaskGraph graph)
    {
        var edges = new HashSet<(int, int)>();
        _inTurn.Clear();
        for (int task = 0; task < graph.Count; task++)
        {
            foreach (int dependency in graph.DependenciesOf(task))
            {
                if (_groupOf[dependency] == _groupOf[task])
                    _inTurn.Add(_groupOf[task]);
                else
                    edges.Add((_groupOf[dependency], _groupOf[task]));
            }
        }

        return edges;
    }

    /// <summary>Joins groups that need each other, and numbers them in the order in which the first of their tasks come.</summary>
    private (int[] GroupOf, IReadOnlyList<IReadOnlyList<int>> Tasks) Ordered(int count, HashSet<(int From, int To)> edges)
    {
        int[] component = new Components(_groupOf.DefaultIfEmpty(-1).Max() + 1, edges).Of;
        var numbers = new Dictionary<int, int>();
        var groupOf = new int[count];
        var tasks = new List<List<int>>();
        for (int task = 0; task < count; task++)
        {
            if (!numbers.TryGetValue(component[_groupOf[task]], out groupOf[task]))
            {
                numbers.Add(component[_groupOf[task]], groupOf[task] = tasks.Count);
                tasks.Add([]);
            }

            tasks[groupOf[task]].Add(task);
        }

        return (groupOf, tasks);
    }
}
