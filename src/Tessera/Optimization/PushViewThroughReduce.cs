using Tessera.Expressions;
using Tessera.Geometry;

namespace Tessera.Optimization;

/// <summary>A view of a reduction's result is the reduction of a view of its input, so that results nobody sees are never reduced.</summary>
internal sealed class PushViewThroughReduce : IRule
{
    public ArrayExpression? Rewrite(ArrayExpression expression)
    {
        if (expression is not View { Input: Reduce reduce } view || view.Shape.Length >= reduce.Shape.Length)
            return null;

        // The kept axes are seen as the view shows them, in its order; the reduced ones follow, whole.
        Shape input = reduce.Input.Shape;
        var axes = new AxisMap[input.Rank];
        var sizes = new List<long>(view.Shape);
        var reduced = new List<int>();
        int kept = 0;
        for (int axis = 0; axis < input.Rank; axis++)
        {
            if (!reduce.IsReduced(axis))
            {
                axes[axis] = view.Map.Axes[kept++];
                continue;
            }

            axes[axis] = new AxisMap(sizes.Count, 0, 1);
            reduced.Add(sizes.Count);
            sizes.Add(input[axis]);
        }

        // Reduced axes go back to where they were among the rest, as far as that keeps rows of storage together.
        int[] order = Order(axes, sizes.Count);
        var places = new int[sizes.Count];
        for (int i = 0; i < order.Length; i++)
            places[order[i]] = i;
        AxisMap[] moved = [.. axes.Select(axis => axis.Axis < 0 ? axis : axis with { Axis = places[axis.Axis] })];
        Shape shape = [.. order.Select(axis => sizes[axis])];
        ArrayExpression seen = View.Of("slice", reduce.Input, new IndexMap(shape, moved));
        int[] movedReduced = [.. reduced.Select(axis => places[axis]).Order()];

        // The kept axes must come out in the view's order.
        int last = -1;
        foreach (int axis in Enumerable.Range(0, view.Shape.Rank))
        {
            if (places[axis] < last)
                return null;
            last = places[axis];
        }

        return reduce.Over(seen, movedReduced);
    }

    /// <summary>The axes of the new input in the order of the storage axes that they run along; new axes come first.</summary>
    private static int[] Order(AxisMap[] axes, int count)
    {
        var order = new List<int>();
        foreach (AxisMap axis in axes)
        {
            if (axis.Axis >= 0)
                order.Add(axis.Axis);
        }

        for (int axis = count - 1; axis >= 0; axis--)
        {
            if (!order.Contains(axis))
                order.Insert(0, axis);
        }

        return [.. order];
    }
}
