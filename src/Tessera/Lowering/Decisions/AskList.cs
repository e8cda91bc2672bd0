using System.Collections;

namespace Tessera.Lowering.Decisions;

/// <summary>All that is asked of an expression, in some sixteen asks at most: beyond, two become one.</summary>
internal sealed class AskList : IReadOnlyList<Ask>
{
    private const int Most = 16, MostPieces = 48;

    private readonly List<Ask> _asks = [];

    public int Count => _asks.Count;

    public Ask this[int index] => _asks[index];

    public void Add(Ask ask)
    {
        if (ask.Box.Length == 0)
            return;
        foreach (Ask known in _asks)
        {
            if (ask.Program is not null && ReferenceEquals(known.Program, ask.Program))
                return; // a kernel reads it once
        }

        if (_asks.Count < Most)
        {
            _asks.Add(ask);
            return;
        }

        int same = LastOf(ask.Step, _asks.Count);
        if (same >= 0)
        {
            _asks[same] = Join(_asks[same], ask);
            return;
        }

        // A step that is new: two asks of another step make room for it, so that steps are told apart as long as there are so few.
        for (int i = _asks.Count - 1; i > 0; i--)
        {
            if (LastOf(_asks[i].Step, i) is >= 0 and var other)
            {
                _asks[other] = Join(_asks[other], _asks[i]);
                _asks[i] = ask;
                return;
            }
        }

        _asks[^1] = Join(_asks[^1], ask);
    }

    /// <summary>The most ways in which a step leads here.</summary>
    public double Ways
    {
        get
        {
            double most = 0;
            for (int i = 0; i < _asks.Count; i++)
            {
                if (LastOf(_asks[i].Step, i) >= 0)
                    continue; // counted already
                double ways = 0;
                for (int j = i; j < _asks.Count; j++)
                    ways += ReferenceEquals(_asks[j].Step, _asks[i].Step) ? _asks[j].Ways : 0;
                most = Math.Max(most, ways);
            }

            return most;
        }
    }

    /// <summary>
    /// Boxes that don't overlap and hold all that is asked for. Two become one if that is no larger than both; of others that overlap, the one is cut to pieces
    /// around the other.
    /// <code>
    /// a row and a column of an image:   the row, and two pieces of the column
    /// </code>
    /// </summary>
    public static List<Region> Apart(IEnumerable<Region> boxes)
    {
        List<Region> joined = Joined(boxes, static (around, one, other) => around.Length <= one.Length + other.Length);
        var apart = new List<Region>();
        foreach (Region box in joined)
        {
            var pieces = new List<Region> { box };
            foreach (Region other in apart)
                pieces = [.. pieces.SelectMany(piece => Outside(piece, other))];
            apart.AddRange(pieces);
            if (apart.Count > MostPieces)
                return Joined(joined, static (around, one, other) => one.Intersect(other).Length > 0 || around.Length <= one.Length + other.Length);
        }

        return apart;
    }

    private static List<Region> Joined(IEnumerable<Region> boxes, Func<Region, Region, Region, bool> areJoined)
    {
        var apart = new List<Region>();
        foreach (Region box in boxes)
        {
            Region next = box;
            for (int i = 0; i < apart.Count;)
            {
                Region around = Around(apart[i], next);
                if (!areJoined(around, apart[i], next))
                {
                    i++;
                    continue;
                }

                next = around;
                apart.RemoveAt(i);
                i = 0; // what has grown may reach others
            }

            apart.Add(next);
        }

        return apart;
    }

    /// <summary>What of a box lies outside another, in boxes.</summary>
    private static IEnumerable<Region> Outside(Region box, Region other)
    {
        Region shared = box.Intersect(other);
        if (shared.Length == 0)
        {
            yield return box;
            yield break;
        }

        for (int axis = 0; axis < box.Rank; axis++)
        {
            if (box.Start[axis] < shared.Start[axis])
                yield return Between(box, axis, box.Start[axis], shared.Start[axis]);
            if (shared.End(axis) < box.End(axis))
                yield return Between(box, axis, shared.End(axis), box.End(axis));
            box = Between(box, axis, shared.Start[axis], shared.End(axis));
        }
    }

    private static Region Between(Region box, int axis, long from, long to)
    {
        (long[] start, long[] size) = (box.Start.ToArray(), box.Extent.ToArray());
        (start[axis], size[axis]) = (from, to - from);
        return new Region(start, Shape.Create(size));
    }

    public List<Ask>.Enumerator GetEnumerator() => _asks.GetEnumerator();

    IEnumerator<Ask> IEnumerable<Ask>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing is asked for; the list serves another expression.</summary>
    public void Clear() => _asks.Clear();

    /// <summary>The last ask of a step among the first ones, or -1.</summary>
    private int LastOf(object step, int count)
    {
        int last = count - 1;
        while (last >= 0 && !ReferenceEquals(_asks[last].Step, step))
            last--;
        return last;
    }

    private static Ask Join(Ask one, Ask other)
    {
        Shape extent = one.Volume >= other.Volume ? one.Extent : other.Extent;
        var program = new FusedProgram
        {
            IsTiled = one.Program is { IsTiled: true } && other.Program is { IsTiled: true },
            Operations = Math.Max(one.Program?.Operations ?? 0, other.Program?.Operations ?? 0),
        };
        return new Ask(
            ReferenceEquals(one.Step, other.Step) ? one.Step : Ask.ManySteps, program, Around(one.Box, other.Box), extent, (one.Volume + other.Volume) / extent.Length)
        {
            Ways = ReferenceEquals(one.Step, other.Step) ? one.Ways + other.Ways : Math.Max(one.Ways, other.Ways),
            Seen = ReferenceEquals(one.Seen, other.Seen) ? one.Seen : null,
            HasGaps = one.HasGaps || other.HasGaps,
            IsScattered = one.IsScattered || other.IsScattered,
        };
    }

    private static Region Around(Region one, Region other)
    {
        Span<long> start = stackalloc long[one.Rank], size = stackalloc long[one.Rank];
        for (int axis = 0; axis < start.Length; axis++)
        {
            start[axis] = Math.Min(one.Start[axis], other.Start[axis]);
            size[axis] = Math.Max(one.End(axis), other.End(axis)) - start[axis];
        }

        return new Region(start, Shape.Create(size));
    }
}
