using Tessera.Expressions;
using Tessera.Geometry;

namespace Tessera.Optimization;

/// <summary>A view of concatenated arrays is the concatenation of views of them; arrays that the view doesn't see are never touched.</summary>
internal sealed class PushViewThroughConcatenate : IRule
{
    public ArrayExpression? Rewrite(ArrayExpression expression)
    {
        if (expression is not View { Input: Concatenate concatenate } view)
            return null;

        AxisMap along = view.Map.Axes[concatenate.Axis];
        if (along.Axis < 0)
        {
            int part = concatenate.Parts.IndexOf(along.Offset);
            return View.Of("slice", concatenate.Inputs[part], Shift(view.Map, concatenate.Axis, view.Shape, along with { Offset = along.Offset - concatenate.Parts.StartOf(part) }));
        }

        var parts = new List<ArrayExpression>();
        (View? Seen, long Offset) before = default;
        long size = view.Shape[along.Axis];
        for (long done = 0; done < size;)
        {
            long position = along.Offset + (along.Step * done);
            int part = concatenate.Parts.IndexOf(position);
            long start = concatenate.Parts.StartOf(part), end = concatenate.Parts.EndOf(part);
            long inside = along.Step > 0 ? (end - position + along.Step - 1) / along.Step : ((position - start) / -along.Step) + 1;
            inside = Math.Min(inside, size - done);

            // Of many parts that are alike, all are seen alike.
            ArrayExpression input = concatenate.Inputs[part];
            bool alike = before.Seen?.Shape[along.Axis] == inside && before.Offset == position - start && before.Seen.Input.Chunks.Equals(input.Chunks);
            before = (alike ? before.Seen!.Over(input) : Part(view, input, concatenate.Axis, along with { Offset = position - start }, inside), position - start);
            parts.Add(before.Seen);
            done += inside;
        }

        return parts.Count switch
        {
            0 => null, // nothing is seen; the step over an empty region does nothing
            1 => parts[0],
            _ => Concatenate.Of([.. parts], along.Axis),
        };
    }

    private static View Part(View view, ArrayExpression input, int axis, AxisMap along, long size)
    {
        long[] sizes = view.Shape.ToArray();
        sizes[along.Axis] = size;
        return View.Of("slice", input, Shift(view.Map, axis, Shape.Create(sizes), along));
    }

    private static IndexMap Shift(IndexMap map, int axis, Shape shape, AxisMap along)
    {
        AxisMap[] axes = map.Axes.ToArray();
        axes[axis] = along;
        return new IndexMap(shape, axes);
    }
}
