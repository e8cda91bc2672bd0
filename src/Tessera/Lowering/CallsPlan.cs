using System.Buffers;
using System.Diagnostics;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Lowering;

/// <summary>
/// The plan of calls alone, without arrays among their arguments: what <see cref="PlanBuilder"/> would give, made in one pass over their graph. Calls are
/// numbered there as tasks are, so that each call's number is its task's, and none takes bytes that are counted.
/// </summary>
internal static class CallsPlan
{
    public static Plan Of(CallGraph calls, Producer producer, ValuesOutput values, IStepKinds<ITaskBytes> bytes)
    {
        Debug.Assert(!calls.HasArrays, "The tasks that fill an array come between those of calls.");
        (producer.TasksAreInOrder, producer.Number, producer.Bytes) = (true, 0, producer.Step.Accept(bytes));
        int repeated = CountReaders(calls, out int[] readers);
        values.SetReaders(readers);
        (int[] starts, int[] dependencies) = repeated == 0 ? (calls.Starts, calls.Inputs) : Distinct(calls, calls.Inputs.Length - repeated);
        var tasks = new PlannedTasks(producer, calls.Count);
        return new Plan([producer.Step], tasks, new TaskGraph([], starts, dependencies, new PlanLabels(tasks)), [values], new MemoryForecast(0, 0, 0));
    }

    /// <summary>
    /// How many read each value: calls, each once, and whoever asks for it, once. Gives how often a call needs a value that it has read already.
    /// </summary>
    private static int CountReaders(CallGraph calls, out int[] readers)
    {
        readers = new int[calls.Count];
        int[] lastReaders = ArrayPool<int>.Shared.Rent(calls.Count);
        lastReaders.AsSpan(0, calls.Count).Fill(Producer.None);
        int repeated = 0;
        for (int call = 0; call < calls.Count; call++)
        {
            foreach (int input in calls.InputsOf(call))
            {
                if (lastReaders[input] == call)
                    repeated++;
                else
                    readers[input]++;
                lastReaders[input] = call;
            }
        }

        foreach (int root in calls.Roots)
        {
            if (root != CallGraph.Plain && lastReaders[root] != calls.Count)
                (lastReaders[root], readers[root]) = (calls.Count, readers[root] + 1); // so that it outlives its last reader in the plan
        }

        ArrayPool<int>.Shared.Return(lastReaders);
        return repeated;
    }

    /// <summary>The inputs of each call, one that is needed twice once.</summary>
    private static (int[] Starts, int[] Dependencies) Distinct(CallGraph calls, int count)
    {
        var starts = new int[calls.Count + 1];
        var dependencies = new int[count];
        var seen = new HashSet<int>();
        int next = 0;
        for (int call = 0; call < calls.Count; call++)
        {
            seen.Clear();
            foreach (int input in calls.InputsOf(call))
            {
                if (seen.Add(input))
                    dependencies[next++] = input;
            }

            starts[call + 1] = next;
        }

        return (starts, dependencies);
    }
}
