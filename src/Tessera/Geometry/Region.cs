using System.Diagnostics;

namespace Tessera;

/// <summary>A box of elements inside an array: where it starts and how far it reaches along each axis.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct Region : IEquatable<Region>
{
    private readonly long[]? _start;

    /// <summary>A box that begins at <paramref name="start"/> (one index per axis, 0 or more) and has the sizes <paramref name="extent"/>.</summary>
    public Region(ReadOnlySpan<long> start, Shape extent)
    {
        if (start.Length != extent.Rank)
            throw new ArgumentException($"The start has {start.Length} axes and the extent {extent} has {extent.Rank}; they must agree.", nameof(start));

        _start = start.ToArray();
        Extent = extent;
    }

    /// <summary>The whole of an array of shape <paramref name="shape"/>.</summary>
    public Region(Shape shape)
    {
        _start = new long[shape.Rank];
        Extent = shape;
    }

    /// <summary>First index along each axis.</summary>
    public ReadOnlySpan<long> Start => _start;

    /// <summary>Sizes of the box, in elements.</summary>
    public Shape Extent { get; }

    /// <summary>Number of axes.</summary>
    public int Rank => Extent.Rank;

    /// <summary>Number of elements.</summary>
    public long Length => Extent.Length;

    /// <summary>The index after the last one along an axis.</summary>
    public long End(int axis) => Start[axis] + Extent[axis];

    /// <summary>
    /// All indices in the box, in C order: <c>foreach (ReadOnlySpan&lt;long&gt; index in region.Indices())</c>. With a number of axes, those of the first axes
    /// alone, for whoever takes what lies behind them in one piece: rows, frames.
    /// </summary>
    /// <param name="axes">How many axes, the outermost first; all when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There aren't so many axes.</exception>
    public RegionIndices Indices(int? axes = null) => axes is null or >= 0 && (axes ?? 0) <= Rank
        ? new RegionIndices(this, axes ?? Rank)
        : throw new ArgumentOutOfRangeException(nameof(axes), axes, $"The indices over {axes} axes were asked for; the region {this} has {Rank}.");

    /// <summary>The part that both boxes share; of size 0 along the axes on which they don't meet.</summary>
    public Region Intersect(Region other)
    {
        Span<long> start = stackalloc long[Rank], size = stackalloc long[Rank];
        for (int axis = 0; axis < Rank; axis++)
        {
            start[axis] = Math.Max(Start[axis], other.Start[axis]);
            size[axis] = Math.Max(0, Math.Min(End(axis), other.End(axis)) - start[axis]);
        }

        return new Region(start, Shape.Create(size));
    }

    /// <summary>The same box seen from <paramref name="origin"/>: its start less that of the origin.</summary>
    public Region RelativeTo(ReadOnlySpan<long> origin)
    {
        Span<long> start = stackalloc long[Rank];
        for (int axis = 0; axis < Rank; axis++)
            start[axis] = Start[axis] - origin[axis];
        return new Region(start, Extent);
    }

    /// <inheritdoc/>
    public bool Equals(Region other) => Extent == other.Extent && Start.SequenceEqual(other.Start);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Region other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Extent, Rank == 0 ? 0 : Start[0], Rank == 0 ? 0 : Start[^1]);

    /// <summary>The half-open ranges, axis by axis: <c>[0..10, 512..1024]</c>.</summary>
    public override string ToString()
    {
        Region self = this;
        return $"[{string.Join(", ", Enumerable.Range(0, Rank).Select(axis => $"{self.Start[axis]}..{self.End(axis)}"))}]";
    }

    /// <summary>True where both are the same box.</summary>
    public static bool operator ==(Region left, Region right) => left.Equals(right);

    /// <summary>True where the boxes differ.</summary>
    public static bool operator !=(Region left, Region right) => !left.Equals(right);
}
