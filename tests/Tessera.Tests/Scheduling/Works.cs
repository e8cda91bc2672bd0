using Tessera.Memory;
using Tessera.Scheduling;

namespace Tessera.Tests.Scheduling;

/// <summary>A work that is a lambda.</summary>
internal sealed class LambdaWork(Action<int, int> execute) : ITaskWork
{
    public LambdaWork(Action<int> execute) : this((task, _) => execute(task))
    {
    }

    public Task? Execute(int task, int worker)
    {
        execute(task, worker);
        return null;
    }
}

/// <summary>
/// Checks while it runs: every task once, after its dependencies, one at a time on each worker, and its bytes held from its start until all
/// that need them are done.
/// </summary>
internal sealed class CheckedWork(TaskGraph graph, MemoryBudget budget, int workers, Action<int>? inside = null) : ITaskWork
{
    private readonly int[] _begun = new int[graph.Count];
    private readonly int[] _done = new int[graph.Count];
    private readonly int[] _readers = [.. Enumerable.Range(0, graph.Count).Select(t => graph.SuccessorsOf(t).Length)];
    private readonly int[] _busy = new int[workers];
    private int _atOnce;
    private int _mostAtOnce;
    private int _tasksDone;

    public int TasksDone => _tasksDone;

    public int MostAtOnce => _mostAtOnce;

    public Task? Execute(int task, int worker)
    {
        Assert.Equal(1, Interlocked.Increment(ref _begun[task]));
        Assert.Equal(1, Interlocked.Increment(ref _busy[worker]));
        int atOnce = Interlocked.Increment(ref _atOnce);
        for (int seen = _mostAtOnce; atOnce > seen; seen = _mostAtOnce)
            Interlocked.CompareExchange(ref _mostAtOnce, atOnce, seen);
        foreach (int dependency in graph.DependenciesOf(task))
            Assert.Equal(1, Volatile.Read(ref _done[dependency]));

        inside?.Invoke(task);

        foreach (int dependency in graph.DependenciesOf(task))
        {
            if (Interlocked.Decrement(ref _readers[dependency]) == 0)
                budget.Release(graph.BytesOf(dependency));
        }

        if (_readers[task] == 0)
            budget.Release(graph.BytesOf(task));
        Volatile.Write(ref _done[task], 1);
        Interlocked.Increment(ref _tasksDone);
        Interlocked.Decrement(ref _atOnce);
        Interlocked.Decrement(ref _busy[worker]);
        return null;
    }
}
