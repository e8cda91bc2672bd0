using Tessera.Graphs;

namespace Tessera.Tests.Graphs;

/// <summary>Graphs to try laws on: wide and narrow ones, with tasks that nobody needs and tasks needed twice.</summary>
internal static class RandomGraphs
{
    public static TaskGraph Make(int tasks, int seed, int largestBytes = 100)
    {
        var random = new Random(seed);
        var builder = new TaskGraphBuilder();
        int reach = random.Next(1, tasks);
        int mostDependencies = random.Next(1, 5);
        for (int task = 0; task < tasks; task++)
        {
            int count = task == 0 ? 0 : random.Next(0, mostDependencies + 1);
            IEnumerable<int> dependencies = Enumerable.Range(0, count).Select(_ => random.Next(Math.Max(0, task - reach), task));
            builder.Add(random.Next(largestBytes + 1), [.. dependencies]);
        }

        return builder.Build();
    }
}
