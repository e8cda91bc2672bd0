using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>
/// What a view asks of its input. The last few answers serve again: the views of a hundred thousand frames that are stacked have one map, and are asked alike.
/// </summary>
internal sealed class ReadingThroughViews(Tiling tiling)
{
    /// <summary>From this step on, elements of a row are read one by one.</summary>
    private const long SparseStep = 256;

    private const int MostKnown = 8;

    private readonly (View View, Ask Ask, Ask Answer)[] _known = new (View, Ask, Ask)[MostKnown];
    private int _next;

    public Ask Through(View view, Ask ask)
    {
        // What is reduced below a view that shows a part is reduced for this view alone, so that no other has the same answer.
        bool seesPart = view.Shape.Length < view.Input.Shape.Length;
        foreach ((View known, Ask asked, Ask answer) in _known)
        {
            if (ReferenceEquals(asked, ask) && !seesPart && ReferenceEquals(known.Map, view.Map) && known.Input.Shape == view.Input.Shape &&
                tiling.AlignmentOf(known.Input).Sizes.AsSpan().SequenceEqual(tiling.AlignmentOf(view.Input).Sizes))
            {
                return answer;
            }
        }

        Ask made = Made(view, ask, seesPart);
        if (!seesPart)
            _known[_next++ % MostKnown] = (view, ask, made);
        return made;
    }

    private Ask Made(View view, Ask ask, bool seesPart)
    {
        ReadOnlySpan<Geometry.AxisMap> axes = view.Map.Axes;
        Span<long> size = stackalloc long[axes.Length];
        double count = ask.Count;
        bool isFlipped = false;
        ReadOnlySpan<long> units = tiling.AlignmentOf(view.Input).Sizes;
        for (int axis = 0; axis < size.Length; axis++)
        {
            Geometry.AxisMap along = axes[axis];
            long extent = along.Axis < 0 ? 1 : ask.Extent[along.Axis], step = Math.Abs(along.Step);
            bool sparse = extent > 1 && step >= Math.Max(axis == size.Length - 1 ? SparseStep : 2, units[axis]);
            count *= sparse ? extent : 1;
            isFlipped |= along.Step < 0;
            size[axis] = sparse ? 1 : ((extent - 1) * step) + 1;
        }

        return new Ask(ask.Step, null, view.Map.Box(ask.Box), Shape.Create(size), count)
        {
            Ways = ask.Ways,
            Seen = seesPart ? view : ask.Seen,
            HasGaps = ask.HasGaps || view.Map.HasSteps,
            IsScattered = ask.IsScattered,
            IsInParts = ask.IsInParts && !view.Map.HasSteps && !isFlipped,
        };
    }
}
