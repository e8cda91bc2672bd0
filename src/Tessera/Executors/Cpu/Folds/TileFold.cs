using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Executors;

/// <summary>
/// Folds one tile. Where the inner loop runs along a reduced axis, whole rows are folded into one state each; where it runs along a kept
/// axis, a row of values enters a row of states.
/// </summary>
internal sealed class TileFold
{
    private readonly Reduction _reduction;
    private readonly CpuInputs _inputs;
    private readonly Lazy<ColumnFold> _columns; // a fold needs one of the two, nearly always
    private readonly Lazy<RowFold> _rows;

    public TileFold(Reduction reduction, CpuInputs inputs, Func<KernelProgram, Kernel> make)
    {
        (_reduction, _inputs) = (reduction, inputs);
        _columns = new Lazy<ColumnFold>(() => new ColumnFold(reduction, inputs.Fused, make));
        _rows = new Lazy<RowFold>(() => reduction.Rows(end =>
        {
            var program = new KernelProgramBuilder();
            end(program, Value(program, reduction, inputs.Fused));
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
        var loops = new Loops(tile.Extent, _inputs.Fused.InnerAxis, operands, reduced);
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

    private void FoldColumns(Loops loops, ReadOnlySpan<Tile> operands, long folded)
    {
        bool together = loops.Count > 1 && loops.IsReduced(1);
        long rows = together ? loops.Extent(1) : 1;
        Span<nint> addresses = stackalloc nint[operands.Length];
        Span<long> rowStrides = stackalloc long[operands.Length];
        for (int i = 0; i < operands.Length; i++)
            rowStrides[i] = together ? loops.Stride(i, 1) : 0;

        ColumnFold columns = _columns.Value;
        var walk = new Walk(loops, first: together ? 2 : 1, operands, addresses, stackalloc long[loops.Count]);
        do
            columns.Fold(addresses, rowStrides, rows, loops.Extent(0), folded + (walk.ReducedStep * rows));
        while (walk.Next());
    }

    /// <summary>The values to fold, as a node of a program.</summary>
    internal static int Value(KernelProgramBuilder program, Reduction reduction, FusedInputs inputs) =>
        program.Node(KernelOp.Cast, reduction.ValueType, inputs.AppendTo(program));
}
