namespace Tessera.TiffFormat;

/// <summary>The planes of many directories, one after the other.</summary>
internal sealed class FrameList
{
    private readonly PlaneSet[] _sets;
    private readonly long[]? _starts; // null if each directory is one plane

    /// <summary>The planes of the given sets, of which there is one at least.</summary>
    public FrameList(IEnumerable<PlaneSet> sets)
    {
        _sets = [.. sets];
        Count = _sets.Length;
        if (Array.TrueForAll(_sets, set => set.Count == 1))
            return;

        (_starts, Count) = (new long[_sets.Length], 0);
        for (int i = 0; i < _sets.Length; i++)
        {
            _starts[i] = Count;
            Count = checked(Count + _sets[i].Count);
        }
    }

    /// <summary>How many planes there are.</summary>
    public long Count { get; }

    /// <summary>The directories with their planes.</summary>
    public IReadOnlyList<PlaneSet> Sets => _sets;

    /// <summary>The first plane of each directory.</summary>
    public IEnumerable<PageLayout> Pages => _sets.Select(set => set.First);

    /// <summary>The planes as they are read into elements of a type, as far as they can be.</summary>
    public FrameList ReadAs(ElementType asked) => new(_sets.Select(set => set with { First = set.First.ReadAs(asked) }));

    /// <summary>A plane.</summary>
    public PageLayout this[long frame]
    {
        get
        {
            if (_starts is null)
                return _sets[frame].First;

            int at = Array.BinarySearch(_starts, frame);
            at = at < 0 ? ~at - 1 : at;
            return _sets[at][frame - _starts[at]];
        }
    }
}
