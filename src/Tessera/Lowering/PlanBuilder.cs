using System.Runtime.InteropServices;
using Tessera.Graphs;
using Tessera.Recipes;
using Tessera.Steps;
using Tessera.Storage;

namespace Tessera.Lowering;

/// <summary>
/// Numbers the tasks of a plan depth first: a task comes right after those it needs that nobody needed before, so that in order of their
/// numbers blocks and values live shortly.
/// <code>
/// three segments and a merge:   fold 0 · fold 1 · fold 2 · merge → tasks 0, 1, 2, 3
/// </code>
/// </summary>
/// <param name="producers">Of the outputs that steps read.</param>
/// <param name="bytes">What tasks work with, as those who will do them need it.</param>
internal sealed class PlanBuilder(IReadOnlyDictionary<StepOutput, Producer> producers, IStepKinds<ITaskBytes> bytes) : IRecipeVisitor
{
    private const int FewTasks = 8, MostLooks = 8;

    private readonly TaskGraphBuilder _graph = new();
    private readonly List<PlannedTask> _tasks = [];
    private readonly List<Step> _steps = [];
    private readonly List<long> _taken = [], _freed = [];
    private long _bytesRead, _bytesDecoded, _workingBytes;

    // The way down to the task that is looked at, each task with what it needs: the needs of all lie in one list, those of the last at its end.
    private readonly List<Visit> _way = [];
    private readonly List<(Producer Producer, int Piece)> _needs = [];
    private readonly List<int> _dependencies = [];

    /// <summary>The plan of all tasks of some steps, and of those that they need. Steps advance side by side, so that what they share lives shortly.</summary>
    public Plan Build(IReadOnlyList<Step> roots)
    {
        Producer[] own = [.. roots.Select(root => new Producer(root, output: null))];
        if (own.Length > 1)
        {
            foreach ((Producer producer, int index) in SideBySide.Order([.. own.Select(Work)]))
                Number(producer, index);
        }

        foreach (Producer root in own)
        {
            for (int index = 0; index < root.Tasks.Length; index++)
                Number(root, index);
        }

        return Build();
    }

    /// <summary>The plan of some pieces, which nobody but the caller reads, and of the tasks that they need.</summary>
    public Plan Build(Producer root, IEnumerable<int> pieces)
    {
        MakeRoom(root.Tasks.Length);
        int[] asked = [.. pieces];
        foreach (int piece in asked)
            Number(root, piece);
        foreach (int piece in asked)
        {
            root.Output!.AddReader(piece); // so that the piece outlives its last reader in the plan
            root.LastReaders[piece] = Producer.None;
        }

        return Build();
    }

    void IRecipeVisitor.Block(BlocksOutput output, long block) => Need(output, (int)block);

    void IRecipeVisitor.Value(ValuesOutput output, int call) => Need(output, call);

    void IRecipeVisitor.Cell(ReceivedOutput output, int cell) => Need(output, cell);

    void IRecipeVisitor.Read(IBlockSource source, Region region)
    {
        _bytesRead += ReadBytes.Of(source, region);
        _bytesDecoded += ReadBytes.Decoded(source, region);
        _workingBytes = Math.Max(_workingBytes, SaidBytes.OfReading(source, region)); // a task reads one source at a time
    }

    private void Need(StepOutput output, int piece) => _needs.Add((producers[output], piece));

    /// <summary>The plan of what has been numbered.</summary>
    public Plan Build()
    {
        // In order, a piece goes with its last reader.
        foreach (Producer producer in producers.Values)
        {
            for (int piece = 0; piece < producer.LastReaders.Length; piece++)
            {
                if (producer.LastReaders[piece] != Producer.None)
                    _freed[producer.LastReaders[piece]] += producer.Output!.FreedBytes(piece);
            }
        }

        var forecast = MemoryForecast.Of(_bytesRead, CollectionsMarshal.AsSpan(_taken), CollectionsMarshal.AsSpan(_freed)) with { BytesDecoded = _bytesDecoded };
        var tasks = new PlannedTasks([.. _tasks]);
        return new Plan(_steps, tasks, _graph.Build(new PlanLabels(tasks)), [.. producers.Keys], forecast);
    }

    /// <summary>
    /// The tasks in which a root's work is done: its own, or where these are few, as the one that merges a whole reduction, those that they need.
    /// Never the first of all, which need nothing: they make what several roots read, and would all be done before anything is made of it.
    /// </summary>
    private List<(Producer Producer, int Index)> Work(Producer root)
    {
        (long bytesRead, long bytesDecoded) = (_bytesRead, _bytesDecoded); // looking reads nothing
        List<(Producer Producer, int Index)> work = [.. Enumerable.Range(0, root.Tasks.Length).Select(index => (root, index))];
        for (int depth = 0; depth < MostLooks && work.Count < FewTasks; depth++)
        {
            List<(Producer Producer, int Index)> needed = NeedsOf(work);
            if (needed.Count == 0 || NeedsOf(needed).Count == 0)
                break;
            work = needed;
        }

        (_bytesRead, _bytesDecoded) = (bytesRead, bytesDecoded);
        return work;
    }

    private List<(Producer Producer, int Index)> NeedsOf(List<(Producer Producer, int Index)> work)
    {
        foreach ((Producer producer, int index) in work)
            producer.Step.Visit(index, this);
        List<(Producer Producer, int Index)> needed = [.. _needs.Distinct()];
        _needs.Clear();
        return needed;
    }

    private void MakeRoom(int tasks)
    {
        _graph.EnsureCapacity(tasks);
        _tasks.EnsureCapacity(tasks);
        _taken.EnsureCapacity(tasks);
        _freed.EnsureCapacity(tasks);
    }

    // With a way of its own instead of recursion: chains of a million calls are ordinary.
    private void Number(Producer producer, int index)
    {
        if (producer.Tasks[index] == Producer.None)
            Enter(producer, index);
        while (_way.Count > 0)
        {
            ref Visit visit = ref CollectionsMarshal.AsSpan(_way)[^1];
            if (visit.Next == _needs.Count)
            {
                Add(visit);
                _needs.RemoveRange(visit.First, _needs.Count - visit.First);
                _way.RemoveAt(_way.Count - 1);
                continue;
            }

            (Producer needed, int piece) = _needs[visit.Next++];
            if (needed.Tasks[piece] == Producer.None)
                Enter(needed, piece);
        }
    }

    private void Enter(Producer producer, int index)
    {
        int first = _needs.Count;
        _workingBytes = 0;
        producer.Step.Visit(index, this);
        _way.Add(new Visit(producer, index, first, first, _workingBytes));
    }

    private void Add(Visit visit)
    {
        Producer made = visit.Producer;
        Step step = made.Step;
        int task = _tasks.Count;
        _dependencies.Clear();
        foreach ((Producer producer, int piece) in CollectionsMarshal.AsSpan(_needs)[visit.First..])
        {
            if (producer.LastReaders[piece] == task)
                continue; // a piece that is needed twice is read once
            producer.LastReaders[piece] = task;
            producer.Output!.AddReader(piece);
            _dependencies.Add(producer.Tasks[piece]);
        }

        made.Bytes ??= step.Accept(bytes);
        long scratch = Math.Max(made.Bytes.ScratchBytes(visit.Index) + visit.WorkingBytes, step.BytesBeside), taken = step.OutputBytes(visit.Index) + scratch;
        _graph.Add(taken, CollectionsMarshal.AsSpan(_dependencies));
        _tasks.Add(new PlannedTask(made, visit.Index));
        _taken.Add(taken);
        _freed.Add(scratch);
        made.Tasks[visit.Index] = task;
        if (made.Number != Producer.None)
            return;
        made.Number = _steps.Count;
        _steps.Add(step);
    }

    /// <summary>A task on the way: its needs begin at First; those before Next have been looked at.</summary>
    private record struct Visit(Producer Producer, int Index, int First, int Next, long WorkingBytes);
}
