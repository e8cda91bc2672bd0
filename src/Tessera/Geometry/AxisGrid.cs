using System.Collections;
using System.Diagnostics;

namespace Tessera;

/// <summary>How one axis is cut: chunk sizes that add up to the axis. A regular cut stores two numbers, however long the axis.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class AxisGrid : IReadOnlyList<long>, IEquatable<AxisGrid>
{
    private readonly long _size;          // of every chunk but the last, when regular
    private readonly long[]? _boundaries; // 0, …, Length when not regular

    private AxisGrid(long length, long size, long[]? boundaries, long largest) => (Length, _size, _boundaries, LargestSize) = (length, size, boundaries, largest);

    /// <summary>Number of elements along the axis.</summary>
    public long Length { get; }

    /// <summary>Number of chunks; an empty axis has one, of size 0.</summary>
    public int Count => _boundaries is { } explicitly ? explicitly.Length - 1 : (int)Math.Max(1, (Length + _size - 1) / _size);

    /// <summary>The size of the largest chunk.</summary>
    public long LargestSize { get; }

    /// <summary>The size of every chunk but the last, which may be smaller; 0 where sizes differ.</summary>
    internal long RegularSize => _size;

    /// <summary>The size of a chunk.</summary>
    public long this[int index] => EndOf(index) - StartOf(index);

    /// <summary>Chunks of <paramref name="size"/>, the last one smaller where they don't go in evenly.</summary>
    internal static AxisGrid Regular(long length, long size)
    {
        Debug.Assert(length >= 0 && size >= 1, "Sizes are checked at the public edge.");
        if (length / size >= int.MaxValue)
            throw new ArgumentException($"Chunks of {size} cut an axis of {length} into more than {int.MaxValue} chunks; give larger chunks.", "chunks");
        return new AxisGrid(length, size, null, Math.Min(size, length));
    }

    /// <summary>Chunks of the given sizes.</summary>
    internal static AxisGrid Of(ReadOnlySpan<long> sizes)
    {
        if (sizes.IsEmpty)
            return Regular(0, 1);

        var boundaries = new long[sizes.Length + 1];
        bool regular = sizes[0] > 0;
        long largest = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            boundaries[i + 1] = boundaries[i] + sizes[i];
            largest = Math.Max(largest, sizes[i]);
            regular &= sizes[i] == sizes[0] || (i == sizes.Length - 1 && sizes[i] < sizes[0] && sizes[i] > 0);
        }

        return regular ? Regular(boundaries[^1], sizes[0]) : new AxisGrid(boundaries[^1], 0, boundaries, largest);
    }

    /// <summary>The first element of a chunk.</summary>
    public long StartOf(int index) => _boundaries is null ? index * _size : _boundaries[index];

    /// <summary>The element after the last one of a chunk.</summary>
    public long EndOf(int index) => _boundaries is null ? Math.Min(Length, (index + 1) * _size) : _boundaries[index + 1];

    /// <summary>The chunk that holds an element.</summary>
    public int IndexOf(long position)
    {
        if (_boundaries is null)
            return (int)(position / _size);
        int found = Array.BinarySearch(_boundaries, position);
        if (found < 0)
            return ~found - 1;
        while (found + 2 < _boundaries.Length && _boundaries[found + 1] == position)
            found++; // past chunks of size 0
        return Math.Min(found, _boundaries.Length - 2);
    }

    /// <inheritdoc/>
    public bool Equals(AxisGrid? other) =>
        other is not null && Length == other.Length && (_boundaries is null
            ? other._boundaries is null && (_size == other._size || (Count == 1 && other.Count == 1))
            : other._boundaries is not null && _boundaries.AsSpan().SequenceEqual(other._boundaries));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AxisGrid);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Length, Count);

    /// <summary>One size where all are equal (<c>64</c>), else the list (<c>[3, 3, 4]</c>), shortened in the middle when long.</summary>
    public override string ToString()
    {
        if (_boundaries is null)
            return Math.Min(_size, Length).ToString();
        return Count <= 6
            ? $"[{string.Join(", ", this)}]"
            : $"[{string.Join(", ", this.Take(3))}, …, {string.Join(", ", this.Skip(Count - 2))}]";
    }

    /// <summary>The chunk sizes in order.</summary>
    public IEnumerator<long> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
