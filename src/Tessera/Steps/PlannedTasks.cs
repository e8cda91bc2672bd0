using System.Collections;

namespace Tessera.Steps;

/// <summary>A task: whose, and the number of its cell.</summary>
internal readonly record struct PlannedTask(Producer Producer, int Index)
{
    public Step Step => Producer.Step;

    /// <summary>Somebody reads what the task left, from now on.</summary>
    public void Pin(BlockStore blocks) => Producer.Output!.Pin(Index, blocks);

    /// <summary>The reader is done.</summary>
    public void Unpin(BlockStore blocks) => Producer.Output!.Unpin(Index, blocks);
}

/// <summary>The tasks of a plan, by number: a list of them or, where all are of one step and in the order of its cells, nothing but how many.</summary>
internal sealed class PlannedTasks : IReadOnlyList<PlannedTask>
{
    private readonly PlannedTask[]? _tasks;
    private readonly Producer? _only;

    public PlannedTasks(PlannedTask[] tasks) => (_tasks, Count) = (tasks, tasks.Length);

    public PlannedTasks(Producer only, int count) => (_only, Count) = (only, count);

    public int Count { get; }

    public PlannedTask this[int task] => _only is null ? _tasks![task] : new PlannedTask(_only, task);

    public IEnumerator<PlannedTask> GetEnumerator()
    {
        for (int task = 0; task < Count; task++)
            yield return this[task];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
