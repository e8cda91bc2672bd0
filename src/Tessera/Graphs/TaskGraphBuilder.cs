namespace Tessera.Graphs;

/// <summary>Adds tasks in the order in which they should run, then makes the graph.</summary>
internal sealed class TaskGraphBuilder
{
    // The lists hold what TaskGraph's arrays will: the starts begin with a 0 and gain one entry a task.
    private readonly List<long> _bytes = [];
    private readonly List<int> _dependencyStarts = [0];
    private readonly List<int> _dependencies = [];

    /// <summary>Number of tasks added so far: the number of the next one.</summary>
    public int Count => _bytes.Count;

    /// <summary>Makes room for so many tasks: lists of millions that grow leave much behind.</summary>
    public void EnsureCapacity(int tasks)
    {
        _bytes.EnsureCapacity(tasks);
        _dependencyStarts.EnsureCapacity(tasks + 1);
        _dependencies.EnsureCapacity(tasks);
    }

    /// <summary>Adds a task and says its number.</summary>
    /// <param name="bytes">Newly needed when the task starts: its output and its scratch.</param>
    /// <param name="dependencies">Tasks added before; the same one may be there more than once.</param>
    /// <exception cref="ArgumentException">A dependency isn't a task added before.</exception>
    /// <exception cref="InvalidOperationException">The graph has grown beyond what an array can index.</exception>
    public int Add(long bytes, ReadOnlySpan<int> dependencies)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        int task = Count;
        foreach (int dependency in dependencies)
        {
            if ((uint)dependency >= (uint)task)
            {
                throw new ArgumentException(
                    $"Task {task} was said to depend on task {dependency}. Add a task after all that it depends on: " +
                    (task == 0 ? "the first one depends on none." : $"here, tasks 0 to {task - 1}."), nameof(dependencies));
            }
        }

        if (task >= Array.MaxLength - 1 || _dependencies.Count > Array.MaxLength - dependencies.Length)
        {
            throw new InvalidOperationException(
                $"The graph has {task} tasks and {_dependencies.Count} dependencies and can't hold more. Slice the array and compute it in parts.");
        }

        _dependencies.AddRange(dependencies);
        _dependencyStarts.Add(_dependencies.Count);
        _bytes.Add(bytes);
        return task;
    }

    /// <summary>The graph of the tasks added so far.</summary>
    public TaskGraph Build(ITaskLabels? labels = null) => new([.. _bytes], [.. _dependencyStarts], [.. _dependencies], labels);
}
