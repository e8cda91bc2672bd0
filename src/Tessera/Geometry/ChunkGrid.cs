using System.Collections;
using System.Diagnostics;

namespace Tessera;

/// <summary>How an array is cut into chunks: the product of the cuts of its axes. Chunks are numbered in C order.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ChunkGrid : IReadOnlyList<AxisGrid>, IEquatable<ChunkGrid>
{
    private readonly AxisGrid[] _axes;

    internal ChunkGrid(AxisGrid[] axes)
    {
        _axes = axes;
        Shape = [.. axes.Select(axis => axis.Length)];
        long count = 1;
        foreach (AxisGrid axis in axes)
            count = checked(count * axis.Count);
        Count = count;
    }

    /// <summary>The sizes of the whole array.</summary>
    public Shape Shape { get; }

    /// <summary>Number of axes.</summary>
    public int Rank => _axes.Length;

    /// <summary>Number of chunks.</summary>
    public long Count { get; }

    /// <summary>The sizes of the largest chunk.</summary>
    public Shape LargestChunk => [.. _axes.Select(axis => axis.LargestSize)];

    /// <summary>The cut of an axis.</summary>
    public AxisGrid this[int axis] => _axes[axis];

    int IReadOnlyCollection<AxisGrid>.Count => Rank;

    /// <summary>Equal chunks of the given sizes, smaller ones at the ends.</summary>
    internal static ChunkGrid Regular(Shape shape, Shape chunk) =>
        new([.. Enumerable.Range(0, shape.Rank).Select(axis => AxisGrid.Regular(shape[axis], Math.Max(1, Math.Min(chunk[axis], shape[axis]))))]);

    /// <summary>One chunk that holds everything.</summary>
    internal static ChunkGrid Single(Shape shape) => Regular(shape, shape);

    /// <summary>The box of elements that chunk number <paramref name="index"/> (in C order) holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such chunk.</exception>
    public Region RegionOf(long index)
    {
        if ((ulong)index >= (ulong)Count)
            throw new ArgumentOutOfRangeException(nameof(index), $"Chunk {index} was asked for; there are {Count}, counted from 0.");

        Span<long> start = stackalloc long[Rank], size = stackalloc long[Rank];
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            (index, long along) = Math.DivRem(index, _axes[axis].Count);
            start[axis] = _axes[axis].StartOf((int)along);
            size[axis] = _axes[axis][(int)along];
        }

        return new Region(start, Shape.Create(size));
    }

    /// <summary>
    /// The same cut where chunks are asked for: <c>x.Rechunk(y.Chunks)</c>. An axis in chunks of one size cuts axes of any length; one in chunks of several
    /// sizes only those as long as it is.
    /// </summary>
    public static implicit operator Chunks(ChunkGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return Chunks.Create(Array.ConvertAll(grid._axes, axis => axis.Asked));
    }

    /// <inheritdoc/>
    public bool Equals(ChunkGrid? other) => other is not null && _axes.AsSpan().SequenceEqual(other._axes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChunkGrid);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Shape, Count);

    /// <summary>The cuts in parentheses: <c>(100, 64, [3, 3, 4])</c>.</summary>
    public override string ToString() => $"({string.Join<AxisGrid>(", ", _axes)}{(Rank == 1 ? "," : "")})";

    /// <summary>The cuts, outermost axis first.</summary>
    public IEnumerator<AxisGrid> GetEnumerator() => ((IEnumerable<AxisGrid>)_axes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
