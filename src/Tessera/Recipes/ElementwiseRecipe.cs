using Tessera.Kernels;

namespace Tessera.Recipes;

/// <summary>An elementwise chain in one kernel, tile by tile.</summary>
internal sealed class ElementwiseRecipe : Recipe
{
    private readonly FusedInputs _inputs;
    private readonly Func<KernelProgram, Kernel> _make;
    private readonly int[] _order;
    private Kernel? _kernel;

    /// <param name="inputs">And the program that makes one value of them.</param>
    /// <param name="make">Makes a kernel of it once elements are asked for: plans that are only looked at compile nothing.</param>
    public ElementwiseRecipe(FusedInputs inputs, Func<KernelProgram, Kernel> make)
        : base(inputs.Program.Nodes[inputs.Program.Outputs[0].Node].Type, inputs.Shape)
    {
        (_inputs, _make) = (inputs, make);
        _order = [.. Enumerable.Range(0, Shape.Rank)];
    }

    public override Alignment Alignment => _inputs.Alignment;

    public override Alignment CellAlignment => _inputs.CellAlignment;

    public override bool IsDelivered => _inputs.IsDelivered;

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        if (region.Length == 0)
            return;

        Kernel kernel = _kernel ??= _make(_inputs.Program); // once a worker at worst
        var operands = new Tile[_inputs.Count + 1];
        Span<long> at = stackalloc long[region.Rank];
        foreach (Region tile in TileCut.Tiles(region, Alignment, TileExtent(region.Extent), _order))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var mark = context.Scratch.Mark();
            _inputs.Get(tile, operands, context);
            for (int axis = 0; axis < at.Length; axis++)
                at[axis] = tile.Start[axis] - region.Start[axis];

            Tile target = destination.At(at);
            bool direct = _inputs.InnerAxis < 0 || target.Strides[_inputs.InnerAxis] == ElementType.Size;
            operands[^1] = direct ? target : Tile.Dense(context.Scratch.Take(tile.Length * ElementType.Size), tile.Extent, ElementType);
            RowLoop.Run(kernel, tile.Extent, _inputs.InnerAxis, operands);
            if (!direct)
                Copy(operands[^1], target, tile.Extent);
            context.Scratch.Release(mark);
        }
    }

    public override void Visit(Region region, IRecipeVisitor visitor) => _inputs.Visit(region, visitor);

    public override long ScratchBytes(Region within, Shape extent) =>
        Rounded(extent.Length * ElementType.Size) + FillBytes(within, extent, isDense: true);

    public override long FillBytes(Region within, Shape extent, bool isDense)
    {
        if (extent.Length == 0)
            return 0;
        Shape tile = TileOf(extent);
        return (isDense ? 0 : Rounded(tile.Length * ElementType.Size)) + _inputs.ScratchBytes(within, tile);
    }

    public override Shape TileOf(Shape extent) => Shape.Create(TileExtent(extent));

    private long[] TileExtent(Shape extent) =>
        TileCut.Extent(extent, Alignment, TileCut.Elements(_inputs.BytesPerElement + ElementType.Size));
}
