using System.Collections;
using System.Runtime.CompilerServices;

namespace Tessera;

/// <summary>
/// How an array is to be cut, axis by axis: <c>[100, 64, 64]</c>, <c>[[3, 3, 4], 64]</c>, <c>[AxisChunks.Whole, AxisChunks.Auto]</c>.
/// Left out (<c>default</c>), Tessera chooses: chunks near 64 MB, aligned to the source's own storage chunks.
/// </summary>
[CollectionBuilder(typeof(Chunks), nameof(Create))]
public readonly struct Chunks : IEnumerable<AxisChunks>
{
    private readonly AxisChunks[]? _axes;

    private Chunks(AxisChunks[] axes) => _axes = axes;

    /// <summary>Bytes that an automatically chosen chunk comes near and stays under, unless one storage chunk is larger.</summary>
    internal const long AutoBytes = 64L << 20;

    /// <summary>Let Tessera choose along every axis.</summary>
    public static Chunks Auto => default;

    /// <summary>A cut given axis by axis.</summary>
    public static Chunks Create(ReadOnlySpan<AxisChunks> axes) => new(axes.ToArray());

    /// <summary>The cuts, outermost axis first; empty for <see cref="Auto"/>.</summary>
    public IEnumerator<AxisChunks> GetEnumerator() => ((IEnumerable<AxisChunks>)(_axes ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The grid for an array of <paramref name="shape"/> whose storage is cut into <paramref name="storage"/>.</summary>
    /// <exception cref="ArgumentException">The rank or a size doesn't fit the shape.</exception>
    internal ChunkGrid Cut(Shape shape, ElementType type, Shape storage)
    {
        AxisChunks[] asked = _axes ?? new AxisChunks[shape.Rank];
        if (asked.Length != shape.Rank)
        {
            throw new ArgumentException(
                $"The array has the shape {shape}, of {shape.Rank} axes, and chunks were given for {asked.Length}; give one entry per axis, or none.", "chunks");
        }

        var axes = new AxisGrid[shape.Rank];
        long bytes = type.Size;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (asked[axis].IsAuto)
                continue;
            axes[axis] = asked[axis].Cut(axis, shape[axis]);
            bytes = checked(bytes * Math.Max(1, axes[axis].LargestSize));
        }

        // From the innermost axis out: as much of an axis as still fits, in whole storage chunks; at least one storage chunk.
        long fixedStorage = 1;
        for (int axis = 0; axis < shape.Rank; axis++)
            fixedStorage *= asked[axis].IsAuto ? Math.Max(1, Math.Min(storage[axis], shape[axis])) : 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            if (!asked[axis].IsAuto)
                continue;
            long unit = Math.Max(1, Math.Min(storage[axis], shape[axis]));
            long units = Math.Max(1, AutoBytes / Math.Max(1, bytes * fixedStorage));
            long size = Math.Min(Math.Max(1, shape[axis]), units >= shape[axis] ? shape[axis] : units * unit);
            axes[axis] = AxisGrid.Regular(shape[axis], Math.Max(1, size));
            fixedStorage /= unit;
            bytes *= Math.Max(1, size);
        }

        return new ChunkGrid(axes);
    }
}
