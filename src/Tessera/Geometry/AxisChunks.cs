using System.Collections;
using System.Runtime.CompilerServices;

namespace Tessera;

/// <summary>
/// How one axis is to be cut into chunks: one size for all (<c>64</c>), explicit sizes (<c>[3, 3, 4]</c>),
/// <see cref="Whole"/> or <see cref="Auto"/>. Part of a <see cref="Chunks"/>.
/// </summary>
[CollectionBuilder(typeof(AxisChunks), nameof(Create))]
public readonly struct AxisChunks : IEnumerable<long>
{
    private readonly long[]? _sizes;
    private readonly bool _explicit;

    private AxisChunks(long[] sizes, bool isExplicit) => (_sizes, _explicit) = (sizes, isExplicit);

    /// <summary>Let Tessera choose.</summary>
    public static AxisChunks Auto => default;

    /// <summary>One chunk over the whole axis; also written -1, as in NumPy and Dask.</summary>
    public static AxisChunks Whole => new([-1], isExplicit: false);

    /// <summary>True where the choice is left to Tessera.</summary>
    public bool IsAuto => _sizes is null;

    /// <summary>Explicit sizes, which must add up to the axis.</summary>
    public static AxisChunks Create(ReadOnlySpan<long> sizes) => new(sizes.ToArray(), isExplicit: true);

    /// <summary>Chunks of <paramref name="size"/> elements, the last one smaller where they don't go in evenly; -1 is the whole axis.</summary>
    public static implicit operator AxisChunks(long size) => new([size], isExplicit: false);

    /// <summary>The sizes as they were given.</summary>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)(_sizes ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The cut of an axis of <paramref name="length"/> elements that this asks for; not for <see cref="Auto"/>.</summary>
    /// <exception cref="ArgumentException">A size isn't positive, or explicit sizes don't add up to the axis.</exception>
    internal AxisGrid Cut(int axis, long length)
    {
        long[] sizes = _sizes!;
        if (_explicit)
        {
            Int128 sum = sizes.Aggregate(Int128.Zero, (total, size) => total + size);
            if (sizes.Any(size => size < (length > 0 ? 1 : 0)) || sum != length)
            {
                throw new ArgumentException(
                    $"Axis {axis} has {length} elements and was given the chunk sizes [{string.Join(", ", sizes)}], which add up to {sum}; " +
                    "explicit sizes are positive and add up to the axis. Give one number for chunks of one size.", "chunks");
            }

            return AxisGrid.Of(sizes);
        }

        return sizes[0] switch
        {
            -1 => AxisGrid.Regular(length, Math.Max(1, length)),
            >= 1 => AxisGrid.Regular(length, Math.Min(sizes[0], Math.Max(1, length))),
            _ => throw new ArgumentException(
                $"Axis {axis} was given the chunk size {sizes[0]}; a size is 1 or more, or -1 for the whole axis.", "chunks"),
        };
    }
}
