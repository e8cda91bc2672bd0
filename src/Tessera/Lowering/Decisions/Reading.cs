using Tessera.Expressions;

namespace Tessera.Lowering.Decisions;

/// <summary>How asks go on from an expression to its inputs.</summary>
internal sealed class Reading(Tiling tiling, Func<ArrayExpression, AskList> asksOf)
{
    /// <summary>Operations that one kernel takes in.</summary>
    private const int LongestProgram = 64;

    private readonly ReadingThroughViews _views = new(tiling);

    /// <summary>A step that fills a region of an expression.</summary>
    public void Fill(object step, ArrayExpression expression, Region box, Shape? chunks)
    {
        Shape extent = tiling.Part(expression, box.Extent, chunks) ?? tiling.Cell(expression, box.Extent, chunks);
        asksOf(expression).Add(Ask.Once(step, box, extent) with { IsInParts = chunks is { } given && tiling.CutsAcross(expression, box.Extent, given) });
    }

    /// <summary>The same for one that is kept: what reads is the step that keeps it, so that its inputs are asked.</summary>
    public void Keep(object step, ArrayExpression expression, IEnumerable<Region> boxes)
    {
        if (expression.Inputs.IsEmpty)
            return; // a source, of which there may be very many
        foreach (Region box in boxes)
            PassOn(expression, Ask.Once(step, box, tiling.Cell(expression, box.Extent, chunks: null)));
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
                asksOf(reduce.Input).Add(Ask.Once(reduce, domain, tiling.Tile(reduce, domain.Extent), new FusedProgram { IsTiled = true }) with { HasGaps = hasGaps });
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
                asksOf(view.Input).Add(_views.Through(view, ask));
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
        if (ask.Program is not { Operations: < LongestProgram } program)
            ask = ask with { Program = program = new FusedProgram() };
        if (!program.IsTiled)
        {
            program.IsTiled = true;
            Shape tile = tiling.Tile(expression, ask.Extent);
            ask = ask with { Extent = tile, Count = ask.Volume / Math.Max(1, tile.Length) };
        }

        program.Operations++;
        foreach (ArrayExpression input in expression.Inputs)
            asksOf(input).Add(ask);
    }

    /// <summary>Parts that are alike have one ask in common.</summary>
    private void Parts(Concatenate concatenate, Ask ask)
    {
        (int axis, AxisGrid parts) = (concatenate.Axis, concatenate.Parts);
        long from = ask.Box.Start[axis], to = ask.Box.End(axis);
        Ask? before = null;
        for (int part = parts.IndexOf(from); part < parts.Count && parts.StartOf(part) < to; part++)
        {
            long partStart = parts.StartOf(part), first = Math.Max(from, partStart), last = Math.Min(to, parts.EndOf(part));
            if (first >= last)
                continue;
            if (before is null || before.Box.Start[axis] != first - partStart || before.Box.Extent[axis] != last - first)
                before = OfPart(ask, axis, first - partStart, last - first);
            asksOf(concatenate.Inputs[part]).Add(before);
        }
    }

    private static Ask OfPart(Ask ask, int axis, long from, long length)
    {
        double volume = ask.Volume * length / ask.Box.Extent[axis];
        (long[] start, long[] size, long[] extent) = (ask.Box.Start.ToArray(), ask.Box.Extent.ToArray(), ask.Extent.ToArray());
        (start[axis], size[axis], extent[axis]) = (from, length, Math.Min(extent[axis], length));
        var shape = Shape.Create(extent);
        return ask with
        {
            Program = null,
            Box = new Region(start, Shape.Create(size)),
            Extent = shape,
            Count = volume / Math.Max(1, shape.Length),
            Seen = null,
            IsInParts = ask.IsInParts && extent[axis] == length,
        };
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
            Program = null,
            Box = new Region(input),
            Extent = extent,
            Count = ask.Volume / Math.Max(1, extent.Length),
            Seen = null,
            IsScattered = ask.HasGaps || extent != input,
            IsInParts = false,
        };
    }
}
