namespace Tessera.Graphs;

/// <summary>
/// Which tasks wait for which, and how many bytes each takes. Immutable. Tasks are numbered 0, 1, 2, … in the order in which they should
/// run: a lower number goes first, and a task depends on lower numbers only, so no circle can arise.
/// </summary>
/// <remarks>
/// All tasks share a few flat arrays, so that a graph of a million tasks is a handful of objects. Example: 0 and 1 read blocks, 2 adds
/// them, 3 writes the sum.
/// <code>
/// dependencies 0 1 2     of task 2 at [0, 2), of task 3 at [2, 3)      starts 0 0 0 2 3
/// successors   2 2 3     of 0 at [0, 1), of 1 at [1, 2), of 2 at [2, 3) starts 0 1 2 3 3
/// </code>
/// </remarks>
internal sealed class TaskGraph
{
    private readonly long[] _bytes;
    private readonly int[] _dependencyStarts;
    private readonly int[] _dependencies;
    private readonly int[] _successorStarts;
    private readonly int[] _successors;

    /// <param name="bytes">Of each task.</param>
    /// <param name="dependencyStarts">Where each task's dependencies begin, and the end of the last one's.</param>
    /// <param name="dependencies">Of all tasks, one after another.</param>
    internal TaskGraph(long[] bytes, int[] dependencyStarts, int[] dependencies)
    {
        (_bytes, _dependencyStarts, _dependencies) = (bytes, dependencyStarts, dependencies);
        (_successorStarts, _successors) = Turn(dependencyStarts, dependencies);
    }

    /// <summary>Number of tasks.</summary>
    public int Count => _bytes.Length;

    /// <summary>Number of dependencies of all tasks together.</summary>
    public int EdgeCount => _dependencies.Length;

    /// <summary>
    /// The tasks that must be done before this one, in the order in which they were given; one needed twice is there twice.
    /// </summary>
    public ReadOnlySpan<int> DependenciesOf(int task) => _dependencies.AsSpan(_dependencyStarts[task].._dependencyStarts[task + 1]);

    /// <summary>The tasks that wait for this one, in ascending order; one that needs it twice is there twice.</summary>
    public ReadOnlySpan<int> SuccessorsOf(int task) => _successors.AsSpan(_successorStarts[task].._successorStarts[task + 1]);

    /// <summary>The length of <see cref="DependenciesOf"/>.</summary>
    public int DependencyCountOf(int task) => _dependencyStarts[task + 1] - _dependencyStarts[task];

    /// <summary>The bytes newly held when the task starts: its output and its scratch.</summary>
    public long BytesOf(int task) => _bytes[task];

    // A counting sort of the edges by the task they come from: count, add up, deal out.
    private static (int[] Starts, int[] Successors) Turn(int[] dependencyStarts, int[] dependencies)
    {
        int count = dependencyStarts.Length - 1;
        int[] starts = new int[count + 1];
        foreach (int dependency in dependencies)
            starts[dependency + 1]++;
        for (int task = 0; task < count; task++)
            starts[task + 1] += starts[task];

        int[] next = starts.AsSpan(0, count).ToArray();
        int[] successors = new int[dependencies.Length];
        for (int task = 0; task < count; task++)
        {
            for (int edge = dependencyStarts[task]; edge < dependencyStarts[task + 1]; edge++)
                successors[next[dependencies[edge]]++] = task;
        }

        return (starts, successors);
    }
}
