namespace Tessera.Scheduling;

/// <summary>Which tasks of a graph can begin now, while it is run: those whose dependencies are done. For one thread at a time.</summary>
/// <example>
/// 2 needs 0 and 1. Ready at first: 0 and 1. Take gives 0, then 1. Complete(1) changes nothing; Complete(0) makes 2 ready. Three are unfinished,
/// then two, then one.
/// </example>
internal sealed class Frontier
{
    private readonly TaskGraph _graph;
    private readonly ReadySet _ready;
    private readonly int[] _missing; // of each task: dependencies not yet done

    public Frontier(TaskGraph graph)
    {
        (_graph, Unfinished) = (graph, graph.Count);
        _ready = new ReadySet(graph.Count);
        _missing = new int[graph.Count];
        for (int task = 0; task < graph.Count; task++)
        {
            _missing[task] = graph.DependencyCountOf(task);
            if (_missing[task] == 0)
                _ready.Add(task);
        }
    }

    /// <summary>Tasks not yet done, those under way included.</summary>
    public int Unfinished { get; private set; }

    /// <summary>Tasks that can begin.</summary>
    public int Ready => _ready.Count;

    /// <summary>The lowest task that can begin; there must be one.</summary>
    public int Lowest => _ready.Lowest;

    /// <summary>A task that could begin has been handed out.</summary>
    public void Remove(int task) => _ready.Remove(task);

    /// <summary>A task is done.</summary>
    public void Complete(int task)
    {
        Unfinished--;
        foreach (int successor in _graph.SuccessorsOf(task))
        {
            if (--_missing[successor] == 0)
                _ready.Add(successor);
        }
    }
}
