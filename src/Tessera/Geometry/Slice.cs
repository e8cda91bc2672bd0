using static System.FormattableString;

namespace Tessera;

/// <summary>
/// What to take along one axis when an array is indexed: an index (<c>3</c>, <c>^1</c>), a range (<c>..10</c>, <c>1..^1</c>), a range with a step
/// (<see cref="Every"/>, <see cref="Of"/>), a <see cref="NewAxis"/>, or an <see cref="Ellipsis"/> for all axes not named. C#'s own ranges end at 2^31;
/// a long index and <see cref="Between"/> reach the elements beyond.
/// Ranges reaching past the end are cut there, as in NumPy; an index out of range is an error.
/// </summary>
public readonly struct Slice : IEquatable<Slice>
{
    private readonly SliceKind _kind;
    private readonly Bound? _start;
    private readonly Bound? _stop;
    private readonly long _step;

    private Slice(SliceKind kind, Bound? start, Bound? stop, long step) => (_kind, _start, _stop, _step) = (kind, start, stop, step);

    private enum SliceKind : byte { All, Index, Range, NewAxis, Ellipsis }

    /// <summary>The whole axis.</summary>
    public static Slice All => default;

    /// <summary>An axis of size 1 that the array doesn't have.</summary>
    public static Slice NewAxis => new(SliceKind.NewAxis, null, null, 1);

    /// <summary>As many whole axes as the other slices leave unnamed; at most one in an indexing.</summary>
    public static Slice Ellipsis => new(SliceKind.Ellipsis, null, null, 1);

    /// <summary>The whole axis backwards.</summary>
    public static Slice Reverse => Every(-1);

    /// <summary>Every <paramref name="step"/>-th element from the first on; with a negative step, from the last back. NumPy's <c>[::step]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is 0.</exception>
    public static Slice Every(long step) => Of(null, null, step);

    /// <summary>
    /// Every <paramref name="step"/>-th element from <paramref name="start"/> on, up to but not including <paramref name="stop"/>. NumPy's
    /// <c>[start:stop:step]</c>: left out, they mean the two ends, in the direction of the step.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is 0.</exception>
    public static Slice Of(Index? start, Index? stop, long step = 1) => step != 0
        ? new Slice(SliceKind.Range, Bound.Of(start), Bound.Of(stop), step)
        : throw StepOfZero();

    /// <summary>
    /// Every <paramref name="step"/>-th element from <paramref name="start"/> on, up to but not including <paramref name="stop"/>, both counted from the
    /// first element: <see cref="Of"/> for bounds of 2^31 and more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is negative, or the step is 0.</exception>
    public static Slice Between(long start, long stop, long step = 1) => step != 0
        ? new Slice(SliceKind.Range, Counted(start, nameof(start)), Counted(stop, nameof(stop)), step)
        : throw StepOfZero();

    /// <summary>A range of elements.</summary>
    public static implicit operator Slice(Range range) => new(SliceKind.Range, Bound.Of(range.Start), Bound.Of(range.End), 1);

    /// <summary>One element; the axis goes away.</summary>
    public static implicit operator Slice(Index index) => new(SliceKind.Index, Bound.Of(index), null, 1);

    /// <summary>One element; the axis goes away. Counted from the start: use <c>^1</c> for the last.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static implicit operator Slice(int index) => (long)index;

    /// <summary>One element; the axis goes away. Counted from the start: use <c>^1</c> for the last.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static implicit operator Slice(long index) => index >= 0
        ? new Slice(SliceKind.Index, new Bound(index, IsFromEnd: false), null, 1)
        : throw new ArgumentOutOfRangeException(nameof(index), $"The index {index} was given; indexes count from 0, and from the end as ^{-(Int128)index}.");

    internal bool IsNewAxis => _kind == SliceKind.NewAxis;

    internal bool IsEllipsis => _kind == SliceKind.Ellipsis;

    internal bool IsIndex => _kind == SliceKind.Index;

    /// <summary>First element, number of elements and step of this slice on an axis of <paramref name="size"/> elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the axis.</exception>
    internal (long Start, long Count, long Step) Resolve(int axis, long size)
    {
        switch (_kind)
        {
            case SliceKind.All:
                return (0, size, 1);
            case SliceKind.Index:
                long index = _start!.Value.OffsetOn(size);
                if (index < 0 || index >= size)
                {
                    throw new ArgumentOutOfRangeException(
                        "slices",
                        $"Index {_start} was asked for along axis {axis}, which has the size {size}; {(size == 0 ? "it has no elements" : $"0 to {size - 1} and ^1 to ^{size} are allowed")}.");
                }

                return (index, 1, 1);
            default:
                long lowest = _step > 0 ? 0 : -1, highest = _step > 0 ? size : size - 1;
                long start = _start is { } from ? Math.Clamp(from.OffsetOn(size), lowest, highest) : (_step > 0 ? 0 : size - 1);
                long stop = _stop is { } to ? Math.Clamp(to.OffsetOn(size), lowest, highest) : (_step > 0 ? size : -1);
                long distance = _step > 0 ? stop - start : start - stop;
                if (distance <= 0)
                    return (0, 0, 1);

                // One element has no neighbour to step to; the step itself may be larger than any array.
                ulong count = 1 + ((ulong)(distance - 1) / (_step > 0 ? (ulong)_step : (ulong)-_step));
                return count > 1 ? (start, (long)count, _step) : (start, 1, 1);
        }
    }

    /// <inheritdoc/>
    public bool Equals(Slice other) =>
        _kind == other._kind && Nullable.Equals(_start, other._start) && Nullable.Equals(_stop, other._stop) && _step == other._step;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Slice other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_kind, _start, _stop, _step);

    /// <summary>As it is written in an indexing: <c>..10</c>, <c>^1</c>, <c>Every(10)</c>.</summary>
    public override string ToString() => _kind switch
    {
        SliceKind.All => "..",
        SliceKind.Index => $"{_start}",
        SliceKind.NewAxis => nameof(NewAxis),
        SliceKind.Ellipsis => nameof(Ellipsis),
        _ when _step == 1 => $"{_start}..{_stop}",
        _ when _start is null && _stop is null => Invariant($"Every({_step})"),
        _ => Invariant($"Of({_start?.ToString() ?? "null"}, {_stop?.ToString() ?? "null"}, {_step})"),
    };

    /// <summary>True where both say the same.</summary>
    public static bool operator ==(Slice left, Slice right) => left.Equals(right);

    /// <summary>True where they differ.</summary>
    public static bool operator !=(Slice left, Slice right) => !left.Equals(right);

    private static Bound Counted(long value, string name) => value >= 0
        ? new Bound(value, IsFromEnd: false)
        : throw new ArgumentOutOfRangeException(
            name, $"The {name} {value} was given; the bounds of {nameof(Between)} count from 0. Slice.{nameof(Of)} counts from the end too, as ^{-(Int128)value}.");

    private static ArgumentOutOfRangeException StepOfZero() =>
        new("step", "A slice was given the step 0; a step is 1 or more forwards, -1 or less backwards.");

    /// <summary>What <see cref="Index"/> says, for axes of any length; never negative.</summary>
    private readonly record struct Bound(long Value, bool IsFromEnd)
    {
        public static Bound? Of(Index? index) => index is { } given ? new Bound(given.Value, given.IsFromEnd) : null;

        public long OffsetOn(long size) => IsFromEnd ? size - Value : Value;

        public override string ToString() => IsFromEnd ? $"^{Value}" : $"{Value}";
    }
}
