using Tessera.Expressions;
using Tessera.Geometry;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// A quick look at whether anything could be asked for more than once. In most computations nothing can: each operation has one reader, and what is broadcast
/// or shared lies in memory. They are planned without further thought.
/// </summary>
internal static class Repetition
{
    /// <param name="arrays">Optimized.</param>
    /// <param name="cutsAnywhere">True if storage chunks may be cut: some destination wants chunks of its own.</param>
    public static bool IsPossible(ArrayExpression[] arrays, bool cutsAnywhere)
    {
        var known = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance); // those that have a reader
        Shape? chunks = null; // of what is expensive
        bool differ = false;
        foreach (ArrayExpression array in arrays)
        {
            if (!known.Add(array) && IsWorked(array))
                return true;
        }

        foreach (ArrayExpression expression in ExpressionOrder.InputsFirst(arrays))
        {
            switch (expression)
            {
                case View view:
                    if (IsWorked(view.Input) && Repeats(view))
                        return true;
                    cutsAnywhere |= HasSteps(view.Map);
                    break;
                case Reshape:
                    cutsAnywhere = true;
                    break;
                case Source { Blocks: { IsCheap: false } and not Storage.MemorySource } source:
                    differ |= chunks is { } others && others != source.Blocks.StorageChunks;
                    chunks = source.Blocks.StorageChunks;
                    break;
            }

            ReadOnlySpan<ArrayExpression> inputs = expression.Inputs;
            for (int i = 0; i < inputs.Length; i++)
            {
                bool again = inputs.Length <= 3 && inputs[..i].Contains(inputs[i]); // what an operation reads twice, it reads once
                if (!again && !known.Add(inputs[i]) && IsWorked(inputs[i]))
                    return true;
            }
        }

        return differ || (chunks is not null && cutsAnywhere);
    }

    /// <summary>True for what takes work or reading.</summary>
    private static bool IsWorked(ArrayExpression expression) => !Tiling.IsInMemory(expression);

    /// <summary>True for a broadcast. That of one element that was computed costs nothing.</summary>
    private static bool Repeats(View view)
    {
        if (view.Shape.Length <= view.Input.Shape.Length)
            return false;
        if (view.Input.Shape.Length > 1)
            return view.Input is not Reduce; // results lie in blocks
        ArrayExpression below = view.Input;
        while (below is not (Source or Reduce) && below.Inputs.Length > 0)
            below = below.Inputs[0];
        return below is Source && !Tiling.IsInMemory(below);
    }

    private static bool HasSteps(IndexMap map)
    {
        foreach (AxisMap axis in map.Axes)
        {
            if (axis.Axis >= 0 && Math.Abs(axis.Step) > 1)
                return true;
        }

        return false;
    }
}
