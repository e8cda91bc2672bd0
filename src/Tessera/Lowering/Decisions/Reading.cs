using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>How asks go on from an expression to its inputs.</summary>
internal sealed class Reading(Tiling tiling, Func<ArrayExpression, AskList> asksOf)
{
    /// <summary>Operations that one kernel takes in.</summary>
    private const int LongestProgram = 64;

    /// <summary>From this step on, elements of a row are read one by one.</summary>
    private const long SparseStep = 256;

    /// <summary>A step that fills a region of an expression.</summary>
    public void Fill(object step, ArrayExpression expression, Region box, Shape? chunks) =>
        asksOf(expression).Add(Ask.Once(step, new FusedProgram(), box, tiling.Cell(expression, box.Extent, chunks)) with
        {
            IsCutAcross = chunks is { } given && tiling.CutsAcross(expression, given),
        });

    /// <summary>The same for one that is kept: what reads is the step that keeps it, so that its inputs are asked.</summary>
    public void Keep(object step, ArrayExpression expression, IEnumerable<Region> boxes)
    {
        foreach (Region box in boxes)
            PassOn(expression, Ask.Once(step, new FusedProgram(), box, tiling.Cell(expression, box.Extent, chunks: null)));
    }

    /// <summary>A reduction, of which some boxes of results are wanted.</summary>
    public void Fold(Reduce reduce, IEnumerable<(Region Box, bool HasGaps)> results)
    {
        int rank = reduce.Input.Shape.Rank;
        foreach ((Region box, bool hasGaps) in results)
        {
            Span<long> start = new long[rank], size = new long[rank];
            for (int axis = 0, kept = 0; axis < rank; axis++)
                (start[axis], size[axis]) = reduce.IsReduced(axis) ? (0, reduce.Input.Shape[axis]) : (box.Start[kept], box.Extent[kept++]);
            var domain = new Region(start, Shape.Create(size));
            if (domain.Length > 0)
                asksOf(reduce.Input).Add(Ask.Once(reduce, new FusedProgram { IsTiled = true }, domain, tiling.Tile(reduce, domain.Extent)) with { HasGaps = hasGaps });
        }
    }

    /// <summary>Passes an ask on to the inputs; a reduction's are asked by <see cref="Fold"/>.</summary>
    public void PassOn(ArrayExpression expression, Ask ask)
    {
        switch (expression)
        {
            case { IsFused: true }:
                Operands(expression, ask);
                break;
            case View view:
                asksOf(view.Input).Add(Through(view, ask));
                break;
            case Concatenate concatenate:
                Parts(concatenate, ask);
                break;
            case Reshape reshape:
                asksOf(reshape.Input).Add(Reshaped(reshape, ask));
                break;
            case Source or Constant or Delivered:
                break;
            default:
                throw new InvalidOperationException($"Nobody knows what '{expression.Describe()}' asks of its inputs. This is an error in Tessera; please report it.");
        }
    }

    private void Operands(ArrayExpression expression, Ask ask)
    {
        if (ask.Program.Operations >= LongestProgram)
            ask = ask with { Program = new FusedProgram() };
        if (!ask.Program.IsTiled)
        {
            ask.Program.IsTiled = true;
            Shape tile = tiling.Tile(expression, ask.Extent);
            ask = ask with { Extent = tile, Count = ask.Volume / Math.Max(1, tile.Length) };
        }

        ask.Program.Operations++;
        foreach (ArrayExpression input in expression.Inputs)
            asksOf(input).Add(ask);
    }

    private Ask Through(View view, Ask ask)
    {
        ReadOnlySpan<Geometry.AxisMap> axes = view.Map.Axes;
        Span<long> size = new long[axes.Length];
        double count = ask.Count;
        ReadOnlySpan<long> units = tiling.AlignmentOf(view.Input).Sizes;
        for (int axis = 0; axis < size.Length; axis++)
        {
            Geometry.AxisMap along = axes[axis];
            long extent = along.Axis < 0 ? 1 : ask.Extent[along.Axis], step = Math.Abs(along.Step);
            bool sparse = extent > 1 && step >= Math.Max(axis == size.Length - 1 ? SparseStep : 2, units[axis]);
            count *= sparse ? extent : 1;
            size[axis] = sparse ? 1 : ((extent - 1) * step) + 1;
        }

        return new Ask(ask.Step, new FusedProgram(), view.Map.Box(ask.Box), Shape.Create(size), count)
        {
            Ways = ask.Ways,
            Seen = view.Shape.Length < view.Input.Shape.Length ? view : ask.Seen,
            HasGaps = ask.HasGaps || view.Map.HasSteps,
            IsScattered = ask.IsScattered,
            IsCutAcross = ask.IsCutAcross,
        };
    }

    private void Parts(Concatenate concatenate, Ask ask)
    {
        int axis = concatenate.Axis;
        long from = ask.Box.Start[axis], to = ask.Box.End(axis);
        for (int part = concatenate.Parts.IndexOf(from); part < concatenate.Parts.Count && concatenate.Parts.StartOf(part) < to; part++)
        {
            long first = Math.Max(from, concatenate.Parts.StartOf(part)), last = Math.Min(to, concatenate.Parts.EndOf(part));
            if (first >= last)
                continue;
            (long[] start, long[] size, long[] extent) = (ask.Box.Start.ToArray(), ask.Box.Extent.ToArray(), ask.Extent.ToArray());
            (start[axis], size[axis], extent[axis]) = (first - concatenate.Parts.StartOf(part), last - first, Math.Min(extent[axis], last - first));
            var shape = Shape.Create(extent);
            double volume = ask.Volume * (last - first) / (to - from);
            asksOf(concatenate.Inputs[part]).Add(ask with
            {
                Program = new FusedProgram(),
                Box = new Region(start, Shape.Create(size)),
                Extent = shape,
                Count = volume / Math.Max(1, shape.Length),
                Seen = null,
            });
        }
    }

    /// <summary>A request becomes a stretch of neighbours.</summary>
    private static Ask Reshaped(Reshape reshape, Ask ask)
    {
        Shape input = reshape.Input.Shape;
        long rest = Math.Max(1, ask.Extent.Length);
        var size = new long[input.Rank];
        for (int axis = size.Length - 1; axis >= 0; axis--)
        {
            size[axis] = Math.Clamp(rest, 1, input[axis]);
            rest = Math.Max(1, rest / Math.Max(1, input[axis]));
        }

        var extent = Shape.Create(size);
        return ask with
        {
            Program = new FusedProgram(),
            Box = new Region(input),
            Extent = extent,
            Count = ask.Volume / Math.Max(1, extent.Length),
            Seen = null,
            IsScattered = ask.HasGaps || extent != input,
        };
    }
}
