using Tessera.Expressions;
using Tessera.Recipes;
using Tessera.Storage;

namespace Tessera.Lowering.Decisions;

/// <summary>How the recipes of expressions are cut into cells and tiles while nothing is kept, before there are any recipes: by the same arithmetic.</summary>
internal sealed class Tiling
{
    private readonly Dictionary<ArrayExpression, Alignment> _alignments = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ArrayExpression, long> _bytes = new(ReferenceEqualityComparer.Instance);

    /// <param name="inputsFirst">All expressions.</param>
    public Tiling(IEnumerable<ArrayExpression> inputsFirst)
    {
        foreach (ArrayExpression expression in inputsFirst)
            _alignments.Add(expression, Own(expression));
    }

    public Alignment AlignmentOf(ArrayExpression expression) => _alignments[expression];

    /// <summary>True for elements that are read where they lie in memory.</summary>
    public static bool IsInMemory(ArrayExpression expression) => expression switch
    {
        Constant or Delivered => true,
        Source source => source.Blocks is MemorySource,
        View view => IsInMemory(view.Input),
        _ => false,
    };

    /// <summary>The extent of a cell of a step that fills a region.</summary>
    public Shape Cell(ArrayExpression expression, Shape extent, Shape? chunks) => Shape.Create(TileCut.Extent(
        extent, chunks is { } given ? Alignment.Of(given, expression.Shape) : _alignments[expression], Saving.CellElements));

    /// <summary>The extent of the tiles in which a kernel goes through a region.</summary>
    public Shape Tile(ArrayExpression elementwise, Shape extent) => Shape.Create(TileCut.Extent(
        extent, _alignments[elementwise], TileCut.Elements(InputBytes(elementwise) + elementwise.ElementType.Size)));

    /// <summary>The same for what a reduction takes in.</summary>
    public Shape Tile(Reduce reduce, Shape domain)
    {
        bool[] reduced = [.. Enumerable.Range(0, domain.Rank).Select(reduce.IsReduced)];
        long bytes = InputBytes(reduce.Input);
        long elements = reduced.Contains(false) ? TileCut.FoldedElements(bytes) : TileCut.Elements(bytes);
        return Shape.Create(TileCut.Extent(domain, _alignments[reduce.Input], elements, TileCut.Elements(bytes + reduce.Reduction.StateBytes), reduced));
    }

    private long InputBytes(ArrayExpression expression)
    {
        if (!_bytes.TryGetValue(expression, out long bytes))
            _bytes.Add(expression, bytes = new Fusion(expression).Inputs.Sum(input => IsInMemory(input) ? 0 : (long)input.ElementType.Size));
        return bytes;
    }

    private Alignment Own(ArrayExpression expression)
    {
        Alignment none = Alignment.None(expression.Shape.Rank);
        switch (expression)
        {
            case Source { Blocks: not MemorySource } source:
                return Alignment.Of(source.Blocks.StorageChunks, source.Shape).WithWholeShortRows(source.Shape);
            case View view:
                return _alignments[view.Input].Through(view.Map);
            case Reshape reshape:
                return none.WithWholeShortRows(reshape.Shape);
            case Elementwise:
                foreach (ArrayExpression input in expression.Inputs)
                    none = none.Join(_alignments[input]);
                return none;
            case Concatenate concatenate:
                return Own(concatenate, none);
            default:
                return none;
        }
    }

    private Alignment Own(Concatenate concatenate, Alignment joined)
    {
        bool even = true;
        long length = concatenate.Parts[0];
        foreach (ArrayExpression part in concatenate.Inputs)
        {
            joined = joined.Join(_alignments[part]);
            even &= part.Shape[concatenate.Axis] == length;
        }

        int axis = concatenate.Axis;
        if (joined.Sizes[axis] > 1)
            (joined.Sizes[axis], joined.Phases[axis]) = (even && length % joined.Sizes[axis] == 0 && joined.Phases[axis] == 0 ? joined.Sizes[axis] : Math.Max(1, length), 0);
        return joined;
    }
}
