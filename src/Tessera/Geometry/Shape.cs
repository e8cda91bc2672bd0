using System.Collections;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tessera;

/// <summary>
/// The sizes of an array along its axes, outermost first, in elements. Rank 0 is a scalar; a size of 0 is an empty axis.
/// Written as a collection expression: <c>Shape s = [1000, 1024, 1024];</c>
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct Shape : IReadOnlyList<long>, IEquatable<Shape>
{
    private readonly long[]? _sizes;

    private Shape(long[] sizes) => _sizes = sizes;

    /// <summary>The shape of a scalar: no axes, one element.</summary>
    public static Shape Scalar => default;

    /// <summary>Number of axes.</summary>
    public int Rank => Sizes.Length;

    /// <summary>Number of elements: the product of the sizes, 1 for a scalar.</summary>
    public long Length
    {
        get
        {
            long length = 1;
            foreach (long size in Sizes)
                length = checked(length * size);
            return length;
        }
    }

    /// <summary>The sizes as a span.</summary>
    public ReadOnlySpan<long> AsSpan() => Sizes;

    /// <summary>The size of an axis.</summary>
    public long this[int axis] => Sizes[axis];

    /// <summary>The size of an axis that may be counted from the end: <c>shape[^1]</c>.</summary>
    public long this[Index axis] => Sizes[axis];

    int IReadOnlyCollection<long>.Count => Rank;

    private long[] Sizes => _sizes ?? [];

    /// <summary>A shape of the given sizes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <exception cref="OverflowException">The number of elements is over 2^63 - 1.</exception>
    public static Shape Create(ReadOnlySpan<long> sizes)
    {
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] < 0)
                throw new ArgumentOutOfRangeException(nameof(sizes), $"Axis {axis} was given the size {sizes[axis]}; a size is 0 or more.");
        }

        ulong length = 1;
        foreach (long size in sizes)
        {
            if (Math.BigMul(length, (ulong)size, out length) != 0 || length > long.MaxValue)
                throw new OverflowException($"The sizes ({string.Join(", ", sizes.ToArray())}) make more than {long.MaxValue} elements, which is the most that an array can have.");
        }

        return new Shape(sizes.ToArray());
    }

    /// <summary>The size 1 along every axis.</summary>
    internal static Shape Ones(int rank)
    {
        var ones = new long[rank];
        Array.Fill(ones, 1);
        return new Shape(ones);
    }

    /// <summary>A copy of the sizes.</summary>
    public long[] ToArray() => [.. Sizes];

    /// <summary>Distance, in elements, between neighbours along each axis when the array lies dense in C order.</summary>
    public long[] DenseStrides()
    {
        var strides = new long[Rank];
        long stride = 1;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(1, Sizes[axis]);
        }

        return strides;
    }

    /// <summary>
    /// The place of an element among all, in C order: of (1, 2) in the shape (4, 6) it is 8. An index of fewer axes counts over the first of them.
    /// </summary>
    public long PositionOf(ReadOnlySpan<long> index)
    {
        ReadOnlySpan<long> sizes = Sizes;
        long position = 0;
        for (int axis = 0; axis < index.Length; axis++)
            position = (position * sizes[axis]) + index[axis];
        return position;
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => Sizes.AsSpan().SequenceEqual(other.Sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (long size in Sizes)
            hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>The sizes in parentheses: <c>(1000, 1024, 1024)</c>.</summary>
    public override string ToString() => $"({string.Join(", ", Sizes)}{(Rank == 1 ? "," : "")})";

    /// <summary>The sizes, outermost axis first.</summary>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Sizes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>True where both have the same sizes.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>True where some size or the rank differs.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);
}
