using System.Runtime.InteropServices;

namespace Tessera.Graphs;

/// <summary>How many tasks of which name a graph has.</summary>
internal static class StepSizes
{
    /// <summary>So many names are told at most: an event stays small, whatever it is about.</summary>
    private const int Most = 1000;

    /// <summary>In the order of the first task of each.</summary>
    public static IReadOnlyList<StepSize> Of(TaskGraph graph)
    {
        var places = new Dictionary<string, int>();
        var sizes = new List<(string Name, int Tasks)>();
        (string name, int place) = ("", -1); // of the task before
        for (int task = 0; task < graph.Count; task++)
        {
            string next = graph.NameOf(task);
            if (place < 0 || !ReferenceEquals(next, name))
            {
                ref int known = ref CollectionsMarshal.GetValueRefOrAddDefault(places, next, out bool exists);
                if (!exists)
                {
                    known = sizes.Count;
                    sizes.Add((next, 0));
                }

                (name, place) = (next, known);
            }

            CollectionsMarshal.AsSpan(sizes)[place].Tasks++;
        }

        return [.. sizes.Take(Most).Select(size => new StepSize(size.Name, size.Tasks))];
    }
}
