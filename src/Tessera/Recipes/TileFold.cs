using Tessera.Kernels;

namespace Tessera.Recipes;

/// <summary>
/// Folds one tile. Where the inner loop runs along a reduced axis, whole rows are folded into one state each; where it runs along a kept
/// axis, a row of values enters a row of states.
/// </summary>
internal sealed class TileFold
{
    private readonly Reduction _reduction;
    private readonly FusedInputs _inputs;
    private readonly Kernel _columns;
    private readonly Lazy<RowFold> _rows;

    public TileFold(Reduction reduction, FusedInputs inputs, Func<KernelProgram, Kernel> make)
    {
        (_reduction, _inputs) = (reduction, inputs);
        _columns = make(ColumnsProgram());
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
        bool cell = _reduction.CellType is not null;
        double reciprocal = 0;
        long index = 0;
        Span<nint> addresses = stackalloc nint[operands.Length];
        Span<nint> arguments = stackalloc nint[inputs + (2 * components) + (cell ? 1 : 0)];
        var walk = new Walk(loops, first: 1, operands, addresses, stackalloc long[loops.Count]);
        if (cell)
            arguments[inputs + components] = _reduction.CellType == ElementType.Double ? (nint)(&reciprocal) : (nint)(&index);
        do
        {
            addresses[..(inputs + components)].CopyTo(arguments);
            addresses.Slice(inputs, components).CopyTo(arguments[^components..]);
            reciprocal = 1.0 / (folded + walk.ReducedStep + 1);
            index = addresses[^1];
            _columns.Run(arguments, loops.Extent(0));
        }
        while (walk.Next());
    }

    private KernelProgram ColumnsProgram()
    {
        var program = new KernelProgramBuilder();
        int value = Value(program);
        int[] state = [.. _reduction.State.Select(component => program.Input(component.Type, isScalar: false))];
        int cell = _reduction.CellType is { } type ? program.Input(type, isScalar: true) : -1;
        _reduction.FoldColumns(program, value, state, cell);
        return program.Build();
    }

    private int Value(KernelProgramBuilder program) => program.Node(KernelOp.Cast, _reduction.ValueType, _inputs.AppendTo(program));
}
