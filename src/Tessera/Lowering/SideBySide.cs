namespace Tessera.Lowering;

/// <summary>
/// Merges lists so that all advance at the same pace, measured by their lengths.
/// <code>
/// a b c d  and  x y   →   a x b c y d
/// </code>
/// </summary>
internal static class SideBySide
{
    public static IEnumerable<T> Order<T>(IReadOnlyList<IReadOnlyList<T>> lists)
    {
        var next = new int[lists.Count];
        var waiting = new PriorityQueue<int, (double Done, int List)>();
        for (int list = 0; list < lists.Count; list++)
        {
            if (lists[list].Count > 0)
                waiting.Enqueue(list, (0, list));
        }

        while (waiting.TryDequeue(out int list, out _))
        {
            yield return lists[list][next[list]++];
            if (next[list] < lists[list].Count)
                waiting.Enqueue(list, ((double)next[list] / lists[list].Count, list));
        }
    }
}
