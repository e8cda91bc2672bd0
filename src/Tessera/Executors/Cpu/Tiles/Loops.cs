namespace Tessera.Executors;

/// <summary>
/// The axes of a tile as few loops as its operands allow: neighbouring axes become one where every operand steps through them evenly.
/// Loop 0 is the innermost.
/// <code>
/// extent (4, 8, 100), a dense, b dense, c the same for all rows:   loop 0: 100, strides 8, 8, 8   loop 1: 32, strides 800, 800, 0
/// </code>
/// </summary>
internal ref struct Loops
{
    private readonly Span<long> _extents;
    private readonly Span<long> _strides; // operand by operand, an entry per loop
    private readonly Span<bool> _reduced;
    private readonly int _capacity;

    public Loops(Shape extent, int innerAxis, ReadOnlySpan<Tile> operands, ReadOnlySpan<bool> reduced)
    {
        _capacity = extent.Rank + 1;
        _extents = new long[_capacity];
        _strides = new long[_capacity * operands.Length];
        _reduced = new bool[_capacity];
        for (int axis = extent.Rank - 1; axis >= 0; axis--)
        {
            if (extent[axis] == 1 && axis != innerAxis)
                continue;

            bool isReduced = !reduced.IsEmpty && reduced[axis];
            if (Count > 0 && _reduced[Count - 1] == isReduced && Continues(operands, axis))
                _extents[Count - 1] *= extent[axis];
            else
                Add(extent[axis], isReduced, operands, axis);
        }

        if (Count == 0)
            Add(1, isReduced: !reduced.IsEmpty, operands, axis: -1);
    }

    public int Count { get; private set; }

    public readonly long Extent(int loop) => _extents[loop];

    public readonly bool IsReduced(int loop) => _reduced[loop];

    public readonly long Stride(int operand, int loop) => _strides[(operand * _capacity) + loop];

    private readonly bool Continues(ReadOnlySpan<Tile> operands, int axis)
    {
        for (int i = 0; i < operands.Length; i++)
        {
            if (operands[i].Strides[axis] != Stride(i, Count - 1) * _extents[Count - 1])
                return false;
        }

        return true;
    }

    private void Add(long extent, bool isReduced, ReadOnlySpan<Tile> operands, int axis)
    {
        (_extents[Count], _reduced[Count]) = (extent, isReduced);
        for (int i = 0; i < operands.Length; i++)
            _strides[(i * _capacity) + Count] = axis < 0 ? 0 : operands[i].Strides[axis];
        Count++;
    }
}
