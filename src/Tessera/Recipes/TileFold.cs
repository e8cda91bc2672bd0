using Tessera.Kernels;

namespace Tessera.Recipes;

/// <summary>
/// Folds one tile. Where the inner loop runs along a reduced axis, whole rows are folded into one state each; where it runs along a kept
/// axis, a row of values enters a row of states.
/// </summary>
internal sealed class TileFold
{
    /// <summary>
    /// Rows of all inputs that a kernel reads side by side. Where they lie a multiple of 4 KiB apart, they and two rows of states share the eight
    /// places that a first-level cache has for them.
    /// </summary>
    private const int MostRows = 6;

    /// <summary>Vectors that a turn of a kernel makes: of more the compiler makes bad code, and takes long for it.</summary>
    private const int MostVectors = 256;

    private readonly Reduction _reduction;
    private readonly FusedInputs _inputs;
    private readonly int _together;
    private readonly Lazy<Kernel> _column;
    private readonly Lazy<Kernel> _columns;
    private readonly Lazy<RowFold> _rows;

    public TileFold(Reduction reduction, FusedInputs inputs, Func<KernelProgram, Kernel> make)
    {
        (_reduction, _inputs) = (reduction, inputs);
        KernelProgram column = ColumnsProgram(1);
        _together = RowsTogether(column, inputs.Count);
        _column = new Lazy<Kernel>(() => make(column));
        _columns = new Lazy<Kernel>(() => make(ColumnsProgram(_together)));
        _rows = new Lazy<RowFold>(() => reduction.Rows(end =>
        {
            var program = new KernelProgramBuilder();
            end(program, Value(program));
            return make(program.Build());
        }));
    }

    /// <param name="tile">The values to fold.</param>
    /// <param name="reduced">Which axes go away.</param>
    /// <param name="state">Where they go.</param>
    /// <param name="place">The element of the state that the tile's first value enters.</param>
    /// <param name="stateStrides">Elements of the state from one value to its neighbour along each axis.</param>
    /// <param name="folded">Values that each of these states has taken in before.</param>
    /// <param name="index">Index of the tile's first value among all that are reduced.</param>
    /// <param name="indexStrides">From the index of one value to that of its neighbour along each axis.</param>
    /// <param name="context">Scratch memory.</param>
    public void Fold(
        Region tile, bool[] reduced, FoldState state, long place, long[] stateStrides, long folded, long index, long[] indexStrides, TaskContext context)
    {
        // Operands: the inputs, the components of the state, and, with strides only, the index.
        int components = _reduction.State.Length;
        var operands = new Tile[_inputs.Count + components + 1];
        _inputs.Get(tile, operands, context);
        for (int i = 0; i < components; i++)
        {
            int size = _reduction.State[i].Type.Size;
            operands[_inputs.Count + i] = new Tile(state.Component(i) + (nint)(place * size), [.. stateStrides.Select(stride => stride * size)]);
        }

        operands[^1] = new Tile((nint)index, indexStrides);
        var loops = new Loops(tile.Extent, _inputs.InnerAxis, operands, reduced);
        if (loops.IsReduced(0))
            FoldRows(loops, operands, folded);
        else
            FoldColumns(loops, operands, folded);
    }

    private void FoldRows(Loops loops, ReadOnlySpan<Tile> operands, long folded)
    {
        int inputs = _inputs.Count;
        bool together = loops.Count > 1 && loops.IsReduced(1);
        Span<nint> addresses = stackalloc nint[operands.Length];
        Span<long> rowStrides = stackalloc long[inputs], strides = stackalloc long[inputs];
        for (int i = 0; i < inputs; i++)
        {
            rowStrides[i] = together ? loops.Stride(i, 1) : 0;
            strides[i] = loops.Stride(i, 0);
        }

        var walk = new Walk(loops, first: together ? 2 : 1, operands, addresses, stackalloc long[loops.Count]);
        long perWalk = loops.Extent(0) * (together ? loops.Extent(1) : 1);
        do
        {
            var rows = new RowSet
            {
                Addresses = addresses[..inputs],
                RowStrides = rowStrides,
                Strides = strides,
                Rows = together ? loops.Extent(1) : 1,
                Length = loops.Extent(0),
                Folded = folded + (walk.ReducedStep * perWalk),
                Index = addresses[^1],
                IndexRowStride = together ? loops.Stride(operands.Length - 1, 1) : 0,
                IndexStride = loops.Stride(operands.Length - 1, 0),
            };
            _rows.Value.Fold(rows, addresses[inputs..^1]);
        }
        while (walk.Next());
    }

    private unsafe void FoldColumns(Loops loops, ReadOnlySpan<Tile> operands, long folded)
    {
        int inputs = _inputs.Count, components = _reduction.State.Length;
        bool together = loops.Count > 1 && loops.IsReduced(1);
        long rows = together ? loops.Extent(1) : 1;
        Span<nint> addresses = stackalloc nint[operands.Length];
        Span<nint> arguments = stackalloc nint[(_together * (inputs + 1)) + (2 * components)];
        Span<long> cells = stackalloc long[_together];
        var walk = new Walk(loops, first: together ? 2 : 1, operands, addresses, stackalloc long[loops.Count]);
        fixed (long* cell = cells)
        {
            do
            {
                for (long row = 0; row < rows;)
                {
                    int taken = rows - row >= _together ? _together : 1;
                    Span<nint> next = arguments;
                    for (int i = 0; i < taken; i++)
                    {
                        for (int input = 0; input < inputs; input++)
                            next[input] = addresses[input] + (together ? (nint)((row + i) * loops.Stride(input, 1)) : 0);
                        next = next[inputs..];
                        if (_reduction.CellType is not { } type)
                            continue;

                        cell[i] = type == ElementType.Double
                            ? BitConverter.DoubleToInt64Bits(1.0 / (folded + (walk.ReducedStep * rows) + row + i + 1))
                            : addresses[^1] + (together ? (row + i) * loops.Stride(operands.Length - 1, 1) : 0);
                        next[0] = (nint)(cell + i);
                        next = next[1..];
                    }

                    addresses.Slice(inputs, components).CopyTo(next);
                    addresses.Slice(inputs, components).CopyTo(next[components..]);
                    (taken == 1 ? _column : _columns).Value.Run(arguments[..(arguments.Length - next.Length + (2 * components))], loops.Extent(0));
                    row += taken;
                }
            }
            while (walk.Next());
        }
    }

    /// <summary>So many rows of values enter a row of states, one after another; the states are loaded and stored once for all of them.</summary>
    private KernelProgram ColumnsProgram(int rows)
    {
        var program = new KernelProgramBuilder();
        var values = new (int Value, int Cell)[rows];
        for (int row = 0; row < rows; row++)
            values[row] = (Value(program), _reduction.CellType is { } type ? program.Input(type, isScalar: true) : -1);

        int[] state = [.. _reduction.State.Select(component => program.Input(component.Type, isScalar: false))];
        foreach ((int value, int cell) in values)
            state = _reduction.FoldColumns(program, value, state, cell);
        foreach (int component in state)
            program.Output(component, KernelOutputKind.Store);
        return program.Build();
    }

    /// <summary>
    /// How many rows enter the states in one go. The more, the less the states pass through the second-level cache, which else bounds a sum down columns
    /// at half of what memory delivers.
    /// </summary>
    private static int RowsTogether(KernelProgram column, int inputs)
    {
        int vectorsPerNode = column.Nodes.Max(node => node.Type.Size) / column.Nodes.Min(node => node.Type.Size);
        return Math.Clamp(Math.Min(MostRows / Math.Max(1, inputs), MostVectors / (column.Nodes.Length * vectorsPerNode)), 1, MostRows);
    }

    private int Value(KernelProgramBuilder program) => program.Node(KernelOp.Cast, _reduction.ValueType, _inputs.AppendTo(program));
}
