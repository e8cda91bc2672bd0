using System.Collections;

namespace Tessera.Lowering.Decisions;

/// <summary>All that is asked of an expression, in some sixteen asks at most: beyond, two become one.</summary>
internal sealed class AskList : IReadOnlyList<Ask>
{
    private const int Most = 16;

    private readonly List<Ask> _asks = [];

    public int Count => _asks.Count;

    public Ask this[int index] => _asks[index];

    public void Add(Ask ask)
    {
        if (ask.Box.Length == 0)
            return;
        foreach (Ask known in _asks)
        {
            if (ReferenceEquals(known.Program, ask.Program))
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
    public double Ways => _asks.GroupBy(ask => ask.Step).Max(step => step.Sum(ask => ask.Ways));

    /// <summary>Boxes that don't overlap and hold all that is asked for; what overlaps becomes one.</summary>
    public static List<Region> Apart(IEnumerable<Region> boxes)
    {
        var apart = new List<Region>();
        foreach (Region box in boxes)
        {
            Region next = box;
            for (int i = 0; i < apart.Count;)
            {
                Region around = Around(apart[i], next);
                if (apart[i].Intersect(next).Length == 0 && around.Length > apart[i].Length + next.Length)
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

    public IEnumerator<Ask> GetEnumerator() => _asks.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The last ask of a step among the first ones, or -1.</summary>
    private int LastOf(object step, int count) => _asks.FindLastIndex(count - 1, count, ask => ReferenceEquals(ask.Step, step));

    private static Ask Join(Ask one, Ask other)
    {
        Shape extent = one.Volume >= other.Volume ? one.Extent : other.Extent;
        var program = new FusedProgram { IsTiled = one.Program.IsTiled && other.Program.IsTiled, Operations = Math.Max(one.Program.Operations, other.Program.Operations) };
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
