using Tessera.Geometry;

namespace Tessera.Recipes;

/// <summary>Another array seen through an affine map: strides do the work where its elements lie in memory.</summary>
internal sealed class ViewRecipe(Recipe input, IndexMap map) : Recipe(input.ElementType, map.Shape)
{
    private readonly Alignment _inputAlignment = input.Alignment;

    public override Alignment Alignment { get; } = input.Alignment.Through(map);

    public override bool IsInMemory => input.IsInMemory;

    public override bool Repeats(int axis)
    {
        foreach (AxisMap along in map.Axes)
        {
            if (along.Axis == axis)
                return false;
        }

        return true;
    }

    public override bool TryView(Region region, out Tile tile)
    {
        Region box = map.Box(region);
        if (!input.TryView(box, out tile))
            return false;

        tile = tile.Through(map, region, box);
        return true;
    }

    public override Tile Get(Region region, TaskContext context)
    {
        if (TryView(region, out Tile tile))
            return tile;
        if (SparseAxis(region) >= 0)
            return base.Get(region, context);

        Region box = map.Box(region);
        return input.Get(box, context).Through(map, region, box);
    }

    public override void Fill(Region region, Tile destination, TaskContext context)
    {
        if (region.Length == 0)
            return;

        if (TryView(region, out Tile view))
        {
            Copy(view, destination, region.Extent);
            return;
        }

        if (SparseAxis(region) is >= 0 and int sparse)
        {
            FillOneByOne(region, sparse, destination, context);
            return;
        }

        Region box = map.Box(region);
        if (Relay(region, box, destination) is { } relayed)
        {
            input.Fill(box, relayed, context);
            return;
        }

        var mark = context.Scratch.Mark();
        Copy(input.Get(box, context).Through(map, region, box), destination, region.Extent);
        context.Scratch.Release(mark);
    }

    public override void Visit(Region region, IRecipeVisitor visitor)
    {
        int sparse = SparseAxis(region);
        if (sparse < 0)
        {
            input.Visit(map.Box(region), visitor);
            return;
        }

        foreach (Region one in OneByOne(region, sparse))
            Visit(one, visitor);
    }

    public override long ScratchBytes(Shape extent)
    {
        // What is seen is the input's own memory, but where elements between are left out: then it is gathered.
        long gathered = 0;
        foreach (AxisMap along in map.Axes)
            gathered = Math.Abs(along.Step) > 1 ? Rounded(extent.Length * ElementType.Size) : gathered;
        return gathered + input.ScratchBytes(map.Box(new Region(extent)).Extent);
    }

    /// <summary>
    /// An axis along which the view steps over elements that need not be read at all; -1 where the box between them is read whole.
    /// </summary>
    private int SparseAxis(Region region)
    {
        for (int axis = 0; axis < map.Axes.Length; axis++)
        {
            AxisMap along = map.Axes[axis];
            bool innermost = axis == map.Axes.Length - 1;
            if (along.Axis >= 0 && region.Extent[along.Axis] > 1 && !innermost && Math.Abs(along.Step) > 1 && _inputAlignment.Sizes[axis] <= Math.Abs(along.Step))
                return along.Axis;
        }

        return -1;
    }

    private void FillOneByOne(Region region, int axis, Tile destination, TaskContext context)
    {
        Span<long> at = stackalloc long[region.Rank];
        at.Clear();
        foreach (Region one in OneByOne(region, axis))
        {
            Fill(one, destination.At(at), context);
            at[axis]++;
        }
    }

    private static IEnumerable<Region> OneByOne(Region region, int axis)
    {
        long[] start = region.Start.ToArray(), size = region.Extent.ToArray();
        size[axis] = 1;
        var extent = Shape.Create(size);
        for (long i = 0; i < region.Extent[axis]; i++, start[axis]++)
            yield return new Region(start, extent);
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
            AxisMap along = map.Axes[axis];
            if (along.Axis < 0 || box.Extent[axis] == 1)
                continue;
            if (along.Step != 1)
                return null;
            strides[axis] = destination.Strides[along.Axis];
        }

        return new Tile(destination.Address, strides);
    }
}
