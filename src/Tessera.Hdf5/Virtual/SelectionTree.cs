namespace Tessera.Hdf5Format;

/// <summary>
/// A selection of any form, axis by axis: along the first axis intervals in which the rest is the same, in each of them a tree of the rest. So an element's
/// number in the selection is found from its indices, and these from the number.
/// </summary>
/// <remarks>
/// By example, rows 0 and 1 with columns 0 to 3, and row 2 with column 5: at the top the intervals [0, 2) with 4 elements an index and none before, and
/// [2, 3) with 1 and 8 before; below them [0, 4) and [5, 6). Element 8 is in the second, so at (2, 5).
/// </remarks>
internal sealed class SelectionTree
{
    private const int MostIntervals = 1 << 18; // sound files have some for each block

    private readonly Node _top;
    private int _intervals;

    private SelectionTree(BlocksSelection blocks) => _top = Build(blocks, [.. Enumerable.Range(0, blocks.Count)], 0);

    private SelectionTree(BoxSelection box) => _top = Build(box, 0);

    /// <summary>How many elements are selected.</summary>
    public long Count => _top.Count;

    /// <exception cref="InvalidDataException">The blocks are cut up in more ways than a sound file has.</exception>
    public static SelectionTree Of(Selection selection) => selection switch
    {
        BlocksSelection blocks => new SelectionTree(blocks),
        BoxSelection { Axes.Length: 0 } => throw new InvalidDataException("The single element of one dataset is to become several of another, or the other way round."),
        BoxSelection box => new SelectionTree(box),
        _ => throw new InvalidOperationException($"{selection} has no elements of its own."),
    };

    /// <summary>The selected elements in a box, as pieces of rows.</summary>
    /// <param name="region">The box.</param>
    /// <param name="found">Takes of each piece the number of its first element, how many there are, and where the first lies in the box.</param>
    public void FindIn(Region region, List<(long Number, long Length, long Offset)> found)
    {
        long[] strides = region.Extent.DenseStrides();
        Visit(_top, 0, 0, 0);

        void Visit(Node node, int axis, long number, long offset)
        {
            (long start, long end) = (region.Start[axis], region.End(axis));
            for (int i = node.FirstEndingBehind(start); i < node.Low.Length && node.Low[i] < end; i++)
            {
                (long from, long to) = (Math.Max(node.Low[i], start), Math.Min(node.High[i], end));
                long first = number + node.Before[i] + (from - node.Low[i]) * node.Each[i];
                if (node.Below[i] is not { } below)
                {
                    Add(first, to - from, offset + from - start);
                    continue;
                }

                for (long at = from; at < to; at++, first += node.Each[i])
                    Visit(below, axis + 1, first, offset + (at - start) * strides[axis]);
            }
        }

        void Add(long number, long length, long offset)
        {
            if (found.Count > 0 && found[^1] is var last && last.Number + last.Length == number && last.Offset + last.Length == offset)
                found[^1] = last with { Length = last.Length + length };
            else
                found.Add((number, length, offset));
        }
    }

    /// <summary>Where a stretch of elements lies, as pieces of rows.</summary>
    /// <param name="number">The first element.</param>
    /// <param name="length">How many.</param>
    /// <param name="found">Takes of each piece the indices of its first element and how many there are.</param>
    public void Find(long number, long length, Action<long[], long> found)
    {
        var at = new long[_top.Depth];
        Visit(_top, 0, number, length);

        void Visit(Node node, int axis, long first, long count)
        {
            for (int i = node.Holding(first); count > 0; i++)
            {
                long inside = first - node.Before[i];
                if (node.Below[i] is not { } below)
                {
                    long taken = Math.Min(count, node.High[i] - node.Low[i] - inside);
                    at[axis] = node.Low[i] + inside;
                    found(at, taken);
                    (first, count) = (first + taken, count - taken);
                    continue;
                }

                for (long index = node.Low[i] + inside / node.Each[i]; index < node.High[i] && count > 0; index++)
                {
                    long before = (first - node.Before[i]) % node.Each[i], taken = Math.Min(count, node.Each[i] - before);
                    at[axis] = index;
                    Visit(below, axis + 1, before, taken);
                    (first, count) = (first + taken, count - taken);
                }
            }
        }
    }

    private Node Build(BoxSelection box, int axis)
    {
        Node? below = axis + 1 < box.Axes.Length ? Build(box, axis + 1) : null;
        AxisSelection all = box.Axes[axis];
        var builder = new NodeBuilder(box.Axes.Length - axis);
        long step = all.IsOneBlock ? all.Length : all.Block;
        for (long k = 0; k < all.Length; k += step)
            Add(builder, all.At(k), all.At(k) + Math.Min(step, all.Length - k), below);
        return builder.Build();
    }

    private Node Build(BlocksSelection blocks, List<int> some, int axis)
    {
        var cuts = new SortedSet<long>();
        foreach (int block in some)
        {
            cuts.Add(blocks.Low(block, axis));
            cuts.Add(blocks.High(block, axis));
        }

        // Blocks in the order of their beginnings; those that have begun and not ended hold the interval.
        some.Sort((left, right) => blocks.Low(left, axis).CompareTo(blocks.Low(right, axis)));
        var builder = new NodeBuilder(blocks.Rank - axis);
        var open = new List<int>();
        int next = 0;
        long low = 0;
        foreach (long cut in cuts)
        {
            if (open.Count > 0)
                Add(builder, low, cut, axis + 1 < blocks.Rank ? Build(blocks, [.. open], axis + 1) : null);
            open.RemoveAll(block => blocks.High(block, axis) <= cut);
            for (; next < some.Count && blocks.Low(some[next], axis) == cut; next++)
                open.Add(some[next]);
            low = cut;
            CountIntervals(open.Count);
        }

        return builder.Build();
    }

    private void Add(NodeBuilder builder, long low, long high, Node? below)
    {
        CountIntervals(1);
        builder.Add(low, high, below);
    }

    private void CountIntervals(int more)
    {
        if ((_intervals += more) > MostIntervals)
            throw new InvalidDataException($"A selection is cut into more than {MostIntervals} intervals, which no program does.");
    }

    /// <summary>Intervals along an axis, with the elements before each, the elements of an index in it, and the tree of the axes behind.</summary>
    private sealed record Node(int Depth, long[] Low, long[] High, long[] Before, long[] Each, Node?[] Below, long Count)
    {
        public int FirstEndingBehind(long start)
        {
            int at = Array.BinarySearch(High, start);
            return at >= 0 ? at + 1 : ~at;
        }

        public int Holding(long number)
        {
            int at = Array.BinarySearch(Before, number);
            return at >= 0 ? at : ~at - 1;
        }
    }

    private sealed class NodeBuilder(int depth)
    {
        private readonly List<long> _low = [], _high = [], _before = [], _each = [];
        private readonly List<Node?> _below = [];
        private long _count;

        public void Add(long low, long high, Node? below)
        {
            if (below is null && _high.Count > 0 && _high[^1] == low)
            {
                _high[^1] = high; // two that touch are one row
                _count += high - low;
                return;
            }

            long each = below?.Count ?? 1;
            _low.Add(low);
            _high.Add(high);
            _before.Add(_count);
            _each.Add(each);
            _below.Add(below);
            Int128 count = _count + (Int128)(high - low) * each;
            _count = count <= long.MaxValue ? (long)count : throw new InvalidDataException("A selection has more elements than any file holds.");
        }

        public Node Build() => new(depth, [.. _low], [.. _high], [.. _before], [.. _each], [.. _below], _count);
    }
}
