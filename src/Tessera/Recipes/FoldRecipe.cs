using Tessera.Kernels;

namespace Tessera.Recipes;

/// <summary>
/// A reduction over the value of fused inputs: folds regions of the inputs into states, tile by tile, joins states, and finishes them.
/// </summary>
internal sealed class FoldRecipe
{
    private readonly FusedInputs _inputs;
    private readonly bool[] _reduced;
    private readonly long[] _indexStrides;
    private readonly int[] _order;
    private readonly TileFold _fold;
    private readonly Func<KernelProgram, Kernel> _make;
    private Kernel? _merge, _finish; // made when first needed, once a worker at worst: plans that are only looked at compile nothing

    public FoldRecipe(Reduction reduction, FusedInputs inputs, bool[] reduced, Func<KernelProgram, Kernel> make)
    {
        (Reduction, _inputs, _reduced, _make) = (reduction, inputs, reduced, make);
        _fold = new TileFold(reduction, inputs, make);

        // Where a value stands among all that are reduced, in C order over the reduced axes; 0 where the reduction doesn't ask.
        _indexStrides = new long[reduced.Length];
        long stride = 1;
        for (int axis = reduced.Length - 1; axis >= 0 && reduction.CellType == ElementType.Int64; axis--)
        {
            _indexStrides[axis] = reduced[axis] ? stride : 0;
            stride *= reduced[axis] ? inputs.Shape[axis] : 1;
        }

        // Results stay in the cache while all that enters them passes by.
        _order = [.. Enumerable.Range(0, reduced.Length).Where(axis => !reduced[axis]), .. Enumerable.Range(0, reduced.Length).Where(axis => reduced[axis])];
    }

    public Reduction Reduction { get; }

    public Alignment Alignment => _inputs.Alignment;

    public Alignment CellAlignment => _inputs.CellAlignment;

    public bool IsDelivered => _inputs.IsDelivered;

    public long DeliveredBytesPerElement => _inputs.DeliveredBytesPerElement;

    public Shape Shape => _inputs.Shape;

    public void Visit(Region domain, IRecipeVisitor visitor) => _inputs.Visit(domain, visitor);

    /// <summary>How much of a region enters the states at a time.</summary>
    public Shape TileOf(Shape domain) => Shape.Create(TileExtent(domain));

    public long ScratchBytes(Region domain) => domain.Length == 0 ? 0 : _inputs.ScratchBytes(domain, TileOf(domain.Extent));

    /// <summary>Folds a region of the inputs into states, which lie dense in C order over the region's kept axes.</summary>
    /// <param name="domain">The region.</param>
    /// <param name="state">Fresh states, or ones that hold earlier values.</param>
    /// <param name="before">Values that each state holds already.</param>
    /// <param name="context">Of the task.</param>
    public void Fold(Region domain, FoldState state, long before, TaskContext context)
    {
        if (before == 0)
            state.Clear();
        if (domain.Length == 0)
            return;

        int rank = domain.Rank;
        var stateStrides = new long[rank];
        long stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            stateStrides[axis] = _reduced[axis] ? 0 : stride;
            stride *= _reduced[axis] ? 1 : domain.Extent[axis];
        }

        long folded = before, lastPlace = -1;
        foreach (Region tile in TileCut.Tiles(domain, Alignment, TileExtent(domain.Extent), _order))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            long place = 0, index = 0, values = 1;
            for (int axis = 0; axis < rank; axis++)
            {
                place += (tile.Start[axis] - domain.Start[axis]) * stateStrides[axis];
                index += tile.Start[axis] * _indexStrides[axis];
                values *= _reduced[axis] ? tile.Extent[axis] : 1;
            }

            folded = place == lastPlace ? folded : before;
            lastPlace = place;
            var mark = context.Scratch.Mark();
            _fold.Fold(tile, _reduced, state, place, stateStrides, folded, index, _indexStrides, context);
            context.Scratch.Release(mark);
            folded += values;
        }
    }

    /// <summary>Joins the states of earlier values and those of later ones.</summary>
    /// <param name="into">Where the joined states go; may be those of the earlier values.</param>
    /// <param name="earlier">States.</param>
    /// <param name="earlierCount">The values that each holds.</param>
    /// <param name="later">States.</param>
    /// <param name="laterCount">The values that each holds.</param>
    public unsafe void Merge(FoldState into, FoldState earlier, long earlierCount, FoldState later, long laterCount)
    {
        double all = (double)earlierCount + laterCount;
        double share = all == 0 ? 0 : laterCount / all, spread = earlierCount * share;
        int components = Reduction.State.Length;
        Span<nint> addresses = stackalloc nint[(3 * components) + 2];
        for (int i = 0; i < components; i++)
        {
            addresses[i] = earlier.Component(i);
            addresses[components + i] = later.Component(i);
            addresses[(2 * components) + 2 + i] = into.Component(i);
        }

        addresses[2 * components] = (nint)(&share);
        addresses[(2 * components) + 1] = (nint)(&spread);
        (_merge ??= _make(MergeProgram(Reduction))).Run(addresses, into.Elements);
    }

    /// <summary>Turns states into results, dense.</summary>
    public unsafe void Finish(FoldState state, long count, nint destination)
    {
        double finishing = Reduction.FinishingCount(count);
        int components = Reduction.State.Length;
        Span<nint> addresses = stackalloc nint[components + 2];
        for (int i = 0; i < components; i++)
            addresses[i] = state.Component(i);
        addresses[^2] = (nint)(&finishing);
        addresses[^1] = destination;
        (_finish ??= _make(FinishProgram(Reduction))).Run(addresses, state.Elements);
    }

    private long[] TileExtent(Shape domain) => TileCut.Extent(
        domain,
        Alignment,
        _reduced.Contains(false) ? TileCut.FoldedElements(_inputs.BytesPerElement) : TileCut.Elements(_inputs.BytesPerElement),
        TileCut.Elements(_inputs.BytesPerElement + Reduction.StateBytes),
        _reduced);

    private static KernelProgram MergeProgram(Reduction reduction)
    {
        var program = new KernelProgramBuilder();
        int[] a = State(program, reduction), b = State(program, reduction);
        int share = program.Input(ElementType.Double, isScalar: true), spread = program.Input(ElementType.Double, isScalar: true);
        reduction.Merge(program, a, b, share, spread);
        return program.Build();
    }

    private static KernelProgram FinishProgram(Reduction reduction)
    {
        var program = new KernelProgramBuilder();
        int[] state = State(program, reduction);
        int count = program.Input(ElementType.Double, isScalar: true);
        program.Output(reduction.Finish(program, state, count), KernelOutputKind.Store);
        return program.Build();
    }

    private static int[] State(KernelProgramBuilder program, Reduction reduction) =>
        [.. reduction.State.Select(component => program.Input(component.Type, isScalar: false))];
}
