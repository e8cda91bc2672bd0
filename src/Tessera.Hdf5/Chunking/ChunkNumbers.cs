namespace Tessera.Hdf5Format;

/// <summary>
/// From the ways in which indices name a chunk to its number in the table: its position in C order over the grid of the present sizes. An index
/// that is an array numbers chunks over the largest sizes instead, and one that can grow without end has the axis that grows first.
/// </summary>
/// <example>
/// Present sizes (4, 6), chunks (2, 2), largest sizes (8, 6): grids (2, 3) and (4, 3); position 4 of either is chunk (1, 1), and position 7 of
/// the larger one, chunk (2, 1), is outside of the present sizes.
/// </example>
internal sealed class ChunkNumbers
{
    private readonly long[] _grid;
    private readonly long[] _strides;
    private readonly int[] _order;
    private readonly long[] _positionStrides;
    private readonly bool _isSame;

    public ChunkNumbers(FileBytes file, ChunkedLayout layout, Shape shape)
    {
        int rank = shape.Rank;
        _grid = GridOf(shape.AsSpan(), layout.Chunk);
        _strides = new long[rank];
        Length = Strides(_grid, _strides) ?? throw TooMany(file);
        (_order, _positionStrides, Positions) = ([.. Enumerable.Range(0, rank)], _strides, Length);

        bool growingFirst = layout.Index == ChunkIndexKind.ExtensibleArray;
        if (growingFirst || layout.Index is ChunkIndexKind.FixedArray or ChunkIndexKind.Implicit)
        {
            IReadOnlyList<long> most = layout.MaxSizes ?? shape;
            RequireMost(file, layout, shape, most, mayGrow: growingFirst);
            if (growingFirst)
                MoveGrowingFirst(most);
            long[] grid = [.. _order.Select(axis => most[axis] < 0 ? 1 : CeilDivide(most[axis], layout.Chunk[axis]))]; // what comes first has no say in strides
            _positionStrides = new long[rank];
            Positions = Strides(grid, _positionStrides) ?? throw TooMany(file);
        }

        _isSame = _order[0] == 0 && _positionStrides.AsSpan().SequenceEqual(_strides);
    }

    /// <summary>Chunks of the present sizes.</summary>
    public long Length { get; }

    /// <summary>Chunks of the largest sizes, where these have limits.</summary>
    public long Positions { get; }

    /// <summary>The number of the chunk at a place of the grid; false where the present sizes don't reach there.</summary>
    public bool TryFromGrid(ReadOnlySpan<long> place, out long number)
    {
        number = 0;
        for (int axis = 0; axis < _grid.Length; axis++)
        {
            if ((ulong)place[axis] >= (ulong)_grid[axis])
                return false;
            number += place[axis] * _strides[axis];
        }

        return true;
    }

    /// <summary>The number of the chunk at a position of an array; false where the present sizes don't reach there.</summary>
    public bool TryFromPosition(long position, out long number)
    {
        number = position;
        if (_isSame)
            return position < Length;

        number = 0;
        for (int i = 0; i < _order.Length; i++)
        {
            (long place, position) = Math.DivRem(position, _positionStrides[i]);
            int axis = _order[i];
            if (place >= _grid[axis])
                return false;
            number += place * _strides[axis];
        }

        return true;
    }

    /// <summary>The position in an array of the chunk of a number.</summary>
    public long PositionOf(long number)
    {
        if (_isSame)
            return number;

        long position = 0;
        for (int i = 0; i < _order.Length; i++)
        {
            int axis = _order[i];
            position += number / _strides[axis] % _grid[axis] * _positionStrides[i];
        }

        return position;
    }

    private static void RequireMost(FileBytes file, ChunkedLayout layout, Shape shape, IReadOnlyList<long> most, bool mayGrow)
    {
        if (most.Count != shape.Rank)
            throw file.Damaged(layout.Address, $"a dataset of {shape.Rank} axes has the largest sizes of {most.Count}");
        int growing = most.Count(size => size < 0);
        if (growing != (mayGrow ? 1 : 0))
            throw file.Damaged(layout.Address, $"this index of chunks is for datasets with {(mayGrow ? "one axis" : "no axis")} without limit, and {growing} have none");
        for (int axis = 0; axis < most.Count; axis++)
        {
            if (most[axis] >= 0 && most[axis] < shape[axis])
                throw file.Damaged(layout.Address, $"axis {axis} of a dataset has the size {shape[axis]}, and its limit is {most[axis]}");
        }
    }

    private void MoveGrowingFirst(IReadOnlyList<long> most)
    {
        int growing = 0;
        while (most[growing] >= 0)
            growing++;
        for (int i = growing; i > 0; i--)
            _order[i] = _order[i - 1];
        _order[0] = growing;
    }

    private static long[] GridOf(ReadOnlySpan<long> sizes, Shape chunk)
    {
        var grid = new long[sizes.Length];
        for (int axis = 0; axis < grid.Length; axis++)
            grid[axis] = CeilDivide(sizes[axis], chunk[axis]);
        return grid;
    }

    private static long CeilDivide(long size, long by) => size / by + (size % by == 0 ? 0 : 1);

    /// <summary>Fills the distances between neighbours in C order and gives the product of all sizes; null where it is too large for any file.</summary>
    private static long? Strides(long[] grid, long[] strides)
    {
        UInt128 stride = 1;
        for (int i = grid.Length - 1; i >= 0; i--)
        {
            strides[i] = (long)stride;
            stride *= (UInt128)Math.Max(1, grid[i]);
            if (stride > long.MaxValue)
                return null;
        }

        return grid.Contains(0) ? 0 : (long)stride;
    }

    private static InvalidDataException TooMany(FileBytes file) =>
        file.Damaged(FileBytes.Undefined, "a dataset claims more chunks than any file can hold");
}
