using Tessera.Diagnostics;
using Tessera.Graphs;

namespace Tessera;

/// <summary>
/// The tasks of a computation: what each does, which wait for which, and how many bytes each takes. Immutable. Tasks are numbered 0, 1, 2, … in the order in which they should
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
public sealed class TaskGraph
{
    private readonly long[] _bytes; // empty where no task takes any
    private readonly int[] _dependencyStarts;
    private readonly int[] _dependencies;
    private readonly int[] _successorStarts;
    private readonly int[] _successors;

    /// <param name="bytes">Of each task, or of none, where they take none that are counted.</param>
    /// <param name="dependencyStarts">Where each task's dependencies begin, and the end of the last one's.</param>
    /// <param name="dependencies">Of all tasks, one after another.</param>
    /// <param name="labels">What the tasks are, for people; null if nobody will ask.</param>
    internal TaskGraph(long[] bytes, int[] dependencyStarts, int[] dependencies, ITaskLabels? labels = null)
    {
        (_bytes, _dependencyStarts, _dependencies, Labels) = (bytes, dependencyStarts, dependencies, labels);
        (_successorStarts, _successors) = Turn(dependencyStarts, dependencies);
    }

    /// <summary>Number of tasks.</summary>
    public int Count => _dependencyStarts.Length - 1;

    /// <summary>Number of dependencies of all tasks together.</summary>
    public int EdgeCount => _dependencies.Length;

    internal ITaskLabels? Labels { get; }

    /// <summary>What a task does: the name of a delayed function, the operations of a step over arrays.</summary>
    public string NameOf(int task) => Labels?.NameOf(Checked(task)) ?? $"task {task}";

    /// <summary>What a task does it to: a call with its arguments, a region of an array.</summary>
    public string DescriptionOf(int task) => Labels?.DescriptionOf(Checked(task)) ?? NameOf(task);

    /// <summary>
    /// The tasks that must be done before this one, in the order in which they were given; one needed twice is there twice.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such task; so for all methods that take one.</exception>
    public ReadOnlySpan<int> DependenciesOf(int task) => _dependencies.AsSpan(_dependencyStarts[Checked(task)].._dependencyStarts[task + 1]);

    /// <summary>The tasks that wait for this one, in ascending order; one that needs it twice is there twice.</summary>
    public ReadOnlySpan<int> SuccessorsOf(int task) => _successors.AsSpan(_successorStarts[Checked(task)].._successorStarts[task + 1]);

    /// <summary>The length of <see cref="DependenciesOf"/>.</summary>
    public int DependencyCountOf(int task) => _dependencyStarts[Checked(task) + 1] - _dependencyStarts[task];

    /// <summary>
    /// The bytes of memory that are newly needed when the task starts: its output and its working memory. Of values that functions give, only elements of arrays count.
    /// </summary>
    public long BytesOf(int task) => Checked(task) < _bytes.Length ? _bytes[task] : 0;

    /// <summary>
    /// Draws the graph to a file: functions as circles, data as boxes, what is needed below what needs it. By the path's extension: .svg, .html
    /// (to zoom and hover) or .dot, which need nothing installed, .png or .pdf by Graphviz.
    /// </summary>
    /// <param name="path">Of the file.</param>
    /// <param name="detail">Left out, a graph of more than a hundred tasks, or of so many edges that they are a bundle, is drawn by steps.</param>
    /// <param name="color">What the colours tell.</param>
    /// <returns>The full path of the file.</returns>
    /// <exception cref="ArgumentException">The extension is none of these, or times are asked for of a graph that was not run.</exception>
    /// <exception cref="NotSupportedException">Graphviz is needed and not found; says how to install it.</exception>
    public string Visualize(string path, GraphDetail detail = GraphDetail.Auto, GraphColor color = GraphColor.None) =>
        PictureFile.Write(new GraphDrawing(this).Draw(detail, color), path);

    /// <summary>How many tasks and dependencies there are.</summary>
    public override string ToString() => $"{Counted.Of(Count, "task")}, {Counted.Of(EdgeCount, "dependency")}";

    internal int Checked(int task) => (uint)task < (uint)Count
        ? task
        : throw new ArgumentOutOfRangeException(nameof(task), task, Count == 0 ? "The graph has no tasks." : $"The graph has the tasks 0 to {Count - 1}.");

    // A counting sort of the edges by the task they come from: count, add up, deal out.
    private static (int[] Starts, int[] Successors) Turn(int[] dependencyStarts, int[] dependencies)
    {
        int count = dependencyStarts.Length - 1;
        int[] starts = new int[count + 1];
        foreach (int dependency in dependencies)
            starts[dependency]++;
        for (int task = 0; task < count; task++)
            starts[task + 1] += starts[task];

        // The end of each task's successors moves down to their beginning.
        int[] successors = new int[dependencies.Length];
        for (int task = count - 1; task >= 0; task--)
        {
            for (int edge = dependencyStarts[task + 1] - 1; edge >= dependencyStarts[task]; edge--)
                successors[--starts[dependencies[edge]]] = task;
        }

        return (starts, successors);
    }
}
