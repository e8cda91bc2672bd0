using System.Diagnostics;
using Tessera.Diagnostics;
using Tessera.Graphs;

namespace Tessera;

/// <summary>
/// What happened in a computation, task by task: when each began and ended, and on which worker. Give one to
/// <c>ComputeOptions.Profile</c>, compute, and look. It tells of the last computation that it was given to.
/// </summary>
public sealed class RunProfile
{
    private TaskGraph? _graph;
    private long _began;
    private long[] _started = [], _finished = []; // as Stopwatch.GetTimestamp tells; 0 while it has not
    private int[] _workers = [];

    /// <summary>The tasks of the computation.</summary>
    /// <exception cref="InvalidOperationException">Nothing was computed with this profile yet.</exception>
    public TaskGraph Graph => _graph ??
        throw new InvalidOperationException("Nothing was computed with this profile yet. Compute with ComputeOptions.Profile set to it.");

    /// <summary>True for a task that came to its end.</summary>
    public bool IsDone(int task) => Volatile.Read(ref _finished[Graph.Checked(task)]) > 0;

    /// <summary>When a task began, from the beginning of the computation; zero for one that did not end.</summary>
    public TimeSpan StartOf(int task) => IsDone(task) ? Stopwatch.GetElapsedTime(_began, _started[task]) : default;

    /// <summary>How long a task took; zero for one that did not end.</summary>
    public TimeSpan DurationOf(int task) => IsDone(task) ? Stopwatch.GetElapsedTime(_started[task], _finished[task]) : default;

    /// <summary>The worker that ran a task, from 0; the scheduler's workers number themselves. -1 for one that did not end.</summary>
    public int WorkerOf(int task) => IsDone(task) ? _workers[task] : -1;

    /// <summary>Draws the graph of the computation to a file, coloured by what happened.</summary>
    /// <inheritdoc cref="TaskGraph.Visualize"/>
    public string Visualize(string path, GraphDetail detail = GraphDetail.Auto, GraphColor color = GraphColor.Time) =>
        PictureFile.Write(new GraphDrawing(Graph, this).Draw(detail, color), path);

    internal RunObserver Observe(TaskGraph graph)
    {
        (_graph, _began) = (graph, Stopwatch.GetTimestamp());
        (_started, _finished, _workers) = (new long[graph.Count], new long[graph.Count], new int[graph.Count]);
        return new Recorder(this);
    }

    private sealed class Recorder(RunProfile profile) : RunObserver
    {
        public override void TaskFinished(int task, int worker, long started, long finished)
        {
            (profile._started[task], profile._workers[task]) = (started, worker);
            Volatile.Write(ref profile._finished[task], finished);
        }
    }
}
