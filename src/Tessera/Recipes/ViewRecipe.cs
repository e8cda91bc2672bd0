using Tessera.Geometry;

namespace Tessera.Recipes;

/// <summary>Another array seen through an affine map.</summary>
internal sealed class ViewRecipe(Recipe input, IndexMap map) : Recipe(input.ElementType, map.Shape)
{
    /// <summary>From this step on, elements of a row are read one by one: a reading costs about as much as so many elements.</summary>
    private const long SparseStep = 256;

    private readonly Recipe _input = input;
    private readonly Alignment _units = input.Units;

    public Recipe Input => _input;

    public override ReadOnlySpan<Recipe> Inputs => new(in _input);

    public IndexMap Map => map;

    public override Alignment Alignment { get; } = input.Alignment.Through(map);

    /// <summary>
    /// What is broadcast is small beside what it is joined with. Its blocks may be of many rows, which would leave the rows of tasks but few elements.
    /// </summary>
    public override Alignment CellAlignment => map.IsBroadcast && !IsDelivered ? Alignment : _input.CellAlignment.Through(map);

    public override bool IsDelivered => _input.IsDelivered;

    public override bool Repeats(int axis) => map.Repeats(axis);

    public override T Accept<T>(IRecipeKinds<T> kinds) => kinds.Of(this);

    public override void Visit(Region region, IRecipeVisitor visitor)
    {
        int sparse = SparseAxis(region.Extent);
        if (sparse < 0)
        {
            _input.Visit(map.Box(region), visitor);
            return;
        }

        foreach (Region one in OneByOne(region, sparse))
            Visit(one, visitor);
    }

    /// <summary>
    /// An axis along which the view steps over elements that need not be read at all; -1 where the box between them is read whole.
    /// </summary>
    public int SparseAxis(Shape extent)
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

    /// <summary>A region in slices, each of one index of the axis.</summary>
    public static IEnumerable<Region> OneByOne(Region region, int axis)
    {
        long[] start = region.Start.ToArray();
        Shape extent = SliceOf(region.Extent, axis);
        for (long i = 0; i < region.Extent[axis]; i++, start[axis]++)
            yield return new Region(start, extent);
    }

    /// <summary>The extent of one of these slices.</summary>
    public static Shape SliceOf(Shape extent, int axis)
    {
        long[] size = extent.ToArray();
        size[axis] = 1;
        return Shape.Create(size);
    }
}
