using Tessera.Geometry;
using Tessera.Recipes;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Another array seen through an affine map: strides do the work where its elements lie in memory.</summary>
internal sealed class CpuView(ViewRecipe recipe, CpuRecipe input) : CpuRecipe(recipe)
{
    private readonly IndexMap _map = recipe.Map;

    public override bool IsInMemory => input.IsInMemory;

    public override bool TryView(Region region, BlockStore? blocks, out Tile tile)
    {
        Region box = _map.Box(region);
        if (!input.TryView(box, blocks, out tile))
            return false;

        tile = tile.Through(_map, region, box);
        return true;
    }

    public override Tile Get(Region region, TaskContext context)
    {
        if (TryView(region, context.Blocks, out Tile tile))
            return tile;
        if (recipe.SparseAxis(region.Extent) >= 0)
            return GetRepeated(region, context);

        Region box = _map.Box(region);
        return input.Get(box, context).Through(_map, region, box);
    }

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        if (region.Length == 0)
            return;

        if (TryView(region, context.Blocks, out Tile view))
        {
            Copy(view, destination, region.Extent);
            return;
        }

        if (recipe.SparseAxis(region.Extent) is >= 0 and int sparse)
        {
            FillOneByOne(region, sparse, destination, context);
            return;
        }

        Region box = _map.Box(region);
        if (Relay(region, box, destination) is { } relayed)
        {
            input.Fill(box, relayed, context);
            return;
        }

        var mark = context.Scratch.Mark();
        Copy(input.Get(box, context).Through(_map, region, box), destination, region.Extent);
        context.Scratch.Release(mark);
    }

    // What is seen is the input's own memory, but where elements between are left out: then it is gathered.
    public override long ScratchBytes(Region within, Shape extent) => recipe.SparseAxis(extent) >= 0
        ? Rounded(extent.Length * ElementType.Size) + FillBytes(within, extent, isDense: true)
        : input.ScratchBytes(_map.Box(within), BoxOf(extent));

    public override long FillBytes(Region within, Shape extent, bool isDense)
    {
        if (recipe.SparseAxis(extent) is >= 0 and int sparse)
            return FillBytes(within, ViewRecipe.SliceOf(extent, sparse), isDense: false);

        var region = new Region(extent);
        Region box = _map.Box(region);
        return Relay(region, box, Tile.Dense(0, extent, ElementType)) is { } relayed
            ? input.FillBytes(_map.Box(within), box.Extent, isDense && relayed.IsDense(box.Extent, ElementType))
            : input.ScratchBytes(_map.Box(within), box.Extent);
    }

    public override long GotBytes(Region within, Shape extent) =>
        recipe.SparseAxis(extent) >= 0 ? base.GotBytes(within, extent) : input.GotBytes(_map.Box(within), BoxOf(extent));

    public override bool HasDenseRows(int axis)
    {
        int row = -1; // the axis of the input that is seen along this one
        for (int own = 0; own < _map.Axes.Length; own++)
        {
            if (_map.Axes[own].Axis == axis && _map.Axes[own].Step == 1)
                row = own;
            else if (row >= 0 && input.Shape[own] > 1)
                return false;
        }

        return row >= 0 && input.HasDenseRows(row);
    }

    public override bool GetsDense
    {
        get
        {
            int last = -1;
            bool inOrder = input.GetsDense && !_map.IsBroadcast;
            foreach (AxisMap along in _map.Axes)
            {
                inOrder &= along.Axis < 0 || (along.Step == 1 && along.Axis > last);
                last = Math.Max(last, along.Axis);
            }

            return inOrder;
        }
    }

    private Shape BoxOf(Shape extent) => _map.Box(new Region(extent)).Extent;

    /// <summary>The elements in scratch memory; along the axes on which they repeat, once.</summary>
    private Tile GetRepeated(Region region, TaskContext context)
    {
        long[] size = region.Extent.ToArray();
        for (int axis = 0; axis < size.Length; axis++)
            size[axis] = recipe.Repeats(axis) ? 1 : size[axis];
        Tile tile = base.Get(new Region(region.Start, Shape.Create(size)), context);
        for (int axis = 0; axis < size.Length; axis++)
            tile.Strides[axis] = recipe.Repeats(axis) ? 0 : tile.Strides[axis];
        return tile;
    }

    private void FillOneByOne(Region region, int axis, Tile destination, TaskContext context)
    {
        Span<long> at = stackalloc long[region.Rank];
        at.Clear();
        foreach (Region one in ViewRecipe.OneByOne(region, axis))
        {
            Fill(one, destination.At(at), context);
            at[axis]++;
        }
    }

    /// <summary>
    /// Where every element of the box has one place in the destination, the layout through which the input can fill it directly.
    /// </summary>
    private Tile? Relay(Region region, Region box, Tile destination)
    {
        if (box.Length != region.Length)
            return null;

        var strides = new long[box.Rank];
        for (int axis = 0; axis < box.Rank; axis++)
        {
            AxisMap along = _map.Axes[axis];
            if (along.Axis < 0 || box.Extent[axis] == 1)
                continue;
            if (along.Step != 1)
                return null;
            strides[axis] = destination.Strides[along.Axis];
        }

        return new Tile(destination.Address, strides);
    }
}
