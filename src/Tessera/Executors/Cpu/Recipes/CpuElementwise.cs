using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Executors;

/// <summary>An elementwise chain in one kernel, tile by tile.</summary>
/// <param name="recipe">What is made.</param>
/// <param name="inputs">Of what.</param>
/// <param name="make">Makes a kernel of the program once elements are asked for.</param>
internal sealed class CpuElementwise(ElementwiseRecipe recipe, CpuInputs inputs, Func<KernelProgram, Kernel> make) : CpuRecipe(recipe)
{
    private readonly int[] _order = [.. Enumerable.Range(0, recipe.Shape.Rank)];
    private Kernel? _kernel;

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        if (region.Length == 0)
            return;

        Kernel kernel = _kernel ??= make(recipe.Fused.Program); // once a worker at worst
        int inner = recipe.Fused.InnerAxis;
        var operands = new Tile[inputs.Count + 1];
        Span<long> at = stackalloc long[region.Rank];
        foreach (Region tile in TileCut.Tiles(region, recipe.Alignment, TileExtent(region.Extent), _order))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var mark = context.Scratch.Mark();
            inputs.Get(tile, operands, context);
            for (int axis = 0; axis < at.Length; axis++)
                at[axis] = tile.Start[axis] - region.Start[axis];

            Tile target = destination.At(at);
            bool direct = inner < 0 || target.Strides[inner] == ElementType.Size;
            operands[^1] = direct ? target : Tile.Dense(context.Scratch.Take(tile.Length * ElementType.Size), tile.Extent, ElementType);
            RowLoop.Run(kernel, tile.Extent, inner, operands);
            if (!direct)
                Copy(operands[^1], target, tile.Extent);
            context.Scratch.Release(mark);
        }
    }

    public override long ScratchBytes(Region within, Shape extent) =>
        Rounded(extent.Length * ElementType.Size) + FillBytes(within, extent, isDense: true);

    public override long FillBytes(Region within, Shape extent, bool isDense)
    {
        if (extent.Length == 0)
            return 0;
        Shape tile = TileOf(extent);
        return (isDense ? 0 : Rounded(tile.Length * ElementType.Size)) + inputs.ScratchBytes(within, tile);
    }

    public override Shape TileOf(Shape extent) => Shape.Create(TileExtent(extent));

    private long[] TileExtent(Shape extent) => TileCut.Extent(extent, recipe.Alignment, inputs.BytesPerElement + ElementType.Size);
}
