using Tessera.Diagnostics;
using Tessera.Graphs;

namespace Tessera;

/// <summary>
/// Where the time of a computation went, by step, by worker and task by task. Give one to <c>ComputeOptions.Profile</c>, compute, and print it, or
/// open its trace in Perfetto.
/// </summary>
/// <remarks>
/// It tells of the last computation that it was given to; of several at once, of the one that began last. While that is under way, everything tells of what
/// has happened so far. What a function computes by itself, or a value by <c>SelectMany</c>, is part of the task in which that happens.
/// </remarks>
public sealed class RunProfile
{
    private volatile RunRecord? _record;
    private volatile RunSummary? _summary; // of a run that is over

    /// <summary>The tasks of the computation.</summary>
    /// <exception cref="InvalidOperationException">Nothing was computed with this profile yet; so for all but <see cref="ToString"/>.</exception>
    public TaskGraph Graph => Record.Graph;

    /// <summary>Time before the first task could begin: optimizing, lowering, forecasting and, for processes, sending the plan.</summary>
    public TimeSpan PlanningTime => Record.PlanningTime;

    /// <summary>Time from the first task's chance to begin to the end of the run.</summary>
    public TimeSpan RunTime => Record.RunTime;

    /// <summary>Bytes that tasks read from files and other sources, decoded. Elements that were in memory already, and numbers that are generated, aren't read.</summary>
    public long BytesRead => Steps.Sum(step => step.BytesRead);

    /// <summary>
    /// <see cref="BytesRead"/>, with the rest of the storage chunks that tasks read in part. Beside the size of the files it tells how often they were decoded.
    /// </summary>
    public long BytesDecoded => Steps.Sum(step => step.BytesDecoded);

    /// <summary>The most bytes of memory that the computation took at a time for blocks, working memory and its result.</summary>
    public long PeakBytes => Record.PeakBytes;

    /// <summary>The steps of which tasks ran, those of one name together, the one that took the most time first.</summary>
    public IReadOnlyList<StepTime> Steps => Summary.Steps;

    /// <summary>All workers of the scheduler, by their numbers.</summary>
    public IReadOnlyList<WorkerTime> Workers => Summary.Workers;

    private RunRecord Record => _record ??
        throw new InvalidOperationException("Nothing was computed with this profile yet. Compute with ComputeOptions.Profile set to it.");

    private RunSummary Summary
    {
        get
        {
            RunRecord record = Record;
            if (_summary is { } known && known.Record == record)
                return known;
            bool isOver = record.IsOver; // before it is read
            var summary = new RunSummary(record);
            if (isOver)
                _summary = summary;
            return summary;
        }
    }

    /// <summary>True for a task that came to its end.</summary>
    public bool IsDone(int task) => Record.IsDone(Graph.Checked(task));

    /// <summary>When a task began, from the beginning of the run; zero for one that did not end.</summary>
    public TimeSpan StartOf(int task) => IsDone(task) ? new(Record.StartOf(task)) : default;

    /// <summary>How long a task took, waiting included; zero for one that did not end.</summary>
    public TimeSpan DurationOf(int task) => IsDone(task) ? new(Record.EndOf(task) - Record.StartOf(task)) : default;

    /// <summary>The part of <see cref="DurationOf"/> in which the task waited and occupied no worker; zero for one that isn't asynchronous.</summary>
    public TimeSpan WaitingOf(int task) => IsDone(task) ? new(Record.EndOf(task) - Record.FreedAt(task)) : default;

    /// <summary>The worker that ran a task, from 0; the scheduler's workers number themselves. -1 for one that did not end.</summary>
    public int WorkerOf(int task) => IsDone(task) ? Record.WorkerOf(task) : -1;

    /// <summary>
    /// Draws the graph of the computation to a file, coloured by what happened. A page (.html) also has the tables of <see cref="ToString"/>, and what each worker
    /// did when: a bar for each task, in the colour that it has in the graph.
    /// </summary>
    /// <inheritdoc cref="TaskGraph.Visualize"/>
    public string Visualize(string path, GraphDetail detail = GraphDetail.Auto, GraphColor color = GraphColor.Time)
    {
        var drawing = new GraphDrawing(Graph, this);
        return PictureFile.Write(drawing.Draw(detail, color), path, () => ProfilePanel.Write(Summary, drawing.ColourOf));
    }

    /// <summary>
    /// Writes what happened as trace events in JSON, for ui.perfetto.dev or chrome://tracing: a row for each worker, a bar for each task, and
    /// the waiting of asynchronous tasks. A million tasks are some 200 MB.
    /// </summary>
    /// <param name="path">Of the file, which is replaced; ".json" by custom.</param>
    /// <returns>The full path of the file.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder isn't there.</exception>
    public string SaveTrace(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        RunRecord record = Record;
        return WholeFile.Write(path, stream => TraceText.Write(record, stream));
    }

    /// <summary>A table of the steps and one of the workers.</summary>
    public override string ToString() => _record is null ? "a profile with which nothing was computed yet" : new ProfileTable(Summary).ToString();

    /// <param name="graph">What will run.</param>
    /// <param name="scheduler">What it is called.</param>
    /// <param name="workers">What its workers are called.</param>
    /// <param name="peakBytes">Tells the most bytes of memory taken so far.</param>
    /// <param name="asked">When the computation was asked for, by the system's clock.</param>
    internal RunObserver Observe(TaskGraph graph, string scheduler, string[] workers, Func<long> peakBytes, long asked) =>
        _record = new RunRecord(graph, scheduler, workers, peakBytes, TimeProvider.System, asked);
}
