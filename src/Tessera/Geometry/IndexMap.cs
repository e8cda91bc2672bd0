using System.Diagnostics;
using System.Globalization;
using static System.FormattableString;

namespace Tessera.Geometry;

/// <summary>Where one axis of the viewed array gets its index: <c>Offset + Step * view[Axis]</c>, or the fixed <c>Offset</c> when Axis is -1.</summary>
internal readonly record struct AxisMap(int Axis, long Offset, long Step)
{
    public static AxisMap Fixed(long offset) => new(-1, offset, 0);
}

/// <summary>
/// An affine view of an array: for every index of the view, one index of the array. Slices, transposes, new and dropped axes and broadcasts
/// are all of this form, and so is any chain of them.
/// <code>
/// x of shape (4, 6), viewed as x.Transpose()[::2, 1]:  shape (3,), x[1, 0 + 2 * i]
///     axes of x:  0 → Fixed(1)      1 → (Axis 0, Offset 0, Step 2)
/// </code>
/// An axis of the view that no axis of the array names is a broadcast: every index along it gives the same elements.
/// </summary>
internal sealed class IndexMap : IEquatable<IndexMap>
{
    private readonly AxisMap[] _axes;

    // 0 before it is asked for: the views of a hundred thousand parts have one map in common. Another process has other hashes.
    [NonSerialized]
    private int _hash;

    /// <summary>What the cost of a view knows of its map, once it was asked for; 0 before.</summary>
    [NonSerialized]
    public double Spread;

    public IndexMap(Shape shape, AxisMap[] axes)
    {
        Debug.Assert(axes.All(axis => axis.Axis < shape.Rank), "A map names axes of its view.");
        (Shape, _axes) = (shape, axes);
    }

    /// <summary>The shape of the view.</summary>
    public Shape Shape { get; }

    /// <summary>One entry per axis of the viewed array.</summary>
    public ReadOnlySpan<AxisMap> Axes => _axes;

    /// <summary>True if along some axis not all indexes are shown, but every so-many-th.</summary>
    public bool HasSteps
    {
        get
        {
            foreach (AxisMap axis in _axes)
            {
                if (axis.Axis >= 0 && Math.Abs(axis.Step) > 1)
                    return true;
            }

            return false;
        }
    }

    /// <summary>True if along some axis of the view all indexes show the same elements.</summary>
    public bool IsBroadcast => Enumerable.Range(0, Shape.Rank).Any(axis => Shape[axis] > 1 && Repeats(axis));

    public static IndexMap Identity(Shape shape) =>
        new(shape, [.. Enumerable.Range(0, shape.Rank).Select(axis => new AxisMap(axis, 0, 1))]);

    /// <summary>Axis i of the view is axis <paramref name="order"/>[i] of the array.</summary>
    public static IndexMap Transpose(Shape shape, ReadOnlySpan<int> order)
    {
        var sizes = new long[order.Length];
        var axes = new AxisMap[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            sizes[i] = shape[order[i]];
            axes[order[i]] = new AxisMap(i, 0, 1);
        }

        return new IndexMap(Shape.Create(sizes), axes);
    }

    /// <summary>NumPy's broadcasting: axes are aligned at the end, and those of size 1 or missing are repeated.</summary>
    public static IndexMap Broadcast(Shape from, Shape to)
    {
        var axes = new AxisMap[from.Rank];
        int missing = to.Rank - from.Rank;
        for (int axis = 0; axis < from.Rank; axis++)
            axes[axis] = from[axis] == 1 && to[axis + missing] != 1 ? AxisMap.Fixed(0) : new AxisMap(axis + missing, 0, 1);
        return new IndexMap(to, axes);
    }

    /// <summary>An indexing, one slice per axis; axes left out at the end are taken whole.</summary>
    /// <exception cref="ArgumentException">More slices than axes, or two ellipses.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside its axis.</exception>
    public static IndexMap Slice(Shape shape, ReadOnlySpan<Slice> slices)
    {
        int named = 0, ellipses = 0;
        foreach (Slice slice in slices)
        {
            named += slice.IsNewAxis || slice.IsEllipsis ? 0 : 1;
            ellipses += slice.IsEllipsis ? 1 : 0;
        }

        if (named > shape.Rank)
            throw new ArgumentException($"{named} indexes were given for an array of shape {shape}, which has {shape.Rank} axes; give one per axis at most.", nameof(slices));
        if (ellipses > 1)
            throw new ArgumentException("Two ellipses were given in one indexing; only one can stand for the axes not named.", nameof(slices));

        var axes = new AxisMap[shape.Rank];
        var sizes = new List<long>();
        int axis = 0;
        foreach (Slice slice in slices)
        {
            if (slice.IsNewAxis)
                sizes.Add(1);
            else if (slice.IsEllipsis)
                TakeWhole(shape.Rank - named);
            else
                Take(slice);
        }

        TakeWhole(shape.Rank - axis);
        return new IndexMap([.. sizes], axes);

        void TakeWhole(int count)
        {
            for (int i = 0; i < count; i++)
                Take(Tessera.Slice.All);
        }

        void Take(Slice slice)
        {
            (long start, long count, long step) = slice.Resolve(axis, shape[axis]);
            axes[axis++] = slice.IsIndex ? AxisMap.Fixed(start) : new AxisMap(sizes.Count, start, step);
            if (!slice.IsIndex)
                sizes.Add(count);
        }
    }

    /// <summary>True if no axis of the array takes its index from an axis of the view.</summary>
    public bool Repeats(int axis)
    {
        foreach (AxisMap along in _axes)
        {
            if (along.Axis == axis)
                return false;
        }

        return true;
    }

    /// <summary>The array seen through this view and then through <paramref name="outer"/>, a view of this view.</summary>
    public IndexMap Then(IndexMap outer)
    {
        var axes = new AxisMap[_axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            AxisMap inner = _axes[i];
            if (inner.Axis < 0)
            {
                axes[i] = inner;
                continue;
            }

            AxisMap next = outer._axes[inner.Axis];
            axes[i] = new AxisMap(next.Axis, inner.Offset + inner.Step * next.Offset, next.Axis < 0 ? 0 : inner.Step * next.Step);
        }

        return new IndexMap(outer.Shape, axes);
    }

    /// <summary>True where the view is the array itself.</summary>
    public bool IsIdentityOn(Shape shape) => Shape == shape && Equals(Identity(shape));

    /// <summary>The smallest box of the array that holds every element of a box of the view.</summary>
    public Region Box(Region region)
    {
        Span<long> start = stackalloc long[_axes.Length], size = stackalloc long[_axes.Length];
        bool empty = region.Length == 0;
        for (int i = 0; i < _axes.Length; i++)
        {
            AxisMap axis = _axes[i];
            long count = axis.Axis < 0 ? 1 : region.Extent[axis.Axis];
            long first = axis.Axis < 0 ? axis.Offset : axis.Offset + axis.Step * region.Start[axis.Axis];
            long last = first + axis.Step * (count - 1);
            start[i] = empty ? 0 : Math.Min(first, last);
            size[i] = empty ? 0 : Math.Abs(last - first) + 1;
        }

        return new Region(start, Shape.Create(size));
    }

    public bool Equals(IndexMap? other) => ReferenceEquals(this, other) || (other is not null && Shape == other.Shape && _axes.AsSpan().SequenceEqual(other._axes));

    public override bool Equals(object? obj) => Equals(obj as IndexMap);

    public override int GetHashCode() => _hash != 0 ? _hash : _hash = Hash();

    private int Hash()
    {
        var hash = new HashCode();
        hash.Add(Shape);
        foreach (AxisMap axis in _axes)
            hash.Add(axis);
        return hash.ToHashCode();
    }

    /// <summary>The index of the array in terms of i, j, k, … of the view: <c>[i, 2 * j + 1, 3]</c>.</summary>
    public override string ToString()
    {
        return $"[{string.Join(", ", _axes.Select(Term))}]";

        static string Term(AxisMap axis)
        {
            if (axis.Axis < 0)
                return axis.Offset.ToString(CultureInfo.InvariantCulture);
            string name = axis.Axis < 18 ? ((char)('i' + axis.Axis)).ToString() : $"i{axis.Axis}";
            string scaled = axis.Step == 1 ? name : axis.Step == -1 ? $"-{name}" : Invariant($"{axis.Step}{name}");
            return axis.Offset == 0 ? scaled : axis.Step < 0 ? Invariant($"{axis.Offset}{scaled}") : Invariant($"{scaled}+{axis.Offset}");
        }
    }
}
