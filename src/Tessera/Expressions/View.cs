using Tessera.Geometry;
using Tessera.Recipes;

namespace Tessera.Expressions;

/// <summary>The elements of an array seen through an affine map of indexes: a slice, a transpose, a broadcast, or several in one.</summary>
internal sealed class View : ArrayExpression
{
    private readonly string _verb;

    private View(string verb, ArrayExpression input, IndexMap map, ChunkGrid chunks)
        : base(input.ElementType, chunks, input)
    {
        (_verb, Map, IsConstant) = (verb, map, input.IsConstant);
        Ways = input.WaysSeen(map);
    }

    public IndexMap Map { get; }

    public ArrayExpression Input => Inputs[0];

    /// <exception cref="ArgumentException">More slices than axes, or two ellipses.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside its axis.</exception>
    public static View Slice(ArrayExpression input, ReadOnlySpan<Slice> slices) => Of("slice", input, IndexMap.Slice(input.Shape, slices));

    public static View Transpose(ArrayExpression input, ReadOnlySpan<int> order) => Of("transpose", input, IndexMap.Transpose(input.Shape, order));

    /// <summary>The input itself where it has the shape already.</summary>
    public static ArrayExpression Broadcast(ArrayExpression input, Shape shape) =>
        input.Shape == shape ? input : Of("broadcast", input, IndexMap.Broadcast(input.Shape, shape));

    /// <summary>An input repeated over a grid of its own choice.</summary>
    public static View Broadcast(ArrayExpression input, ChunkGrid chunks) =>
        new("broadcast", input, IndexMap.Broadcast(input.Shape, chunks.Shape), chunks);

    public static View Of(string verb, ArrayExpression input, IndexMap map) => new(verb, input, map, Cut(input.Chunks, map));

    /// <summary>The same map over many arrays of one shape: those that are cut alike have one cut in common.</summary>
    public static ArrayExpression[] OfEach(string verb, ReadOnlySpan<ArrayExpression> inputs, IndexMap map)
    {
        var views = new ArrayExpression[inputs.Length];
        View? before = null;
        for (int i = 0; i < views.Length; i++)
            views[i] = before = before is not null && inputs[i].Chunks.Equals(before.Input.Chunks) ? before.Over(inputs[i]) : Of(verb, inputs[i], map);
        return views;
    }

    /// <summary>The view of this view's input that shows what this view shows through <paramref name="outer"/>.</summary>
    public View Merge(View outer) =>
        new(_verb == outer._verb ? _verb : "view", Input, Map.Then(outer.Map), outer.Chunks);

    /// <summary>The same map over another input of the same shape and cut.</summary>
    public View Over(ArrayExpression input) => new(_verb, input, Map, Chunks);

    public override bool RepeatsInput => Map.IsBroadcast;

    public override bool IsNamed(bool isResult) => isResult;

    public override bool IsConstant { get; }

    public override bool IsInMemory => Input.IsInMemory;

    public override bool CutsAnywhere => Map.HasSteps;

    /// <summary>Fewer elements of the input are made than the view shows where it repeats them, within a tile.</summary>
    public override double CostOf(Func<ArrayExpression, double> input)
    {
        if (Map.Spread == 0)
            Map.Spread = Spread(Map);
        return input(Input) * Map.Spread;
    }

    /// <summary>Elements in the box of a tile for each of the tile.</summary>
    private static double Spread(IndexMap map)
    {
        const long TileElements = 1 << 16;
        const double MostApart = 8; // what lies far apart is read one by one
        Shape tile = Shape.Create(BoxExtent.Of(map.Shape, Alignment.None(map.Shape.Rank), TileElements));
        return Math.Min(MostApart, map.Box(new Region(tile)).Length / (double)Math.Max(1, tile.Length));
    }

    public override Alignment AlignmentOf(Func<ArrayExpression, Alignment> input) => input(Input).Through(Map);

    public override string Describe() => Input.Shape.Rank == 0 ? _verb : $"{_verb} {Map}";

    public override ArrayExpression WithInputs(ReadOnlySpan<ArrayExpression> inputs) => Over(inputs[0]);

    public override bool HasSameParameters(ArrayExpression other) => other is View view && view.Map.Equals(Map);

    public override int ParametersHash => Map.GetHashCode();

    /// <summary>The cuts of the array as the view shows them.</summary>
    private static ChunkGrid Cut(ChunkGrid chunks, IndexMap map)
    {
        var axes = new AxisGrid[map.Shape.Rank];
        for (int axis = 0; axis < map.Axes.Length; axis++)
        {
            AxisMap along = map.Axes[axis];
            if (along.Axis >= 0)
                axes[along.Axis] = Cut(chunks[axis], along, map.Shape[along.Axis]);
        }

        for (int axis = 0; axis < axes.Length; axis++)
            axes[axis] ??= AxisGrid.Regular(map.Shape[axis], Math.Max(1, map.Shape[axis]));
        return new ChunkGrid(axes);
    }

    private static AxisGrid Cut(AxisGrid grid, AxisMap along, long size)
    {
        if (size == 0 || grid.Count == 1)
            return AxisGrid.Regular(size, Math.Max(1, size));
        if (along.Step == 1 && along.Offset == 0 && size == grid.Length)
            return grid;
        if (grid.RegularSize is > 0 and long regular && (regular == 1 || (along.Step == 1 && along.Offset % regular == 0)))
            return AxisGrid.Regular(size, Math.Min(regular, size));

        var sizes = new List<long>();
        for (long done = 0; done < size;)
        {
            long position = along.Offset + along.Step * done;
            int chunk = grid.IndexOf(position);
            long inside = along.Step > 0 ? (grid.EndOf(chunk) - position + along.Step - 1) / along.Step : (position - grid.StartOf(chunk)) / -along.Step + 1;
            sizes.Add(Math.Min(inside, size - done));
            done += sizes[^1];
        }

        return AxisGrid.Of([.. sizes]);
    }
}
