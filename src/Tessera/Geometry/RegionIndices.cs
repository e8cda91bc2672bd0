using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tessera;

/// <summary>
/// The indices of a region in C order, the last axis fastest: what <see cref="Region.Indices"/> gives, for <c>foreach</c>. Nothing is allocated for up to eight axes.
/// </summary>
/// <example>
/// Of the region [1..3, 4..6]: (1, 4), (1, 5), (2, 4), (2, 5). Of its first axis alone: (1), (2). Of no axes at all there is one index, without a number.
/// </example>
public ref struct RegionIndices
{
    private const int FewAxes = 8;

    private readonly ReadOnlySpan<long> _start;
    private readonly ReadOnlySpan<long> _size;
    private Few _few;
    private long[]? _many; // of more axes than there is room for here
    private bool _isBegun;

    internal RegionIndices(Region region, int axes)
    {
        _start = region.Start[..axes];
        _size = region.Extent.AsSpan()[..axes];
    }

    /// <summary>The index; the next step changes it.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<long> Current => _many ?? MemoryMarshal.CreateReadOnlySpan(in _few[0], _start.Length);

    /// <summary>All of them.</summary>
    public readonly RegionIndices GetEnumerator() => this;

    /// <summary>Goes to the next index; false after the last.</summary>
    public bool MoveNext()
    {
        if (!_isBegun)
            return Begin();
        Span<long> index = Index;
        int axis = index.Length - 1;
        while (axis >= 0 && ++index[axis] == _start[axis] + _size[axis])
        {
            index[axis] = _start[axis];
            axis--;
        }

        return axis >= 0;
    }

    [UnscopedRef]
    private Span<long> Index => _many ?? MemoryMarshal.CreateSpan(ref _few[0], _start.Length);

    private bool Begin()
    {
        _isBegun = true;
        if (_start.Length > FewAxes)
            _many = new long[_start.Length];
        _start.CopyTo(Index);
        return !_size.Contains(0);
    }

    [InlineArray(FewAxes)]
    private struct Few
    {
        private long _first;
    }
}
