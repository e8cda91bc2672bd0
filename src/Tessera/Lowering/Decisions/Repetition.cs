using Tessera.Expressions;
using Tessera.Geometry;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// A quick look at whether anything could be asked for more than once. In most computations nothing can: each operation has one reader, and what is broadcast
/// or shared lies in memory. They are planned without further thought.
/// </summary>
internal static class Repetition
{
    public static bool IsPossible(IReadOnlyList<ArrayExpression> inputsFirst, IReadOnlyList<Wanted> outputs)
    {
        var known = new HashSet<ArrayExpression>(ReferenceEqualityComparer.Instance); // those that have a reader
        int chunked = 0;
        bool cutsAnywhere = outputs.Any(output => output.Chunks is not null);
        foreach (Wanted output in outputs)
        {
            if (!known.Add(output.Array) && IsWorked(output.Array))
                return true;
        }

        foreach (ArrayExpression expression in inputsFirst)
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
                default:
                    chunked += Deciding.IsExpensive(expression) ? 1 : 0;
                    break;
            }

            ReadOnlySpan<ArrayExpression> inputs = expression.Inputs;
            for (int i = 0; i < inputs.Length; i++)
            {
                if (!inputs[..i].Contains(inputs[i]) && !known.Add(inputs[i]) && IsWorked(inputs[i]))
                    return true;
            }
        }

        return chunked > 1 || (chunked > 0 && cutsAnywhere);
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
