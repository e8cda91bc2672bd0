using Tessera.Recipes;

namespace Tessera.Executors;

/// <summary>The same elements in C order under another shape: rows of neighbours are filled box by box of the input.</summary>
internal sealed class CpuReshape(ReshapeRecipe recipe, CpuRecipe input) : CpuRecipe(recipe)
{
    private readonly long[] _inputStrides = input.Shape.DenseStrides();

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        if (region.Length == 0)
            return;

        if (!destination.IsDense(region.Extent, ElementType))
        {
            var mark = context.Scratch.Mark();
            Tile dense = Tile.Dense(context.Scratch.Take(region.Length * ElementType.Size), region.Extent, ElementType);
            Fill(region, dense, context);
            Copy(dense, destination, region.Extent);
            context.Scratch.Release(mark);
            return;
        }

        nint address = destination.Address;
        (int axes, long row) = recipe.RowsOf(region);
        foreach (ReadOnlySpan<long> index in region.Indices(axes))
        {
            foreach (Region box in recipe.BoxesOfRow(recipe.FirstOf(index, region), row))
            {
                input.Fill(box, Tile.Dense(address, box.Extent, ElementType), context);
                address += (nint)(box.Length * ElementType.Size);
            }
        }
    }

    public override long ScratchBytes(Region within, Shape extent) => FillBytes(within, extent, isDense: false);

    public override long FillBytes(Region within, Shape extent, bool isDense)
    {
        // One box at a time: some indexes of one axis, and all of those after it.
        Region around = recipe.Around(within);
        long elements = Math.Max(1, extent.Length), most = 0;
        long[] box = [.. input.Shape.Select(_ => 1L)];
        for (int axis = box.Length - 1; axis >= 0 && _inputStrides[axis] <= elements; axis--)
        {
            box[axis] = Math.Clamp(elements / _inputStrides[axis], 1, Math.Max(1, input.Shape[axis]));
            most = Math.Max(most, input.FillBytes(around, Shape.Create(box), isDense: true));
        }

        return (isDense ? 0 : Rounded(extent.Length * ElementType.Size)) + Math.Max(most, input.FillBytes(around, Shape.Create(box), isDense: true));
    }
}
