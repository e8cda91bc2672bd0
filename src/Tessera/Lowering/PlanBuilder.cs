using System.Runtime.InteropServices;
using Tessera.Graphs;
using Tessera.Recipes;
using Tessera.Storage;

namespace Tessera.Lowering;

/// <summary>The step whose tasks make the blocks of an output, and the graph's numbers of those tasks, -1 while not yet numbered.</summary>
internal sealed class Producer(Step step)
{
    private int[]? _tasks;

    public Step Step => step;

    public int[] Tasks => _tasks ??= NotNumbered();

    private int[] NotNumbered()
    {
        if (step.TaskCount > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"{step.Name} is {step.TaskCount} tasks, and a computation has {Array.MaxLength} at most. Slice the array and compute it in parts.");
        }

        var tasks = new int[step.TaskCount];
        Array.Fill(tasks, -1);
        return tasks;
    }
}

/// <summary>
/// Numbers the tasks of a plan depth first: a task comes right after those it needs that nobody needed before, so that in order of their
/// numbers blocks live shortly.
/// <code>
/// three runs and a merge:   fold 0 · fold 1 · fold 2 · merge → tasks 0, 1, 2, 3
/// </code>
/// </summary>
internal sealed class PlanBuilder(IReadOnlyDictionary<StepOutput, Producer> producers) : IRecipeVisitor
{
    private readonly TaskGraphBuilder _graph = new();
    private readonly List<PlannedTask> _tasks = [];
    private readonly List<Step> _steps = [];
    private readonly List<long> _taken = [], _freed = [];
    private readonly Dictionary<(StepOutput Output, long Block), int> _lastReaders = [];
    private readonly HashSet<Step> _numbered = [];
    private readonly List<(StepOutput Output, long Block)> _needs = [];
    private readonly HashSet<(StepOutput Output, long Block)> _needed = [];
    private long _bytesRead;

    public Plan Build(Step root)
    {
        var own = new Producer(root);
        for (int index = 0; index < own.Tasks.Length; index++)
            Number(own, index);

        // In order, a block goes with its last reader.
        foreach (((StepOutput output, long block), int task) in _lastReaders)
            _freed[task] += output.BytesOf(block);
        var forecast = MemoryForecast.Of(_bytesRead, CollectionsMarshal.AsSpan(_taken), CollectionsMarshal.AsSpan(_freed));
        return new Plan(_steps, [.. _tasks], _graph.Build(), [.. producers.Keys], forecast);
    }

    void IRecipeVisitor.Block(StepOutput output, long block)
    {
        if (_needed.Add((output, block)))
            _needs.Add((output, block));
    }

    void IRecipeVisitor.Read(IBlockSource source, Region region)
    {
        if (source is not MemorySource)
            _bytesRead += region.Length * source.ElementType.Size;
    }

    private int Number(Producer producer, int index)
    {
        if (producer.Tasks[index] >= 0)
            return producer.Tasks[index];

        Step step = producer.Step;
        _needs.Clear();
        _needed.Clear();
        step.Visit(index, this);
        (StepOutput Output, long Block)[] needs = [.. _needs];
        var dependencies = new int[needs.Length];
        for (int i = 0; i < needs.Length; i++)
            dependencies[i] = Number(producers[needs[i].Output], (int)needs[i].Block);

        long scratch = step.ScratchBytes(index), taken = step.OutputBytes(index) + scratch;
        int task = _graph.Add(taken, dependencies);
        foreach ((StepOutput output, long block) in needs)
        {
            output.AddReader(block);
            _lastReaders[(output, block)] = task;
        }

        if (_numbered.Add(step))
            _steps.Add(step);
        _tasks.Add(new PlannedTask(step, index));
        _taken.Add(taken);
        _freed.Add(scratch);
        producer.Tasks[index] = task;
        return task;
    }
}
