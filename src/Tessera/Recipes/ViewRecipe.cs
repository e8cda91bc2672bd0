using Tessera.Geometry;
using Tessera.Steps;

namespace Tessera.Recipes;

/// <summary>Another array seen through an affine map: strides do the work where its elements lie in memory.</summary>
internal sealed class ViewRecipe(Recipe input, IndexMap map) : Recipe(input.ElementType, map.Shape)
{
    /// <summary>From this step on, elements of a row are read one by one: a reading costs about as much as so many elements.</summary>
    private const long SparseStep = 256;

    private readonly Alignment _units = input.Units;

    public Recipe Input => input;

    public IndexMap Map => map;

    public override Alignment Alignment { get; } = input.Alignment.Through(map);

    /// <summary>
    /// What is broadcast is small beside what it is joined with. Its blocks may be of many rows, which would leave the rows of tasks but few elements.
    /// </summary>
    public override Alignment CellAlignment => IsBroadcast && !IsDelivered ? Alignment : input.CellAlignment.Through(map);

    public override bool IsDelivered => input.IsDelivered;

    public override bool IsInMemory => input.IsInMemory;

    public override bool Repeats(int axis) => map.Repeats(axis);

    private bool IsBroadcast => map.IsBroadcast;

    public override bool TryView(Region region, BlockStore? blocks, out Tile tile)
    {
        Region box = map.Box(region);
        if (!input.TryView(box, blocks, out tile))
            return false;

        tile = tile.Through(map, region, box);
        return true;
    }

    public override Tile Get(Region region, TaskContext context)
    {
        if (TryView(region, context.Blocks, out Tile tile))
            return tile;
        if (SparseAxis(region.Extent) >= 0)
            return GetRepeated(region, context);

        Region box = map.Box(region);
        return input.Get(box, context).Through(map, region, box);
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

        if (SparseAxis(region.Extent) is >= 0 and int sparse)
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

    public override T Accept<T>(IRecipeKinds<T> kinds) => kinds.Of(this);

    public override void Visit(Region region, IRecipeVisitor visitor)
    {
        int sparse = SparseAxis(region.Extent);
        if (sparse < 0)
        {
            input.Visit(map.Box(region), visitor);
            return;
        }

        foreach (Region one in OneByOne(region, sparse))
            Visit(one, visitor);
    }

    // What is seen is the input's own memory, but where elements between are left out: then it is gathered.
    public override long ScratchBytes(Region within, Shape extent) => SparseAxis(extent) >= 0
        ? Rounded(extent.Length * ElementType.Size) + FillBytes(within, extent, isDense: true)
        : input.ScratchBytes(map.Box(within), BoxOf(extent));

    public override long FillBytes(Region within, Shape extent, bool isDense)
    {
        if (SparseAxis(extent) is >= 0 and int sparse)
            return FillBytes(within, One(extent, sparse), isDense: false);

        var region = new Region(extent);
        Region box = map.Box(region);
        return Relay(region, box, Tile.Dense(0, extent, ElementType)) is { } relayed
            ? input.FillBytes(map.Box(within), box.Extent, isDense && relayed.IsDense(box.Extent, ElementType))
            : input.ScratchBytes(map.Box(within), box.Extent);
    }

    public override long GotBytes(Region within, Shape extent) =>
        SparseAxis(extent) >= 0 ? base.GotBytes(within, extent) : input.GotBytes(map.Box(within), BoxOf(extent));

    public override bool HasDenseRows(int axis)
    {
        int row = -1; // the axis of the input that is seen along this one
        for (int own = 0; own < map.Axes.Length; own++)
        {
            if (map.Axes[own].Axis == axis && map.Axes[own].Step == 1)
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
            bool inOrder = input.GetsDense && !IsBroadcast;
            foreach (AxisMap along in map.Axes)
            {
                inOrder &= along.Axis < 0 || (along.Step == 1 && along.Axis > last);
                last = Math.Max(last, along.Axis);
            }

            return inOrder;
        }
    }

    private Shape BoxOf(Shape extent) => map.Box(new Region(extent)).Extent;

    /// <summary>
    /// An axis along which the view steps over elements that need not be read at all; -1 where the box between them is read whole.
    /// </summary>
    private int SparseAxis(Shape extent)
    {
        for (int axis = 0; axis < map.Axes.Length; axis++)
        {
            AxisMap along = map.Axes[axis];
            long least = axis == map.Axes.Length - 1 ? SparseStep : 2;
            if (along.Axis >= 0 && extent[along.Axis] > 1 && Math.Abs(along.Step) >= Math.Max(least, _units.Sizes[axis]))
                return along.Axis;
        }

        return -1;
    }

    /// <summary>The elements in scratch memory; along the axes on which they repeat, once.</summary>
    private Tile GetRepeated(Region region, TaskContext context)
    {
        long[] size = region.Extent.ToArray();
        for (int axis = 0; axis < size.Length; axis++)
            size[axis] = Repeats(axis) ? 1 : size[axis];
        Tile tile = base.Get(new Region(region.Start, Shape.Create(size)), context);
        for (int axis = 0; axis < size.Length; axis++)
            tile.Strides[axis] = Repeats(axis) ? 0 : tile.Strides[axis];
        return tile;
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
        long[] start = region.Start.ToArray();
        Shape extent = One(region.Extent, axis);
        for (long i = 0; i < region.Extent[axis]; i++, start[axis]++)
            yield return new Region(start, extent);
    }

    private static Shape One(Shape extent, int axis)
    {
        long[] size = extent.ToArray();
        size[axis] = 1;
        return Shape.Create(size);
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
